import PromQL

extension Expectation {
  /// Compares warnings and notes with what must come.
  func check(annotationsOf result: QueryResult) throws(StatementFailure) {
    try warnings.check(result.warnings, kind: "warning")
    try infos.check(result.infos, kind: "note")
  }
}

extension Expectation.Notes {
  fileprivate func check(_ texts: [String], kind: String) throws(StatementFailure) {
    if mustBeEmpty, let first = texts.first {
      throw .mismatch("expected no \(kind), got: \(first)")
    }
    if mustExist || !conditions.isEmpty, texts.isEmpty {
      throw .mismatch("expected a \(kind) and got none")
    }
    for condition in conditions where !texts.contains(where: condition.isSatisfied) {
      throw .mismatch(
        "expected a \(kind) with \(condition), got: \(texts.joined(separator: "; "))")
    }
    guard !conditions.isEmpty else { return }
    for text in texts where !conditions.contains(where: { $0.isSatisfied(by: text) }) {
      throw .mismatch("unexpected \(kind): \(text)")
    }
  }
}

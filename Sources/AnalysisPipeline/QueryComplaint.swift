import LogQL
import PromQL
import Queries
import Reporting

/// Why a query was not answered, in words and as Prometheus's API would say it.
public struct QueryComplaint: Hashable, Sendable {
  /// Prometheus's word for the cause.
  let type: String
  /// One sentence without control characters.
  let message: String
  /// The flag that the query came with.
  let flag: String
  /// The line of the query that is wrong and a mark under the place; empty for other causes.
  let excerpt: [String]

  init(_ error: LogQuestionError, query: String) {
    message = PlainText.line("\(error)", limit: 2048)
    flag = "--logql"
    switch error {
    case .query(.syntax(let mistake)):
      type = "bad_data"
      excerpt = Self.excerpt(of: query, line: mistake.line, column: mistake.column)
      return
    case .query(.stage(_, _, let position)):
      type = "bad_data"
      excerpt = Self.excerpt(of: query, line: position.line, column: position.column)
      return
    case .query(.wrongKind), .times, .linesAtInstant: type = "bad_data"
    case .query: type = "execution"
    case .noLogs: type = "not_found"
    }
    excerpt = []
  }

  init(_ error: BundleQueryError, query: String) {
    flag = "--promql"
    message = PlainText.line("\(error)", limit: 2048)
    switch error {
    case .syntax(let mistake):
      type = "bad_data"
      excerpt = Self.excerpt(of: query, line: mistake.line, column: mistake.column)
      return
    case .endBeforeStart, .badStep: type = "bad_data"
    case .query: type = "execution"
    case .absentMetrics: type = "not_found"
    }
    excerpt = []
  }

  /// For a terminal: the sentence, then the excerpt.
  var lines: [String] { ["\(flag): \(message)"] + excerpt }

  /// The line and a caret under its column, which counts bytes from 1; of a long line the part
  /// around the column.
  private static func excerpt(of query: String, line: Int, column: Int) -> [String] {
    let lines = query.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    guard lines.indices.contains(line - 1) else { return [] }
    let bytes = lines[line - 1]
    func text(_ part: Substring.UTF8View) -> String {
      PlainText.line(String(decoding: part, as: UTF8.self), limit: bytes.count + 1)
    }
    let before = Array(text(bytes.prefix(max(0, column - 1))))
    let after = Array(text(bytes.dropFirst(max(0, column - 1))))
    let shown = before.suffix(60)
    let isCut = shown.count < before.count
    let rest = after.prefix(40)
    return [
      "  " + (isCut ? "…" : "") + String(shown) + String(rest)
        + (rest.count < after.count ? "…" : ""),
      "  " + String(repeating: " ", count: shown.count + (isCut ? 1 : 0)) + "^",
    ]
  }
}

import Policies
import Telemetry

/// Names the cause whose rule fits a suspect's evidence best.
struct CauseDiagnosis {
  let file: CaseFile
  let lines: ErrorLines

  /// The rule with the most points, the earlier in the file of equals; the rule of the unknown
  /// cause when none fits.
  func cause(of suspect: Suspect) -> CauseRule? {
    let texts = texts(about: suspect)
    var best: (rule: CauseRule, points: Double)?
    for rule in file.policy.causes where !rule.requires.isEmpty {
      guard let points = Self.points(of: rule, in: texts) else { continue }
      if let best, best.points >= points { continue }
      best = (rule, points)
    }
    return best?.rule ?? file.policy.causes.first { $0.name == CausePolicy.unknownCause }
  }

  /// The points of a rule; nil when something that it requires is not there.
  private static func points(
    of rule: CauseRule, in texts: [(sort: EvidenceClass, text: FoldedText)]
  ) -> Double? {
    func matches(_ signature: CauseSignature) -> Bool {
      texts.contains { sort, text in
        (signature.evidence.isEmpty || signature.evidence.contains(sort))
          && (signature.terms.isEmpty || text.contains(anyOf: signature.terms))
      }
    }
    guard rule.requires.allSatisfy(matches) else { return nil }
    return (rule.requires + rule.supports.filter(matches)).reduce(0) { $0 + $1.points }
  }

  /// What is said about a suspect: its findings, its error lines in the period, and what callers
  /// whose calls to it fail report.
  private func texts(about suspect: Suspect) -> [(sort: EvidenceClass, text: FoldedText)] {
    var texts: [(EvidenceClass, FoldedText)] = []
    for evidence in suspect.supporting {
      texts += [(evidence.sort, FoldedText(evidence.text))]
      texts += evidence.findings.map { (evidence.sort, FoldedText($0.text)) }
    }
    texts += errorLines(of: suspect.entity).map { (.error, FoldedText($0)) }
    texts += file.graph.calls(to: suspect.entity).compactMap(\.failure).map {
      (.callers, FoldedText($0.text))
    }
    for caller in suspect.callers {
      let reports = (file.findings[caller] ?? []).filter {
        [.error, .saturation].contains(file.evidenceClass(of: $0))
      }
      texts += reports.map { (.callers, FoldedText($0.text)) }
      texts += errorLines(of: caller).map { (.callers, FoldedText($0)) }
    }
    return texts
  }

  private func errorLines(of entity: Entity) -> [String] {
    lines.lines(of: entity).filter { file.interval.contains($0.time) }.map(\.text)
  }
}

import Canonical
import Detection
import Policies
import Telemetry

/// An analysis held against what was expected of it.
public struct Verification: Hashable, Sendable {
  /// One outcome for each expectation, in the order of the contract's keys.
  public let outcomes: [Outcome]

  /// Whether every expectation was met.
  public var isPassed: Bool { outcomes.allSatisfy(\.isMet) }

  /// One expectation and what was found.
  public struct Outcome: Hashable, Sendable {
    /// Its key, such as `incident.startsWithin`.
    public let name: String
    /// What was expected, in words.
    public let expected: String
    /// What was found, in words.
    public let found: String
    /// Whether it was met.
    public let isMet: Bool
  }

  /// Checks every expectation. Those about an incident and its causes look at one incident: the
  /// first with the expected times, or else the first; they fail when there is none.
  public init(of analysis: Analysis, against expectations: Expectations) {
    var outcomes: [Outcome] = []
    if let verdict = expectations.verdict {
      outcomes.append(
        Outcome(
          name: "verdict", expected: verdict, found: analysis.verdict.rawValue,
          isMet: verdict == analysis.verdict.rawValue))
    }
    let times = expectations.incident.map(Self.times) ?? []
    let chosen =
      analysis.incidents.first { found in times.allSatisfy { $0.isMet(by: found.incident) } }
      ?? analysis.incidents.first
    outcomes += times.map { $0.outcome(of: chosen?.incident) }
    if let incident = expectations.incident {
      outcomes += Self.scoreOutcomes(of: incident, peak: analysis.score.peak?.score)
    }
    if let hypothesis = expectations.hypothesis {
      outcomes += Self.outcomes(of: hypothesis, among: chosen?.hypotheses)
    }
    outcomes += expectations.newLogPatterns.map { Self.outcome(logging: $0, in: analysis) }
    outcomes += expectations.alerts.map { Self.outcome(of: $0, in: analysis) }
    outcomes += expectations.states.map { Self.outcome(stating: $0, in: analysis) }
    self.outcomes = outcomes
  }
}

extension Verification {
  /// What is expected of one time of an incident.
  private struct ExpectedTime {
    let name: String
    let words: String
    let time: (Incident) -> Timestamp?
    let isGood: (Timestamp) -> Bool

    func isMet(by incident: Incident) -> Bool { time(incident).map(isGood) ?? false }

    func outcome(of incident: Incident?) -> Outcome {
      let found = incident.map { time($0).map(Canonical.text) ?? "open" } ?? "no incident"
      return Outcome(
        name: "incident.\(name)", expected: words, found: found,
        isMet: incident.map(isMet) ?? false)
    }
  }

  private static func times(of expected: Expectations.IncidentExpectation) -> [ExpectedTime] {
    [
      expected.startsWithin.map { range in
        ExpectedTime(name: "startsWithin", words: words(range), time: \.startedAt) {
          range.contains($0)
        }
      },
      expected.detectedBefore.map { last in
        ExpectedTime(
          name: "detectedBefore", words: "by \(Canonical.text(last))", time: \.detectedAt
        ) { $0 <= last }
      },
      expected.endsWithin.map { range in
        ExpectedTime(name: "endsWithin", words: words(range), time: \.endedAt) {
          range.contains($0)
        }
      },
    ].compactMap { $0 }
  }

  private static func scoreOutcomes(
    of expected: Expectations.IncidentExpectation, peak: Double?
  ) -> [Outcome] {
    let found = peak.map { Canonical.text($0, decimals: 1) } ?? "no score"
    let least = expected.peakScoreAtLeast.map { least in
      Outcome(
        name: "incident.peakScoreAtLeast", expected: Canonical.text(least), found: found,
        isMet: (peak ?? -1) >= least)
    }
    let most = expected.peakScoreAtMost.map { most in
      Outcome(
        name: "incident.peakScoreAtMost", expected: Canonical.text(most), found: found,
        isMet: (peak ?? 101) <= most)
    }
    return [least, most].compactMap { $0 }
  }

  private static func outcomes(
    of expected: Expectations.HypothesisExpectation, among hypotheses: [Hypothesis]?
  ) -> [Outcome] {
    func outcome(
      _ name: String, _ ranked: Expectations.HypothesisExpectation.Ranked,
      _ value: (Hypothesis) -> String?
    ) -> Outcome {
      let first = hypotheses?.first { value($0) == ranked.name }?.rank
      let found =
        first.map { "rank \($0)" }
        ?? hypotheses.map { "not among them, first is \($0.first.flatMap(value) ?? "none")" }
        ?? "no incident"
      return Outcome(
        name: "hypothesis.\(name)", expected: "\(ranked.name) in the first \(ranked.k)",
        found: found, isMet: (first ?? Int.max) <= ranked.k)
    }
    return [
      expected.serviceInTop.map { outcome("serviceInTop", $0) { $0.service ?? $0.entity.name } },
      expected.causeInTop.map { outcome("causeInTop", $0, \.cause) },
    ].compactMap { $0 }
  }

  private static func outcome(
    of expected: Expectations.AlertExpectation, in analysis: Analysis
  ) -> Outcome {
    let recorded = analysis.alerts.filter { $0.name == expected.name }.map(\.firstFired)
    let replayed = analysis.replayedAlerts.filter { $0.name == expected.name }.map(\.firstFired)
    let first = (recorded + replayed).min()
    let isInTime = first.map { $0 <= (expected.firedBy ?? $0) } ?? false
    return Outcome(
      name: "alerts.\(expected.name)",
      expected: expected.firedBy.map { "fired by \(Canonical.text($0))" } ?? "fired",
      found: first.map { "fired at \(Canonical.text($0))" } ?? "did not fire", isMet: isInTime)
  }

  /// Looks for `part` in template and example, without regard to case.
  private static func outcome(logging part: String, in analysis: Analysis) -> Outcome {
    let wanted = part.lowercased()
    let pattern = analysis.newLogPatterns.first {
      $0.template.lowercased().contains(wanted) || $0.example.lowercased().contains(wanted)
    }
    return Outcome(
      name: "newLogPatterns", expected: part,
      found: pattern.map { "\($0.id), first seen at \(Canonical.text($0.firstSeen))" }
        ?? "not among \(analysis.newLogPatterns.count) new patterns",
      isMet: pattern != nil)
  }

  private static func outcome(stating part: String, in analysis: Analysis) -> Outcome {
    let finding = analysis.findings.first { $0.text.contains(part) }
    return Outcome(
      name: "states", expected: part, found: finding?.id ?? "no finding says so",
      isMet: finding != nil)
  }

  private static func words(_ range: ClosedRange<Timestamp>) -> String {
    "\(Canonical.text(range.lowerBound)) to \(Canonical.text(range.upperBound))"
  }
}

import Canonical
import Detection
internal import Foundation
import Policies
import Telemetry

/// Turns the suspects of a case into its hypotheses.
///
/// - Confidence: `1 / (1 + e^(-margin / T))` of the points for less the points against less a
///   penalty for each expected source that is not there, scaled to a ceiling: that of the policy
///   or `0.5 + 0.5 · completeness` of the coverage, whichever is lower. It is not calibrated.
/// - Label: `possible` when the best leads the next by enough and shows more than symptoms, else
///   `inconclusive`; this version concludes no more than that.
struct HypothesisWriter {
  let file: CaseFile
  let errorLines: ErrorLines
  let holdings: Holdings
  /// The share of needed data that the bundle covers, in 0...1.
  let completeness: Double

  private var ranking: RankingPolicy { file.policy.ranking }

  /// The hypotheses, best first; at least one.
  func hypotheses() -> [Hypothesis] {
    let ranked = SuspectRanking(file: file).suspects().map(candidate).sorted(by: precedes)
    let others = ranked.dropFirst().filter(citesEvidence)
    guard let best = ranked.first, best.margin > 0 else {
      return [nothing] + list(ranked.filter(citesEvidence), from: 2)
    }
    let lead = certainty(best.margin) - (ranked.dropFirst().first.map { certainty($0.margin) } ?? 0)
    let label: HypothesisLabel =
      lead >= ranking[.lead] && isMoreThanSymptoms(best.suspect) ? .possible : .inconclusive
    return list([best] + others, from: 1, bestLabel: label)
  }

  private func list(
    _ ranked: [Candidate], from rank: Int, bestLabel: HypothesisLabel = .inconclusive
  ) -> [Hypothesis] {
    let kept = ranked.prefix(max(1, Int(ranking[.hypotheses])) + 1 - rank)
    return kept.enumerated().map { offset, candidate in
      hypothesis(
        candidate, rank: rank + offset, label: rank + offset == 1 ? bestLabel : .inconclusive)
    }
  }

  /// Whether a candidate behind the first cites evidence for or against it that a reader can open.
  private func citesEvidence(_ candidate: Candidate) -> Bool {
    (candidate.suspect.supporting + candidate.suspect.contradicting)
      .contains { !$0.findings.isEmpty }
  }

  private func candidate(_ suspect: Suspect) -> Candidate {
    let rule = CauseDiagnosis(file: file, lines: errorLines).cause(of: suspect)
    let missing = (rule?.expects ?? [])
      .filter { !holdings.has($0, about: suspect.entity) }
      .map { holdings.absence(of: $0, about: suspect.entity) }
    return Candidate(
      suspect: suspect, rule: rule, missing: missing,
      margin: suspect.score - ranking[.missingPenalty] * Double(missing.count))
  }

  /// More points first, then the earlier onset, then the name.
  private func precedes(_ left: Candidate, _ right: Candidate) -> Bool {
    if left.margin != right.margin { return left.margin > right.margin }
    let onsets = (left.suspect.onset?.latest, right.suspect.onset?.latest)
    let latest = Timestamp(nanoseconds: .max)
    if onsets.0 != onsets.1 { return onsets.0 ?? latest < onsets.1 ?? latest }
    return left.suspect.entity < right.suspect.entity
  }

  private func certainty(_ margin: Double) -> Double {
    1 / (1 + exp(-margin / ranking[.temperature]))
  }

  private func confidence(_ margin: Double) -> Double {
    let ceiling = min(ranking[.confidenceCeiling], 0.5 + 0.5 * completeness)
    return Canonical.rounded(certainty(margin) * ceiling, decimals: 2)
  }

  /// Whether something of its own fails, a limit was reached, at least two callers name it, or its
  /// trouble followed a change.
  private func isMoreThanSymptoms(_ suspect: Suspect) -> Bool {
    SuspectRanking(file: file).hasOwnFault(suspect) || suspect.callers.count > 1
      || suspect.evidence(.change) != nil && suspect.onset != nil
  }

  private func hypothesis(
    _ candidate: Candidate, rank: Int, label: HypothesisLabel
  ) -> Hypothesis {
    let suspect = candidate.suspect
    let supporting = suspect.supporting.sorted { left, right in
      left.points != right.points
        ? left.points > right.points : left.sort.rawValue < right.sort.rawValue
    }
    let blamed = blamed(suspect)
    return Hypothesis(
      rank: rank, label: label, entity: blamed, service: service(of: suspect.entity),
      cause: candidate.rule?.name ?? CausePolicy.unknownCause,
      confidence: confidence(candidate.margin),
      reason: reason(supporting, suspect.contradicting, candidate.rule),
      supporting: Self.ids(supporting.flatMap(\.findings)),
      contradicting: Self.ids(suspect.contradicting.flatMap(\.findings)),
      missing: candidate.missing,
      nextChecks: CheckList(topology: file.topology).checks(
        candidate.rule?.checks ?? [], for: suspect, blamed: blamed))
  }

  /// The pod, when the suspect's own faults are about one of its several pods; else the suspect.
  private func blamed(_ suspect: Suspect) -> Entity {
    let faults = [suspect.evidence(.failure), suspect.evidence(.saturation)].compactMap { $0 }
      .flatMap(\.findings).filter { $0.strength >= ranking[.faultStrength] }
    let entities = Set(faults.map(\.entity))
    guard suspect.entity.kind != .node, entities.count == 1, let pod = entities.first,
      pod.kind == .pod, suspect.callers.isEmpty,
      file.topology.pods(of: suspect.entity).count > 1
    else { return suspect.entity }
    return pod
  }

  private func service(of entity: Entity) -> String? {
    switch entity.kind {
    case .service, .external: entity.name
    case .deployment, .pod, .node, .cluster: nil
    }
  }

  /// The strongest argument, and what was changed or else the next one; for a suspect with points
  /// against it, the strongest and that.
  private func reason(
    _ supporting: [Evidence], _ contradicting: [Evidence], _ rule: CauseRule?
  ) -> String {
    let strongest = supporting.prefix(1)
    let rest = supporting.dropFirst()
    let next = contradicting.isEmpty ? rest.first { $0.sort == .change } ?? rest.first : nil
    let arguments = (strongest + [next].compactMap { $0 }).map { telling(text: $0, for: rule) }
    let against = contradicting.prefix(1).map { "Against it: \($0.text)" }
    return (arguments + against).map { $0.asSentence(limit: 400) }.joined(separator: " ")
  }

  /// The text of the strongest finding that fits the cause, or of the argument as a whole.
  private func telling(text evidence: Evidence, for rule: CauseRule?) -> String {
    guard evidence.sort != .change, evidence.sort != .callers, let rule else {
      return evidence.text
    }
    for signature in rule.requires + rule.supports
    where signature.evidence.isEmpty || signature.evidence.contains(evidence.sort) {
      let fitting = evidence.findings.first {
        FoldedText($0.text).contains(anyOf: signature.terms)
      }
      if let fitting { return fitting.text.asSentence() }
    }
    return evidence.text.asSentence()
  }

  private static func ids(_ findings: [Finding]) -> [String] {
    var seen: Set<String> = []
    return findings.map(\.id).filter { seen.insert($0).inserted }
  }

  /// The hypothesis that stands first when no entity has more for it than against it.
  private var nothing: Hypothesis {
    let rule = file.policy.causes.first { $0.name == CausePolicy.unknownCause }
    let entity =
      file.victims.first ?? file.incident.services.first.map { Entity(kind: .service, name: $0) }
      ?? Entity(kind: .cluster, name: "cluster")
    return Hypothesis(
      rank: 1, label: .inconclusive, entity: entity, service: service(of: entity),
      cause: CausePolicy.unknownCause, confidence: 0,
      reason: "No entity has more evidence for it than against it.", supporting: [],
      contradicting: [], missing: [],
      nextChecks: CheckList(topology: file.topology).checks(
        rule?.checks ?? [], for: Suspect(entity: entity, findings: []), blamed: entity))
  }
}

/// A suspect with the cause that fits it and the points that are left.
private struct Candidate {
  let suspect: Suspect
  let rule: CauseRule?
  let missing: [String]
  let margin: Double
}

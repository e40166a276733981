import Canonical
import Detection
import Policies
import Telemetry

// What speaks against a suspect: that it had recovered, and that another explains its trouble.
extension SuspectRanking {
  /// What speaks against an entity whose trouble had ended before the incident began.
  func recovery(of suspect: Suspect) -> Evidence? {
    let troubles = suspect.findings.filter { file.evidenceClass(of: $0) != .change }
    let start = file.interval.start
    guard !troubles.isEmpty, suspect.evidence(.callers) == nil,
      let last = troubles.map(\.interval.end).max(),
      troubles.allSatisfy({ !$0.isOpen }), last < start
    else { return nil }
    return Evidence(
      sort: .failure, points: ranking[.recoveredPenalty], findings: troubles,
      text: "\(suspect.entity.name) had recovered by \(Canonical.timeOfDay(last)), before the "
        + "incident began.")
  }

  /// What explains the trouble of an entity by another one; of several explanations the most
  /// direct one, then that by the strongest suspect.
  func explanation(
    of suspect: Suspect, leaves: [Entity], among all: [Suspect]
  ) -> Evidence? {
    guard !isFault(suspect.evidence(.failure)), suspect.entity.kind != .external else {
      return nil
    }
    let explanations = all.compactMap { culprit in
      culprit.entity == suspect.entity
        ? nil : Explanation(of: suspect, by: culprit, leaves: leaves, in: self)
    }
    guard let best = explanations.min(by: <) else { return nil }
    let explained = suspect.supporting.filter { [.saturation, .error, .anomaly].contains($0.sort) }
    return Evidence(
      sort: .callers, points: explained.reduce(ranking[.symptomPenalty]) { $0 + $1.points },
      findings: best.findings, text: best.text.asSentence())
  }

  /// Whether evidence is strong enough to be a fault rather than a hiccup.
  func isFault(_ evidence: Evidence?) -> Bool {
    evidence?.findings.first.map { $0.strength >= ranking[.faultStrength] } ?? false
  }

  /// Whether an entity shows a fault that nothing else explains.
  func hasOwnFault(_ suspect: Suspect) -> Bool {
    isFault(suspect.evidence(.failure))
      || isFault(suspect.evidence(.saturation)) && !isExplainable(suspect)
  }

  /// Whether all that an entity shows may come from another one: it has no failure of its own, and
  /// no limit of its own is reached but of what waits for others, such as a pool of connections.
  func isExplainable(_ suspect: Suspect) -> Bool {
    !isFault(suspect.evidence(.failure))
      && suspect.evidence(.saturation).map { $0.findings.allSatisfy(file.isSymptom) } ?? true
  }

  /// Whether an entity itself got more requests than usual.
  func loadRose(at suspect: Suspect) -> Bool {
    suspect.findings.contains(where: CaseFile.isSurge)
  }
}

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

  /// What explains the trouble of an entity by another one.
  func explanation(of suspect: Suspect, among all: [Suspect]) -> Evidence? {
    guard suspect.evidence(.failure) == nil, suspect.entity.kind != .external else { return nil }
    return all.lazy.compactMap { culprit in
      culprit.entity == suspect.entity ? nil : explanation(of: suspect, by: culprit)
    }.first
  }

  private func explanation(of suspect: Suspect, by culprit: Suspect) -> Evidence? {
    let call = file.graph.calls(from: suspect.entity).first { $0.callee == culprit.entity }
    let isMutual = file.graph.calls(from: culprit.entity).contains {
      $0.callee == suspect.entity && $0.failure != nil
    }
    if let call, let failure = call.failure, isExplainable(suspect), !isMutual {
      return symptom("Its own calls to \(culprit.entity.name) fail: \(failure.text)", culprit)
    }
    guard let theirs = culprit.onset else { return nil }
    if let ours = suspect.onset, theirs.isAfter(ours) { return nil }
    if call != nil, culprit.hasOwnFault, !isExplainable(culprit), isExplainable(suspect) {
      return symptom("It depends on \(culprit.entity.name): \(fault(of: culprit))", culprit)
    }
    if culprit.entity == CaseFile.outside, suspect.evidence(.change) == nil {
      return symptom("Its load rose from outside: \(fault(of: culprit))", culprit)
    }
    if culprit.entity.kind == .node, culprit.hasOwnFault, runsOnly(suspect, on: culprit.entity) {
      return symptom("It runs on \(culprit.entity.name): \(fault(of: culprit))", culprit)
    }
    return nil
  }

  private func symptom(_ text: String, _ culprit: Suspect) -> Evidence {
    let cited = (culprit.evidence(.failure) ?? culprit.evidence(.saturation))?.findings
    return Evidence(
      sort: .callers, points: ranking[.symptomPenalty],
      findings: cited ?? culprit.evidence(.callers)?.findings ?? [], text: Self.closed(text))
  }

  private func fault(of suspect: Suspect) -> String {
    (suspect.evidence(.failure) ?? suspect.evidence(.saturation))?.text ?? ""
  }

  /// Whether every finding about a pod of the suspect is about a pod on `node`.
  private func runsOnly(_ suspect: Suspect, on node: Entity) -> Bool {
    let pods = suspect.findings.map(\.entity).filter { $0.kind == .pod }
    return !pods.isEmpty && pods.allSatisfy { file.topology.place(of: $0)?.node == node }
  }

  /// Whether all that an entity shows may come from another one: it has no failure of its own, and
  /// no limit of its own is reached but of what waits for others, such as a pool of connections.
  func isExplainable(_ suspect: Suspect) -> Bool {
    suspect.evidence(.failure) == nil
      && suspect.evidence(.saturation).map { $0.findings.allSatisfy(file.isSymptom) } ?? true
  }
}

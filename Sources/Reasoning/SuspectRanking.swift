import Canonical
import Detection
import Policies
import Telemetry

/// Weighs the evidence for and against every entity of a case.
///
/// - Weights: bands after `facts` of the field, in `policies/causes.json`; not fitted.
/// - Own evidence counts by sort and strength, once a sort; callers that name an entity count by
///   their number; a change counts when trouble of the same entity follows.
/// - Explaining away: an entity without a fault of its own whose calls fail, whose node fails, or
///   whose load rose from outside, is a symptom and pays for it.
struct SuspectRanking {
  let file: CaseFile

  var ranking: RankingPolicy { file.policy.ranking }

  /// The suspects in no particular rank, sorted by entity.
  func suspects() -> [Suspect] {
    let witnesses = file.entities.map(witness)
    let leaves = witnesses.filter(isUnexplained).map(\.entity)
    let named = witnesses.map { withCallers($0, leaves: leaves, among: witnesses) }
    let changed = named.map { $0.entity == CaseFile.outside ? $0 : withChange($0) }
    let judged = changed.map { suspect in
      var suspect = suspect.entity == CaseFile.outside ? withCalm(suspect, changed) : suspect
      suspect.contradicting += recovery(of: suspect).map { [$0] } ?? []
      return suspect
    }
    return judged.map { suspect in
      var suspect = suspect
      suspect.contradicting +=
        explanation(of: suspect, leaves: leaves, among: judged).map { [$0] } ?? []
      return suspect
    }
  }

  /// The entity with its own evidence.
  private func witness(_ entity: Entity) -> Suspect {
    let findings = file.findings[entity] ?? []
    var suspect = Suspect(entity: entity, findings: findings)
    for sort in [EvidenceClass.failure, .saturation, .error, .anomaly] {
      let members = findings.filter { file.evidenceClass(of: $0) == sort }
      guard let evidence = evidence(sort, members) else { continue }
      suspect.supporting.append(evidence)
    }
    let troubles = findings.filter { ![.change, .callers].contains(file.evidenceClass(of: $0)) }
    let faults = troubles.filter { $0.strength >= ranking[.faultStrength] }
    suspect.onset = (faults.isEmpty ? troubles : faults).map(file.onset)
      .min { $0.latest < $1.latest }
    return suspect
  }

  private func evidence(_ sort: EvidenceClass, _ findings: [Finding]) -> Evidence? {
    let sorted = findings.sorted { left, right in
      if left.strength != right.strength { return left.strength > right.strength }
      if left.interval.start != right.interval.start {
        return left.interval.start < right.interval.start
      }
      return left.id.precedesInBytes(right.id)
    }
    guard let strongest = sorted.first else { return nil }
    return Evidence(
      sort: sort, points: ranking.points(for: sort) * min(max(strongest.strength, 0), 1),
      findings: sorted, text: strongest.text)
  }

  /// Adds what callers say: that their calls fail, or that they all depend on this entity and on
  /// nothing else that fails.
  private func withCallers(
    _ suspect: Suspect, leaves: [Entity], among all: [Suspect]
  ) -> Suspect {
    let failing = file.graph.calls(to: suspect.entity).filter { $0.failure != nil }
    let shared = isShared(suspect.entity, by: leaves) ? leaves : []
    let callers = Set(failing.map(\.caller)).union(shared).sorted()
    guard !callers.isEmpty else { return suspect }
    let counted = failing.compactMap { $0.failure?.finding }
    let cited = (suspect.findings + all.flatMap(\.findings)).filter { counted.contains($0.id) }
    let share = 1 - callers.reduce(1.0) { share, _ in share / 2 }
    var suspect = suspect
    suspect.callers = callers
    suspect.supporting.append(
      Evidence(
        sort: .callers, points: ranking[.callers] * share, findings: Self.unique(cited),
        text: Self.sentence(about: suspect.entity, failing: failing, shared: callers)))
    return suspect
  }

  /// Whether all of several unexplained entities call `entity`, so that it may be what they share.
  func isShared(_ entity: Entity, by leaves: [Entity]) -> Bool {
    leaves.count > 1
      && leaves.allSatisfy { leaf in
        file.graph.calls(from: leaf).contains { $0.callee == entity }
      }
  }

  /// Whether an entity that the incident hurt shows trouble, but neither a fault of its own nor
  /// a failing call.
  private func isUnexplained(_ suspect: Suspect) -> Bool {
    file.victims.contains(suspect.entity) && isExplainable(suspect)
      && (suspect.evidence(.error) != nil || suspect.evidence(.saturation) != nil)
      && file.graph.calls(from: suspect.entity).allSatisfy { $0.failure == nil }
  }

  private static func sentence(
    about entity: Entity, failing: [Call], shared: [Entity]
  ) -> String {
    if let counted = failing.first(where: { $0.failure?.finding != nil })?.failure {
      let others = Set(failing.map(\.caller)).count - 1
      return others > 0
        ? "\(counted.text) \(others) more caller\(others == 1 ? "" : "s") of \(entity.name) "
          + "report\(others == 1 ? "s" : "") failing calls."
        : counted.text
    }
    let names = shared.map(\.name).joined(separator: ", ")
    return failing.isEmpty
      ? "Every service that fails without a fault of its own calls \(entity.name): \(names)."
      : "Error lines of \(names) name \(entity.name)."
  }

  /// Adds changes that trouble followed, unless they came after the incident was detected and so
  /// may be answers to it; or holds a change against the entity that was healthy after it.
  private func withChange(_ suspect: Suspect) -> Suspect {
    let changes = suspect.findings.filter { file.evidenceClass(of: $0) == .change }
    guard let first = changes.first else { return suspect }
    var suspect = suspect
    let trouble = suspect.onset ?? namedOnset(of: suspect)
    guard let trouble else {
      suspect.contradicting.append(
        Evidence(
          sort: .change, points: ranking[.healthyChangePenalty], findings: changes,
          text: "\(suspect.entity.name) changed at \(Canonical.timeOfDay(first.interval.start)) "
            + "and shows no trouble since."))
      return suspect
    }
    let onsets = [trouble] + faults(of: suspect).map(file.onset)
    let led = changes.compactMap { change -> (change: Finding, onset: Onset)? in
      guard change.interval.start <= max(trouble.latest, file.incident.detectedAt) else {
        return nil
      }
      let next = onsets.filter { onset in
        change.interval.start <= onset.latest
          && onset.latest - change.interval.start <= ranking.span(.lookback)
      }
      return next.min { $0.latest < $1.latest }.map { (change, $0) }
    }
    guard let last = led.last else { return suspect }
    let gap = Canonical.text(last.onset.latest - last.change.interval.start)
    suspect.supporting.append(
      Evidence(
        sort: .change, points: ranking[.change], findings: led.map(\.change).reversed(),
        text: "\(last.change.text.asSentence()) Its trouble began \(gap) later."))
    return suspect
  }

  /// Findings of failures and reached limits that are more than a hiccup.
  private func faults(of suspect: Suspect) -> [Finding] {
    [EvidenceClass.failure, .saturation].compactMap(suspect.evidence).flatMap(\.findings)
      .filter { $0.strength >= ranking[.faultStrength] }
  }

  /// Adds to a surge from outside that nothing which it hit was changed before, other than what
  /// only got more load.
  private func withCalm(_ surge: Suspect, _ all: [Suspect]) -> Suspect {
    let victims = all.filter { file.victims.contains($0.entity) }
    let isCalm = victims.allSatisfy { $0.evidence(.change) == nil || loadRose(at: $0) }
    guard isFault(surge.evidence(.saturation)), isCalm, !victims.isEmpty else { return surge }
    var surge = surge
    let changed = victims.filter { $0.evidence(.change) != nil }.map(\.entity.name)
    surge.supporting.append(
      Evidence(
        sort: .change, points: ranking[.change], findings: [],
        text: changed.isEmpty
          ? "None of the \(victims.count) affected services was changed in the "
            + "\(Canonical.text(ranking.span(.lookback))) before."
          : "Of the \(victims.count) affected services only \(changed.joined(separator: ", ")) "
            + "changed before, and got more load as well."))
    return surge
  }

  private func namedOnset(of suspect: Suspect) -> Onset? {
    suspect.evidence(.callers)?.findings.map(file.onset).min { $0.latest < $1.latest }
  }

  private static func unique(_ findings: [Finding]) -> [Finding] {
    var seen: Set<String> = []
    return findings.filter { seen.insert($0.id).inserted }
  }
}

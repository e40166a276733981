import Detection
import Telemetry

/// A way in which one suspect's trouble explains another's.
///
/// The trouble of the culprit must not have begun after that of the other for certain. What
/// several entities share explains them whenever its own trouble, be it only errors, was first
/// seen: that they fail together is the earlier sign.
struct Explanation: Comparable {
  /// How direct it is, from the most direct.
  enum Way: Int {
    case countedCalls, sharedDependency, load, node, dependency, mentionedCalls
  }

  let way: Way
  let culprit: Suspect
  let text: String

  /// The explanation of `suspect` by `culprit`, or nil when there is none.
  init?(of suspect: Suspect, by culprit: Suspect, leaves: [Entity], in ranking: SuspectRanking) {
    self.culprit = culprit
    let graph = ranking.file.graph
    let name = culprit.entity.name
    let strongest = [.failure, .saturation, .error].lazy.compactMap(culprit.evidence).first
    let fault = strongest?.text ?? ""
    let call = graph.calls(from: suspect.entity).first { $0.callee == culprit.entity }
    let isMutual = graph.calls(from: culprit.entity).contains {
      $0.callee == suspect.entity && $0.failure != nil
    }
    let isExplainable = ranking.isExplainable(suspect)
    let hasFault = ranking.hasOwnFault(culprit)
    if let failure = call?.failure, isExplainable, !isMutual {
      way = failure.finding == nil ? .mentionedCalls : .countedCalls
      text = "Its own calls to \(name) fail: \(failure.text)"
      return
    }
    if isExplainable, ranking.isFault(strongest), leaves.contains(suspect.entity),
      ranking.isShared(culprit.entity, by: leaves)
    {
      way = .sharedDependency
      text = "All that fail without a fault of their own depend on \(name): \(fault)"
      return
    }
    guard hasFault, let theirs = culprit.onset,
      suspect.onset.map({ !theirs.isAfter($0) }) ?? true
    else { return nil }
    if culprit.entity == CaseFile.outside,
      suspect.evidence(.change) == nil || ranking.loadRose(at: suspect)
    {
      way = .load
      text = "Its load rose from outside: \(fault)"
    } else if culprit.entity.kind == .node,
      Self.runsOnly(suspect, on: culprit.entity, ranking.file.topology)
    {
      way = .node
      text = "It runs on \(name): \(fault)"
    } else if call != nil, isExplainable {
      way = .dependency
      text = "It depends on \(name): \(fault)"
    } else {
      return nil
    }
  }

  /// The findings that show the culprit's trouble.
  var findings: [Finding] {
    [.failure, .saturation, .callers, .error].lazy.compactMap(culprit.evidence).first?.findings
      ?? []
  }

  /// The more direct first, then that by the stronger suspect, then by entity.
  static func < (left: Explanation, right: Explanation) -> Bool {
    if left.way != right.way { return left.way.rawValue < right.way.rawValue }
    if left.culprit.score != right.culprit.score { return left.culprit.score > right.culprit.score }
    return left.culprit.entity < right.culprit.entity
  }

  static func == (left: Explanation, right: Explanation) -> Bool {
    left.way == right.way && left.culprit.entity == right.culprit.entity
  }

  /// Whether every finding about a pod of the suspect is about a pod on `node`.
  private static func runsOnly(
    _ suspect: Suspect, on node: Entity, _ topology: Topology
  ) -> Bool {
    let pods = suspect.findings.map(\.entity).filter { $0.kind == .pod }
    return !pods.isEmpty && pods.allSatisfy { topology.place(of: $0)?.node == node }
  }
}

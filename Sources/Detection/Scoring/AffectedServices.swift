import Policies
import Replay
import Telemetry

/// Which services' users were affected, at every step.
///
/// A service is affected while one of its findings is as strong as `affectedFrom` of the score
/// policy asks of its detector.
struct AffectedServices {
  /// Services that were affected, with their weight at every step: the highest strength among
  /// those that affect it, 0 when it is not affected. Sorted by name.
  let weights: [(service: String, weights: [Double])]
  /// Findings that affect a service, per step, sorted.
  let evidence: [[String]]
  /// How many services are known at every step.
  let known: [Int]

  init(tracks: [SignalTrack], scene: ReplayScene) {
    let count = scene.clock.count
    var weights: [String: [Double]] = [:]
    var evidence: [Set<String>] = Array(repeating: [], count: count)
    for track in tracks {
      guard let least = scene.policy.score.affectedFrom[track.detector], let service = track.service
      else { continue }
      for step in 0..<count {
        guard let strength = track.strengths[step], strength >= least else { continue }
        var row = weights[service] ?? Array(repeating: 0, count: count)
        row[step] = max(row[step], strength)
        weights[service] = row
        if let finding = track.finding(at: step) { evidence[step].insert(finding) }
      }
    }
    self.weights = weights.sorted { $0.key.precedesInBytes($1.key) }.map { ($0.key, $0.value) }
    self.evidence = evidence.map { $0.sorted() }
    known = Self.knownServices(in: scene)
  }

  /// How many services are affected at `step`.
  func count(at step: Int) -> Int { weights.count { $0.weights[step] > 0 } }

  /// The share of known services that is affected at `step`.
  func reach(at step: Int) -> Double {
    let affected = count(at: step)
    return affected == 0 ? 0 : Double(affected) / Double(max(affected, known[step]))
  }

  /// Services with request counters or replicas by `step`; with neither, those with log lines.
  private static func knownServices(in scene: ReplayScene) -> [Int] {
    let count = scene.clock.count
    var births: [String: Int] = [:]
    func note(_ service: String, _ step: Int?) {
      guard let step else { return }
      births[service] = min(births[service] ?? count, step)
    }
    for requests in ServiceRequests.all(in: scene) {
      note(requests.entity.name, requests.total.isCovered.firstIndex(of: true))
    }
    for workload in WorkloadReplicas.all(in: scene) {
      note(workload.service, workload.desired.firstIndex { ($0 ?? 0) > 0 })
    }
    if births.isEmpty {
      for activity in scene.observations.logs?.streams ?? [] {
        guard let service = scene.services.service(ofStream: activity.stream.labels) else {
          continue
        }
        note(service, activity.counts.compactMap { row in row.firstIndex { $0 > 0 } }.min())
      }
    }
    let steps = births.values.sorted()
    return (0..<count).map { step in steps.count { $0 <= step } }
  }
}

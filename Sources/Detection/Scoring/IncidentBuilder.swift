import Canonical
import Policies
import Replay
import Telemetry

/// Finds the intervals in which something was wrong.
///
/// An incident opens at the first step whose score is at least `open` while a service is affected;
/// so neither log noise nor background errors alone open one. It is over once the score stayed
/// below `close`, or no service was affected, for `quiet`, while the error budgets,
/// durations and replicas that it was found by could still be judged: data that ends is no
/// recovery. It then ended with the last finding that affected a service, since rates stay high for
/// as long as their windows. Incidents closer than `merge` are one. It started when the earliest
/// finding that affects one of its services and leads into it began, at most `lookback` before it
/// was detected; changes, limits that are near and single healed restarts are no start.
struct IncidentBuilder {
  let scene: ReplayScene
  let score: ScoreTimeline
  let affected: AffectedServices
  let findings: [Finding]
  let tracks: [SignalTrack]
  let bundleID: String

  /// The incidents, in order of their start.
  func incidents() -> [Incident] { runs().map(incident) }

  /// From the step of detection to the step at which it was over, `nil` while it is not.
  private typealias Run = (opened: Int, over: Int?)

  private func runs() -> [Run] {
    let policy = scene.policy.score.incident
    let quiet = scene.clock.steps(in: policy.quiet)
    var runs: [Run] = []
    var opened: Int?
    var calmSince: Int?
    for (step, point) in score.points.enumerated() {
      let isAffected = affected.count(at: step) > 0
      guard let start = opened else {
        if point.score >= policy.open, isAffected { opened = step }
        continue
      }
      let isCalm =
        (point.score < policy.close || !isAffected) && !isBlind(at: step, since: start)
      calmSince = isCalm ? calmSince ?? step : nil
      if let calm = calmSince, step - calm >= quiet {
        runs.append((start, calm))
        opened = nil
        calmSince = nil
      }
    }
    if let opened { runs.append((opened, nil)) }
    return merged(runs, within: policy.merge)
  }

  /// Whether a source that affected a service since `opened` says nothing at `step`.
  private func isBlind(at step: Int, since opened: Int) -> Bool {
    tracks.contains { track in
      guard let least = scene.policy.score.affectedFrom[track.detector],
        ["slo", "latency", "availability"].contains(track.component), track.strengths[step] == nil
      else { return false }
      return track.strengths[opened...step].contains { ($0 ?? 0) >= least }
    }
  }

  private func merged(_ runs: [Run], within gap: TimeSpan) -> [Run] {
    runs.reduce(into: []) { merged, run in
      if let last = merged.last, let over = last.over,
        scene.clock[run.opened] - scene.clock[over] <= gap
      {
        merged[merged.count - 1] = (last.opened, run.over)
      } else {
        merged.append(run)
      }
    }
  }

  private func incident(_ run: Run) -> Incident {
    let steps = run.opened..<(run.over ?? scene.clock.count)
    let detectedAt = scene.clock[run.opened]
    let endedAt = run.over.map { end(of: run, calm: scene.clock[$0]) }
    let startedAt = start(of: run)
    let peak = steps.reduce(run.opened) {
      score.points[$1].score > score.points[$0].score ? $1 : $0
    }
    let services = services(from: startedAt, over: steps)
    let interval = TimeRange(start: startedAt, end: endedAt ?? scene.clock.end)
    let members = findings.filter {
      $0.kind != .amend && $0.strength > 0 && $0.interval.start <= interval.end
        && $0.interval.end >= interval.start
    }
    let identity = ([bundleID, String(startedAt.nanoseconds)] + services)
      .joined(separator: "\u{1F}")
    return Incident(
      id: "INC-" + ContentDigest(of: identity).hex.prefix(8), startedAt: startedAt,
      detectedAt: detectedAt, peakAt: scene.clock[peak], peakScore: score.points[peak].score,
      endedAt: endedAt, severity: severity(over: steps, peak: score.points[peak].score),
      services: services, findings: members.map(\.id))
  }

  /// When the last finding that affected a service ended, if that lies between detection and calm.
  private func end(of run: Run, calm: Timestamp) -> Timestamp {
    let detectedAt = scene.clock[run.opened]
    let ends = findings.filter { finding in
      guard let least = scene.policy.score.affectedFrom[finding.detector] else { return false }
      return finding.strength >= least && finding.kind != .saturation && !finding.isOpen
        && finding.interval.end > detectedAt && finding.interval.start <= calm
    }.map(\.interval.end)
    guard let last = ends.max(), last < calm else { return calm }
    return last
  }

  private func start(of run: Run) -> Timestamp {
    let policy = scene.policy.score
    let detectedAt = scene.clock[run.opened]
    let earliest = detectedAt - policy.incident.lookback
    let opening = run.opened..<(run.over ?? scene.clock.count)
    let services = Set(
      affected.weights.filter { $0.weights[opening].contains { $0 > 0 } }.map(\.service))
    let leading = findings.filter { finding in
      guard let least = policy.affectedFrom[finding.detector],
        finding.service.map(services.contains) ?? false
      else { return false }
      return finding.strength >= least && finding.kind != .amend && finding.kind != .saturation
        && finding.interval.start >= earliest && finding.knownAt <= detectedAt
        && finding.interval.end >= detectedAt - policy.incident.quiet
    }
    return leading.map(\.interval.start).min() ?? detectedAt
  }

  private func services(from start: Timestamp, over steps: Range<Int>) -> [String] {
    let first = min(steps.lowerBound, scene.clock.index(seeing: start))
    let totals = affected.weights.map { entry in
      (
        service: entry.service,
        total: entry.weights[first..<steps.upperBound].reduce(0, +)
      )
    }
    return totals.filter { $0.total > 0 }.sorted { left, right in
      left.total == right.total
        ? left.service.precedesInBytes(right.service) : left.total > right.total
    }.map(\.service)
  }

  private func severity(over steps: Range<Int>, peak: Double) -> Severity {
    let policy = scene.policy.score.incident
    if peak >= policy.critical { return .critical }
    return peak >= policy.major ? .major : .minor
  }
}

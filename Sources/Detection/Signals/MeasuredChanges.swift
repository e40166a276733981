import Canonical
import Replay
import Telemetry

/// Changes that only metrics and events tell of, for bundles without the objects themselves.
enum MeasuredChanges {
  /// Scaling and rescheduling decisions that Kubernetes wrote events about.
  static func events(in scene: ReplayScene) -> [Change] {
    let reasons = ["ScalingReplicaSet", "SuccessfulRescale", "NodeNotSchedulable"]
    return scene.observations.events.compactMap { recorded in
      let event = recorded.event
      guard reasons.contains(event.reason), let time = event.firstSeen, time > scene.clock.start,
        time <= scene.clock.end
      else { return nil }
      return Change(
        time: time, end: time, entity: Entity(event.regarding),
        service: scene.service(of: event.regarding),
        text: "\(event.regarding.name): \(event.note.prefix(200))",
        locator: Locator(path: recorded.path, detail: "Event \(event.name)"))
    }
  }

  /// Deployments whose generation rose.
  static func generations(in scene: ReplayScene) -> [Change] {
    let names = [
      "kube_deployment_metadata_generation", "kube_deployment_status_observed_generation",
    ]
    let metric = names.first { !scene.metrics.series(of: $0).isEmpty } ?? names[0]
    return scene.metrics.series(of: metric).flatMap { recorded -> [Change] in
      let series = recorded.series
      guard let name = series.labels.own("deployment") else { return [] }
      let namespace = scene.services.namespace(of: series.labels)
      return stride(from: 1, to: series.count, by: 1).compactMap { index in
        let (before, after) = (series.values[index - 1], series.values[index])
        guard after > before, series.times[index] <= scene.clock.end else { return nil }
        return Change(
          time: series.times[index], end: series.times[index],
          entity: Entity(kind: .deployment, namespace: namespace, name: name),
          service: scene.services.service(ofWorkload: name, namespace: namespace),
          text: "\(name): the deployment was changed, generation \(Canonical.text(before)) →"
            + " \(Canonical.text(after))",
          locator: Locator(path: recorded.path, detail: series.labels.selector))
      }
    }
  }

  /// Services that began to report a version that they had not reported before.
  static func versions(in scene: ReplayScene) -> [Change] {
    let series = scene.metrics.names(matching: "*_build_info").flatMap {
      scene.metrics.series(of: $0)
    }
    var sightings: [Entity: [(time: Timestamp, version: String, recorded: RecordedSeries)]] = [:]
    for recorded in series where recorded.series.count > 0 {
      guard let entity = scene.serviceEntity(of: recorded.series.labels),
        let version = recorded.series.labels["version"]
      else { continue }
      sightings[entity, default: []].append((recorded.series.times[0], version, recorded))
    }
    return sightings.sorted { $0.key < $1.key }.flatMap { entity, list -> [Change] in
      let sorted = list.sorted {
        $0.time == $1.time ? $0.version.precedesInBytes($1.version) : $0.time < $1.time
      }
      let first = sorted[0].time
      var known = Set(sorted.filter { $0.time == first }.map(\.version))
      return sorted.compactMap { sighting in
        guard known.insert(sighting.version).inserted, sighting.time <= scene.clock.end else {
          return nil
        }
        let labels = sighting.recorded.series.labels
        return Change(
          time: sighting.time, end: sighting.time, entity: entity, service: entity.name,
          text: "\(entity.name): version \(sighting.version) began to run",
          locator: Locator(path: sighting.recorded.path, detail: labels.selector))
      }
    }
  }
}

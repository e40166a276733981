import PromQL
import Telemetry
import Templates

/// The alerts of one rule, from step to step: inactive, pending, firing, resolved.
///
/// - Source: prometheus/prometheus, rules/alerting.go, `AlertingRule.Eval`.
struct AlertTrack {
  /// What a track needs to know of its rule and replay.
  struct Setting {
    let group: String
    let rule: Rule.Alerting
    let labels: [(name: String, template: Template)]
    let annotations: [(name: String, template: Template)]
    let externalLabels: LabelSet
    let externalURL: String
    let limit: Int
  }

  /// An alert that is pending or firing.
  private struct Active {
    var instance: AlertInstance
    var source: LabelSet
    var value: Double
    var keptSince: Timestamp?
    /// The numbers of its series in the output.
    var pendingSeries: Int
    var firingSeries: Int
    var stateSeries: Int

    var isFiring: Bool { instance.firingAt != nil }
  }

  private let setting: Setting
  /// Active alerts by their labels, and their order.
  private var active: [LabelSet: Active] = [:]
  private var order: [LabelSet] = []
  private(set) var finished: [AlertInstance] = []
  private(set) var output = RuleOutput()
  /// The alert's labels for each series of the expression, when they are the same at every step.
  private var constantLabels: [LabelSet: LabelSet] = [:]

  init(_ setting: Setting) {
    self.setting = setting
  }

  /// The alerts that are over and those that are not, in order of their first step.
  var instances: [AlertInstance] { finished + order.compactMap { active[$0]?.instance } }

  /// Takes the samples of one step.
  ///
  /// - Parameters:
  ///   - time: When the rule is evaluated.
  ///   - written: Where the samples of `ALERTS` stand, in milliseconds.
  /// - Throws: `RuleStepError`; then the alerts stay as they are.
  mutating func take(
    _ samples: [TemplateSample], at time: Timestamp, written: Int64,
    query: @escaping (String) throws -> [TemplateSample]
  ) throws(RuleStepError) {
    var present: [LabelSet: TemplateSample] = [:]
    var arrivals: [LabelSet] = []
    for sample in samples {
      let labels = alertLabels(of: sample, at: time, query: query)
      guard present.updateValue(sample, forKey: labels) == nil else {
        throw RuleStepError(
          "vector contains metrics with the same labelset after applying alert labels")
      }
      arrivals.append(labels)
    }
    for labels in arrivals {
      guard let sample = present[labels] else { continue }
      begin(labels, sample, at: time, query: query)
    }
    let count = advance(present, at: time, query: query)
    if setting.limit > 0, count > setting.limit {
      for labels in order { close(labels, at: time) }
      order = []
      throw RuleStepError("exceeded limit of \(setting.limit) with \(count) alerts")
    }
    write(at: written)
  }

  /// The firing alerts with their annotations now.
  func firing(
    at time: Timestamp, query: @escaping (String) throws -> [TemplateSample]
  ) -> [(labels: LabelSet, annotations: [Label])] {
    order.compactMap { labels in
      guard let alert = active[labels], alert.isFiring else { return nil }
      let sample = TemplateSample(labels: alert.source, value: alert.value)
      return (labels, annotations(of: sample, at: time, query: query))
    }
  }

  private mutating func begin(
    _ labels: LabelSet, _ sample: TemplateSample, at time: Timestamp,
    query: @escaping (String) throws -> [TemplateSample]
  ) {
    if active[labels] != nil {
      active[labels]?.value = sample.value
      active[labels]?.source = sample.labels
      return
    }
    let instance = AlertInstance(
      name: setting.rule.name, group: setting.group, labels: labels,
      annotations: annotations(of: sample, at: time, query: query), pendingAt: time,
      value: sample.value)
    active[labels] = Active(
      instance: instance, source: sample.labels, value: sample.value,
      pendingSeries: series("ALERTS", labels, state: "pending"),
      firingSeries: series("ALERTS", labels, state: "firing"),
      stateSeries: series("ALERTS_FOR_STATE", labels, state: nil))
    order.append(labels)
  }

  /// Moves every active alert on; returns how many are pending or firing.
  private mutating func advance(
    _ present: [LabelSet: TemplateSample], at time: Timestamp,
    query: @escaping (String) throws -> [TemplateSample]
  ) -> Int {
    order = order.filter { labels in
      guard var alert = active[labels] else { return false }
      if present[labels] != nil {
        alert.keptSince = nil
      } else if alert.isFiring, setting.rule.keepFiring > .zero {
        let since = alert.keptSince ?? time
        alert.keptSince = since
        guard time - since < setting.rule.keepFiring else {
          close(labels, at: time)
          return false
        }
      } else {
        close(labels, at: time)
        return false
      }
      if !alert.isFiring, time - alert.instance.pendingAt >= setting.rule.hold {
        alert.instance.firingAt = time
        alert.instance.value = alert.value
        if alert.instance.pendingAt != time {
          let sample = TemplateSample(labels: alert.source, value: alert.value)
          alert.instance.annotations = annotations(of: sample, at: time, query: query)
        }
      }
      active[labels] = alert
      return true
    }
    return order.count
  }

  private mutating func close(_ labels: LabelSet, at time: Timestamp) {
    guard var instance = active.removeValue(forKey: labels)?.instance else { return }
    instance.resolvedAt = time
    finished.append(instance)
  }

  private mutating func write(at time: Int64) {
    for labels in order {
      guard let alert = active[labels] else { continue }
      let number = alert.isFiring ? alert.firingSeries : alert.pendingSeries
      let since = alert.instance.pendingAt.milliseconds / 1000
      _ = output.write(number, 1, at: time)
      _ = output.write(alert.stateSeries, Double(since), at: time)
    }
    output.finishStep(at: time)
  }

  private mutating func series(_ metric: String, _ labels: LabelSet, state: String?) -> Int {
    var all = labels.labels + [Label(name: "__name__", value: metric)]
    if let state { all.append(Label(name: "alertstate", value: state)) }
    return output.number(of: LabelSet(all))
  }

  // MARK: Texts

  private mutating func alertLabels(
    of sample: TemplateSample, at time: Timestamp,
    query: @escaping (String) throws -> [TemplateSample]
  ) -> LabelSet {
    if let known = constantLabels[sample.labels] { return known }
    let data = data(of: sample, at: time)
    let added =
      setting.labels.map {
        Label(name: $0.name, value: $0.template.expanded(for: data, query: query))
      } + [Label(name: "alertname", value: setting.rule.name)]
    let kept = sample.labels.labels.filter { !$0.name.hasSameBytes(as: "__name__") }
    let labels = LabelSet(kept + added).withoutEmptyValues
    if setting.labels.allSatisfy(\.template.isConstant) { constantLabels[sample.labels] = labels }
    return labels
  }

  private func annotations(
    of sample: TemplateSample, at time: Timestamp,
    query: @escaping (String) throws -> [TemplateSample]
  ) -> [Label] {
    let data = data(of: sample, at: time)
    return setting.annotations.map {
      Label(name: $0.name, value: $0.template.expanded(for: data, query: query))
    }
  }

  private func data(of sample: TemplateSample, at time: Timestamp) -> AlertData {
    AlertData(
      labels: sample.labels, value: sample.value, time: time,
      externalLabels: setting.externalLabels, externalURL: setting.externalURL)
  }
}

/// Why a rule gave nothing at a step.
struct RuleStepError: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) {
    self.description = description
  }
}

extension LabelSet {
  /// The labels that have a value: an empty one counts as none.
  var withoutEmptyValues: LabelSet { LabelSet(labels.filter { !$0.value.isEmpty }) }
}

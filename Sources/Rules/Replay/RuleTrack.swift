import PromQL
import Telemetry
import Templates

/// What a rule has given so far: series of a recording rule, or alerts.
struct RuleTrack {
  private var recording: RecordingTrack?
  private var alerting: AlertTrack?

  init(_ scheduled: ScheduledRule, options: RuleReplayOptions) {
    let (rule, group) = (scheduled.rule, scheduled.group)
    let templates = { (texts: [Label]) in
      texts.map { (name: $0.name, template: Template($0.value)) }
    }
    switch rule.kind {
    case .recording(let metric):
      recording = RecordingTrack(metric: metric, labels: rule.labels, limit: group.limit)
    case .alerting(let alert):
      alerting = AlertTrack(
        AlertTrack.Setting(
          group: group.name, rule: alert, labels: templates(rule.labels),
          annotations: templates(alert.annotations), externalLabels: options.externalLabels,
          externalURL: options.externalURL, limit: group.limit))
    }
  }

  /// Takes the samples of one step.
  ///
  /// - Parameters:
  ///   - time: When the rule is evaluated.
  ///   - written: Where its samples stand, in milliseconds.
  mutating func take(
    _ samples: [TemplateSample], at time: Timestamp, written: Int64,
    query: @escaping (String) throws -> [TemplateSample]
  ) throws(RuleStepError) {
    try recording?.take(samples, at: written)
    try alerting?.take(samples, at: time, written: written, query: query)
  }

  /// The series written so far.
  var columns: [SampleColumn] {
    recording?.output.columns ?? alerting?.output.columns ?? []
  }

  /// The alerts so far.
  var instances: [AlertInstance] { alerting?.instances ?? [] }

  /// The firing alerts with their annotations now; nil for a recording rule.
  func firing(
    at time: Timestamp, query: @escaping (String) throws -> [TemplateSample]
  ) -> [(labels: LabelSet, annotations: [Label])]? {
    alerting?.firing(at: time, query: query)
  }
}

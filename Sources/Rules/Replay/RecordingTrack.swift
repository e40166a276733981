import PromQL
import Telemetry
import Templates

/// The series of one recording rule, from step to step.
struct RecordingTrack {
  private let metric: String
  private let labels: [Label]
  private let limit: Int
  private(set) var output = RuleOutput()
  private var numbers: [LabelSet: Int] = [:]

  init(metric: String, labels: [Label], limit: Int) {
    self.metric = metric
    self.labels = labels
    self.limit = limit
  }

  /// Takes the samples of one step and writes them at `time`, in milliseconds.
  ///
  /// - Throws: `RuleStepError`; then nothing is written and nothing ends.
  mutating func take(_ samples: [TemplateSample], at time: Int64) throws(RuleStepError) {
    for sample in samples where !output.write(number(of: sample.labels), sample.value, at: time) {
      output.abandonStep()
      throw RuleStepError(
        "vector contains metrics with the same labelset after applying rule labels")
    }
    if limit > 0, samples.count > limit {
      output.abandonStep()
      throw RuleStepError("exceeded limit of \(limit) with \(samples.count) series")
    }
    output.finishStep(at: time)
  }

  private mutating func number(of source: LabelSet) -> Int {
    if let number = numbers[source] { return number }
    let all = source.labels + [Label(name: "__name__", value: metric)] + labels
    let number = output.number(of: LabelSet(all).withoutEmptyValues)
    numbers[source] = number
    return number
  }
}

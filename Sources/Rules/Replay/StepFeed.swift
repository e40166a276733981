import PromQL
import Telemetry
import Templates

/// The samples of an answer, step by step.
public struct StepFeed {
  private let columns: [Column]

  /// Takes an answer; a number is a series without labels, and a text or range gives nothing.
  init(_ result: QueryResult) {
    switch result.value {
    case .scalar(let values): columns = [Column(labels: .empty, values: values)]
    case .vector(let series): columns = series
    case .string, .matrix: columns = []
    }
  }

  func samples(at step: Int) -> [TemplateSample] {
    columns.compactMap { column in
      let value = column.values[step]
      return value.isAbsent ? nil : TemplateSample(labels: column.labels, value: value)
    }
  }

  /// The samples of an instant query's answer, as a rule sees them.
  public static func samples(of result: QueryResult) -> [TemplateSample] {
    StepFeed(result).samples(at: 0)
  }
}

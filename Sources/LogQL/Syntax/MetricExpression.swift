import PromQL
import Telemetry

/// An expression whose value is a set of series.
public indirect enum MetricExpression: Hashable, Sendable {
  /// `count_over_time({app="a"}[5m])`
  case range(RangeAggregation)
  /// `sum by (app) (…)`
  case aggregation(VectorAggregation)
  /// `left op right`
  case operation(MetricOperation)
  /// `label_replace(…)`
  case labelReplacement(LabelReplacement)
  /// A number, which has no labels and exists at each step.
  case number(Double)
  /// `vector(1)`
  case vector(Double)
}

/// Lines of a range, and the value each of them stands for.
public struct LogRange: Hashable, Sendable {
  /// Which lines, and what is made of them.
  public var selector: LogSelector
  /// The length of the range, positive.
  public var length: TimeSpan
  /// How far back the range is moved; negative looks forward.
  public var offset: TimeSpan
  /// The label whose value counts; nil when the line itself does.
  public var unwrap: Unwrap?
}

/// `| unwrap duration(latency) | __error__=""`
public struct Unwrap: Hashable, Sendable {
  /// How the label's value becomes a number; the raw value is the function.
  public enum Conversion: String, Hashable, Sendable {
    /// Go durations, as seconds.
    case duration
    /// The same.
    case durationSeconds = "duration_seconds"
    /// Sizes such as `5 MiB`, as bytes.
    case bytes
  }

  /// The label.
  public var label: String
  /// How its value becomes a number; nil for a plain number.
  public var conversion: Conversion?
  /// Conditions that are checked after the conversion, in written order.
  public var filters: [LabelCondition]
}

/// `quantile_over_time(0.9, {app="a"} | unwrap latency [5m]) by (pod)`
public struct RangeAggregation: Hashable, Sendable {
  /// What is computed of the lines of a range.
  public var function: RangeFunction
  /// The first argument of `quantile_over_time`.
  public var parameter: Double?
  /// The lines.
  public var range: LogRange
  /// The labels of the result, when they were named.
  public var grouping: LabelGrouping?
  /// Where it stands.
  public var position: SourceRange
}

/// A function over the lines of a range; the raw value is its name.
public enum RangeFunction: String, Hashable, Sendable, CaseIterable {
  case rate
  case rateCounter = "rate_counter"
  case count = "count_over_time"
  case bytes = "bytes_over_time"
  case bytesRate = "bytes_rate"
  case sum = "sum_over_time"
  case avg = "avg_over_time"
  case min = "min_over_time"
  case max = "max_over_time"
  case stddev = "stddev_over_time"
  case stdvar = "stdvar_over_time"
  case quantile = "quantile_over_time"
  case first = "first_over_time"
  case last = "last_over_time"
  case absent = "absent_over_time"

  /// Whether `by` and `without` may follow.
  var allowsGrouping: Bool {
    switch self {
    case .avg, .stddev, .stdvar, .quantile, .max, .min, .first, .last: true
    default: false
    }
  }

  /// Whether it works on lines as they are.
  var allowsLines: Bool {
    switch self {
    case .bytes, .bytesRate, .count, .rate, .absent: true
    default: false
    }
  }

  /// Whether it works on unwrapped values.
  var allowsUnwrap: Bool {
    switch self {
    case .count, .bytes, .bytesRate: false
    default: true
    }
  }
}

/// `by (a, b)` or `without (a, b)`
public struct LabelGrouping: Hashable, Sendable {
  /// The labels named, in written order.
  public var labels: [String]
  /// Whether they are the ones left out.
  public var isWithout: Bool
}

/// `topk by (app) (3, …)`
public struct VectorAggregation: Hashable, Sendable {
  /// What is computed; the raw value is the operator's name.
  public enum Operator: String, Hashable, Sendable, CaseIterable {
    case sum, avg, min, max, count, stddev, stdvar, topk, bottomk, sort
    case sortDescending = "sort_desc"

    /// Whether the number of series is its first argument.
    var takesCount: Bool { self == .topk || self == .bottomk }
  }

  /// What is computed.
  public var op: Operator
  /// The number of series of `topk` and `bottomk`, positive.
  public var count: Int?
  /// The series.
  public var operand: MetricExpression
  /// The labels of the result, when they were named.
  public var grouping: LabelGrouping?
  /// Where it stands.
  public var position: SourceRange
}

/// `left op right`
public struct MetricOperation: Hashable, Sendable {
  /// The operator; `atan2` is not in the language.
  public var op: BinaryOperator
  /// The left operand.
  public var left: MetricExpression
  /// The right operand.
  public var right: MetricExpression
  /// Whether a comparison gives 0 and 1 instead of filtering.
  public var returnsBool: Bool
  /// How series are matched.
  public var matching: VectorMatching
  /// Where it stands.
  public var position: SourceRange
}

/// `label_replace(operand, "to", "$1", "from", "(.*)")`
public struct LabelReplacement: Hashable, Sendable {
  /// The series.
  public var operand: MetricExpression
  /// The label that is written.
  public var target: String
  /// Its value, with `$1` for groups.
  public var replacement: String
  /// The label that is read.
  public var source: String
  /// What its whole value must match.
  public var pattern: String
  /// Where it stands.
  public var position: SourceRange
}

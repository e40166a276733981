import Telemetry
import Testing

@testable import PromQL

/// A function called as the evaluator calls it.
struct Called {
  let name: String
  var context: FunctionContext

  init(
    _ name: String, arguments: [Expression] = [],
    grid: QueryGrid = QueryGrid(start: 0, step: 0, count: 1),
    delaysNameRemoval: Bool = false
  ) {
    self.name = name
    var options = QueryOptions()
    options.delaysNameRemoval = delaysNameRemoval
    context = FunctionContext(
      call: FunctionCall(name: name, arguments: arguments, position: .none), grid: grid,
      query: grid,
      options: options, annotations: Annotations())
  }

  private func function() throws -> Function {
    try #require(FunctionTable.function(named: name))
  }

  /// The value over samples at times in seconds, within a range in seconds.
  mutating func over(
    _ values: [Double], at seconds: [Double]? = nil, from start: Double = 0, to end: Double? = nil,
    evaluatedAt: Double? = nil, _ parameters: Double..., metric: String = ""
  ) throws -> Double? {
    guard case .overWindow(_, let body) = try function().body else {
      Issue.record("\(name) is no function over windows")
      return nil
    }
    let seconds = seconds ?? values.indices.map { Double($0) * 60 }
    let times = seconds.map { Int64($0 * 1000) }
    let end = Int64((end ?? seconds[seconds.count - 1]) * 1000)
    context.metricName = metric
    return try times.withUnsafeBufferPointer { times in
      try values.withUnsafeBufferPointer { values in
        try parameters.withUnsafeBufferPointer { parameters in
          let window = RangeWindow(
            times: times, values: values, start: Int64(start * 1000), end: end,
            evaluatedAt: evaluatedAt.map { Int64($0 * 1000) } ?? end, parameters: parameters,
            falls: zip(values.dropFirst(), values).count { $0 < $1 })
          return try body(window, &context)
        }
      }
    }
  }

  /// The value for one value and scalars.
  func of(_ value: Double, _ scalars: Double...) throws -> Double {
    guard case .perValue(let body) = try function().body else {
      Issue.record("\(name) is no function of values")
      return .nan
    }
    return scalars.withUnsafeBufferPointer { body(value, $0) }
  }

  /// The value for any operands.
  mutating func callAsFunction(_ operands: Operand...) throws -> Operand {
    guard case .general(let body) = try function().body else {
      Issue.record("\(name) is no general function")
      return .scalar([])
    }
    return try body(operands, &context)
  }
}

extension Operand {
  /// One series with a value at each step.
  static func series(_ labels: KeyValuePairs<String, String>, _ values: Double...) -> Operand {
    .vector([Column(labels: LabelSet(labels), values: values)])
  }

  /// Several series with one value each.
  static func instant(_ series: [(KeyValuePairs<String, String>, Double)]) -> Operand {
    .vector(series.map { Column(labels: LabelSet($0.0), values: [$0.1]) })
  }

  /// Each series as `{a="b"} 1 2`, in order; an absent value is `_`.
  var lines: [String] {
    switch self {
    case .vector(let columns):
      columns.map { "\($0.labels.written) \(Self.text($0.values))" }
    case .scalar(let values): [Self.text(values)]
    default: []
    }
  }

  private static func text(_ values: [Double]) -> String {
    values.map { $0.isAbsent ? "_" : $0.shortText }.joined(separator: " ")
  }
}

extension Double {
  /// Equal within 1e-12 of the larger; NaN equals NaN.
  func isClose(to other: Double?) -> Bool {
    guard let other else { return false }
    if isNaN || other.isNaN { return isNaN && other.isNaN }
    return self == other || (self - other).magnitude <= 1e-12 * max(magnitude, other.magnitude)
  }
}

import PromQL
import Telemetry

/// Answers LogQL over a source of lines.
///
/// One pass over the lines serves all range aggregations of a query. The result does not depend on
/// how the source is cut into segments.
public struct LogEngine: Sendable {
  /// Where lines come from.
  public let source: any LogSource
  /// What a query may cost.
  public let limits: LogLimits

  /// Makes an engine.
  public init(source: any LogSource, limits: LogLimits = LogLimits()) {
    self.source = source
    self.limits = limits
  }

  /// The value of a metric query at every step of a grid.
  ///
  /// A range at t holds the lines after `t - range` up to and with t.
  ///
  /// - Throws: `LogQueryError`, or what the source throws.
  public func result(of expression: MetricExpression, over grid: QueryGrid) throws -> LogMetrics {
    guard grid.count <= limits.steps else {
      throw LogQueryError.budget(what: "steps", limit: limits.steps)
    }
    let tasks = RangeTask.all(in: expression)
    var scans: [RangeScan] = []
    for task in tasks {
      scans.append(try RangeScan(task, over: grid, streams: source.streams, limits: limits))
    }
    let statistics = try scan(scans)
    var ranges: [RangeTask: [Column]] = [:]
    for (task, scan) in zip(tasks, scans) { ranges[task] = try scan.columns() }
    let evaluation = MetricEvaluation(over: grid, ranges: ranges, limits: QueryLimits())
    do {
      return LogMetrics(
        result: QueryResult(
          grid: grid, value: try Self.finished(evaluation.value(of: expression), expression, grid)),
        statistics: statistics)
    } catch let error as QueryError {
      throw LogQueryError.vector(error)
    }
  }

  /// The series of a metric query, sorted by labels; a number is a series without labels. What a
  /// replay of alert rules needs.
  ///
  /// - Throws: `LogQueryError`, or what the source throws.
  public func columns(of expression: MetricExpression, over grid: QueryGrid) throws -> [Column] {
    switch try result(of: expression, over: grid).result.value {
    case .vector(let columns): columns
    case .scalar(let values): [Column(labels: .empty, values: values)]
    case .string, .matrix: []
    }
  }

  private func scan(_ scans: [RangeScan]) throws -> LogStatistics {
    var statistics = LogStatistics()
    guard let first = scans.map(\.first).min(), let last = scans.map(\.last).max() else {
      return statistics
    }
    for (index, segment) in source.segments.enumerated()
    where segment.last >= first && segment.first <= last {
      try source.read(segment: index) { entry in
        guard entry.nanoseconds <= last else { return false }
        guard entry.nanoseconds >= first else { return true }
        statistics.lines += 1
        statistics.bytes += entry.line.count
        for scan in scans { try scan.add(entry) }
        return true
      }
    }
    return statistics
  }

  /// The value in the order of its answer: by labels, unless an instant query sorted it.
  private static func finished(
    _ operand: MetricEvaluation.Operand, _ expression: MetricExpression, _ grid: QueryGrid
  ) -> QueryValue {
    switch operand {
    case .scalar(let values): return .scalar(values)
    case .vector(let columns):
      var isOrdered = false
      if grid.count == 1, case .aggregation(let node) = expression {
        switch node.op {
        case .sort, .sortDescending, .topk, .bottomk: isOrdered = true
        default: break
        }
      }
      return .vector(isOrdered ? columns : columns.sorted { $0.labels < $1.labels })
    }
  }
}

/// The answer to a metric query.
public struct LogMetrics: Sendable {
  /// The series, or a number for each step.
  public let result: QueryResult
  /// What was read for it.
  public let statistics: LogStatistics
}

/// What a query read.
public struct LogStatistics: Hashable, Sendable {
  /// Lines of the time and streams of the query.
  public var lines = 0
  /// Their bytes.
  public var bytes = 0
  /// Lines that all filters let pass; counted for log queries only.
  public var passed = 0
}

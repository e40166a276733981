import LogQL
import PromQL
import Queries
import Rules
import Telemetry

/// LogQL expressions of rule files, as Loki's ruler reads them, and what stands for them in a
/// replay: a metric each, whose samples are the expression's values at the steps of its groups.
///
/// An expression is taken for LogQL when it is a metric query of it, none of its selectors names a
/// metric, and it is either no PromQL or selects log streams of the bundle and no series.
final class LogRules {
  /// No server allows such a name unquoted, so no rule means it by chance.
  private static let prefix = "LogQL expression "

  private var expressions: [MetricExpression] = []
  private let hasSeries: ([LabelMatcher]) throws -> Bool
  private let hasStreams: ([LabelMatcher]) throws -> Bool

  /// - Parameters:
  ///   - hasSeries: Whether the bundle has series of metrics that satisfy matchers.
  ///   - hasStreams: Whether it has log streams that do.
  init(
    hasSeries: @escaping ([LabelMatcher]) throws -> Bool,
    hasStreams: @escaping ([LabelMatcher]) throws -> Bool
  ) {
    self.hasSeries = hasSeries
    self.hasStreams = hasStreams
  }

  /// The LogQL expressions, in order of their first rule.
  var texts: [String] { expressions.map { LogQuery.metric($0).text } }

  /// What stands for an expression; nil when it is no LogQL.
  ///
  /// - Throws: `LogSyntaxError` for what is no PromQL either but has a pipeline.
  func expression(standingFor text: String) throws -> Expression? {
    let query: LogQuery
    do {
      query = try LogQuery.parse(text)
    } catch {
      guard text.contains("|"), (try? Expression.parse(text)) == nil else { return nil }
      throw error
    }
    guard case .metric(let expression) = query, !expression.selectors.isEmpty,
      !expression.selectors.contains(where: \.namesMetric)
    else { return nil }
    if (try? Expression.parse(text)) != nil {
      let isOfLogs =
        try expression.selectors.contains { try hasStreams($0.matchers) }
        && !expression.selectors.contains { try hasSeries($0.matchers) }
      guard isOfLogs else { return nil }
    }
    let known = expressions.firstIndex(of: expression)
    if known == nil { expressions.append(expression) }
    return try Expression.parse("{\"\(Self.prefix)\(known ?? expressions.count - 1)\"}")
  }

  /// How far back an expression that stands for LogQL looks; nil for another.
  func reach(of expression: Expression) -> TimeSpan? {
    number(of: expression).map { expressions[$0].reach }
  }

  private func number(of expression: Expression) -> Int? {
    guard case .vectorSelector(let selector) = expression.unwrapped,
      let name = selector.metricName, name.hasPrefix(Self.prefix)
    else { return nil }
    return Int(name.dropFirst(Self.prefix.count)).flatMap {
      expressions.indices.contains($0) ? $0 : nil
    }
  }

  /// The series of all expressions at the steps of the groups that hold them, and entries of the
  /// bundle that were left out as damaged.
  ///
  /// - Throws: `LogQuestionError` when an expression cannot be evaluated.
  func series(
    of groups: [RuleGroup], from: Timestamp, to: Timestamp, options: RuleReplayOptions,
    in logs: BundleLogQueries
  ) throws -> (series: LogRuleSeries, damages: [CoverageGap]) {
    var tables: [String: SeriesSteps] = [:]
    var damages: [CoverageGap] = []
    for group in groups {
      guard let grid = group.grid(from: from, to: to, options: options) else { continue }
      let offset = group.queryOffset.nanoseconds / 1_000_000
      let written = QueryGrid(start: grid.start - offset, step: grid.step, count: grid.count)
      for number in Set(group.rules.compactMap { self.number(of: $0.expression) }).sorted() {
        let answer = try logs.columns(of: expressions[number], over: written)
        tables[Self.prefix + "\(number)", default: SeriesSteps()].add(answer.columns, written)
        damages += answer.damages.filter { !damages.contains($0) }
      }
    }
    return (LogRuleSeries(tables.mapValues(\.columns)), damages.sorted())
  }
}

/// Columns over several grids put together, sample by sample.
private struct SeriesSteps {
  private var samples: [LabelSet: [Int64: Double]] = [:]

  /// Adds the columns of a grid; a step without a value ends the series until the next one.
  mutating func add(_ columns: [Column], _ grid: QueryGrid) {
    for column in columns {
      var steps = samples[column.labels, default: [:]]
      for step in 0..<grid.count { steps[grid[step]] = column.values[step] }
      samples[column.labels] = steps
    }
  }

  /// The series, sorted by labels.
  var columns: [SampleColumn] {
    samples.keys.sorted().map { labels in
      let steps = samples[labels, default: [:]].sorted { $0.key < $1.key }
      return SampleColumn(labels: labels, times: steps.map(\.key), values: steps.map(\.value))
    }
  }
}

/// The series that stand for the LogQL expressions of rules, by metric.
struct LogRuleSeries: Sendable {
  private let tables: [String: [SampleColumn]]

  init(_ tables: [String: [SampleColumn]]) {
    self.tables = tables
  }

  /// Whether a metric stands for an expression.
  func holds(_ metric: String) -> Bool { tables[metric] != nil }

  /// A source that has these series beside those of another.
  func source(over base: any SeriesSource) -> any SeriesSource {
    tables.isEmpty ? base : LogRuleSource(base: base, tables: tables)
  }
}

private struct LogRuleSource: SeriesSource {
  let base: any SeriesSource
  let tables: [String: [SampleColumn]]

  func series(
    matching matchers: [LabelMatcher], from first: Int64, to last: Int64
  ) throws -> [SampleColumn] {
    let name = matchers.first { $0.name.hasSameBytes(as: "__name__") && $0.comparison == .equal }
    guard let name, let columns = tables[name.value] else {
      return try base.series(matching: matchers, from: first, to: last)
    }
    return columns.map { column in
      var named = column
      named.labels = LabelSet(
        column.labels.labels + [Label(name: "__name__", value: name.value)])
      return named
    }
  }
}

extension LogSelector {
  /// Whether it says something of a metric's name, which logs do not have.
  fileprivate var namesMetric: Bool {
    matchers.contains { $0.name.hasSameBytes(as: "__name__") }
  }
}

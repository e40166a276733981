import BundleStore
import Canonical
import LogQL
import PromQL
import Telemetry

/// Answers LogQL questions from a bundle.
public struct BundleLogQueries: Sendable {
  private let bundle: BundleReader

  /// Opens a bundle's logs; nothing is read yet.
  public init(_ bundle: BundleReader) {
    self.bundle = bundle
  }

  /// The answer to a question.
  ///
  /// A damaged entry is left out as a whole, and a warning says so.
  ///
  /// - Throws: `LogQuestionError`; `BundleError` when the bundle was refused or cannot be read.
  public func answer(to question: LogQuestion) throws -> LogAnswer {
    let query = try parsed(question.text)
    let times = try times(of: question, query)
    guard bundle.manifest.files.contains(where: { $0.role == .logs }) else {
      throw LogQuestionError.noLogs
    }
    var damages: [CoverageGap] = []
    let value = try leavingOutDamage(&damages) { source in
      (try evaluated(query, times, question, in: source), source.streams)
    }
    let scope = LogScope(query, times, streams: value.1, manifest: bundle.manifest)
    return LogAnswer(
      query: query, times: times, value: value.0,
      warnings: (scope.warnings + damages.map { "bundle warning: \($0.detail)" }).eachOnceSorted,
      infos: scope.infos.eachOnceSorted, damages: damages.sorted())
  }

  /// The series of a metric query over a grid, for a replay of alert rules.
  ///
  /// Damaged entries are left out and returned.
  ///
  /// - Throws: `LogQuestionError`; `BundleError` when the bundle was refused or cannot be read.
  public func columns(
    of expression: MetricExpression, over grid: QueryGrid
  ) throws -> (columns: [Column], damages: [CoverageGap]) {
    var damages: [CoverageGap] = []
    let columns = try leavingOutDamage(&damages) { source in
      try asking { try LogEngine(source: source).columns(of: expression, over: grid) }
    }
    return (columns, damages.sorted())
  }

  /// The labels of every log stream; none without logs, or when their table is damaged.
  ///
  /// - Throws: `BundleError` when the bundle was refused or cannot be read.
  public func streams() throws -> [LabelSet] {
    guard bundle.manifest.files.contains(where: { $0.role == .logs }) else { return [] }
    var damages: [CoverageGap] = []
    return try leavingOutDamage(&damages, \.streams)
  }

  private func leavingOutDamage<Value>(
    _ damages: inout [CoverageGap], _ body: (BundleLogSource) throws -> Value
  ) throws -> Value {
    while true {
      do {
        return try body(BundleLogSource(bundle, leavingOut: damages.map(\.subject)))
      } catch let damaged as DamagedLogEntry {
        damages.append(damaged.gap)
      }
    }
  }

  private func parsed(_ text: String) throws -> LogQuery {
    do {
      return try LogQuery.parse(text)
    } catch {
      throw LogQuestionError.query(.syntax(error))
    }
  }

  private func asking<Value>(_ body: () throws -> Value) throws -> Value {
    do {
      return try body()
    } catch let error as LogQueryError {
      throw LogQuestionError.query(error)
    }
  }

  private func times(of question: LogQuestion, _ query: LogQuery) throws -> LogTimes {
    let window = bundle.manifest.window
    if case .logs = query {
      switch question.times {
      case .instant: throw LogQuestionError.linesAtInstant
      case nil: return try Self.range(window.start, window.end, step: .zero)
      case .range(let from, let to, _):
        return try Self.range(from ?? window.start, to ?? window.end, step: .zero)
      }
    }
    switch question.times {
    case .instant(let instant): return .instant(instant)
    case nil: return try Self.range(window.start, window.end, step: nil)
    case .range(let from, let to, let step):
      return try Self.range(from ?? window.start, to ?? window.end, step: step)
    }
  }

  /// A grid as Loki cuts it: its instants are multiples of the step, the first not after `from` and
  /// the last not before `to`. A step of zero stands for lines: both ends, to the nanosecond.
  private static func range(
    _ from: Timestamp, _ to: Timestamp, step: TimeSpan?
  ) throws -> LogTimes {
    guard from <= to else { throw LogQuestionError.times(.endBeforeStart(from, to)) }
    let step = step ?? AskedTimes.roundStep(for: to - from, atLeast: nil)
    if step == .zero { return .lines(from: from, to: to) }
    let milliseconds = step.nanoseconds / 1_000_000
    guard milliseconds >= 1 else { throw LogQuestionError.times(.badStep(step)) }
    let first = floored(from.milliseconds, to: milliseconds)
    let last = floored(to.milliseconds + milliseconds - 1, to: milliseconds)
    return .grid(
      QueryGrid(
        start: first, step: milliseconds, count: Int((last - first) / milliseconds) + 1))
  }

  private static func floored(_ value: Int64, to step: Int64) -> Int64 {
    let remainder = value % step
    return value - (remainder < 0 ? remainder + step : remainder)
  }

  private func evaluated(
    _ query: LogQuery, _ times: LogTimes, _ question: LogQuestion, in source: BundleLogSource
  ) throws -> LogAnswer.Value {
    let engine = LogEngine(source: source)
    return try asking {
      switch (query, times) {
      case (.logs(let selector), .lines(let from, let to)):
        .lines(
          try engine.lines(
            of: selector, from: from, to: to, limit: question.limit,
            direction: question.direction))
      case (.metric(let expression), _):
        .metrics(try engine.result(of: expression, over: times.grid))
      case (.logs, _): preconditionFailure("BUG: lines on a grid")
      }
    }
  }
}

extension [String] {
  /// Each text once, in order of its bytes.
  fileprivate var eachOnceSorted: [String] {
    sorted { $0.precedesInBytes($1) }.reduce(into: []) { kept, text in
      if kept.last?.hasSameBytes(as: text) != true { kept.append(text) }
    }
  }
}

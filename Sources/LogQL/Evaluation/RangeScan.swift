import PromQL
import Telemetry

/// Computes one range aggregation while entries go by in order of time.
final class RangeScan {
  private let task: RangeTask
  private let windows: StepWindows
  private let run: PipelineRun
  private let grouping: SeriesGrouping
  private let streams: [LabelSet]
  private let isWanted: [Bool]
  /// The series of the entries of each stream that have no labels of their own; -1 when not known.
  private var streamSeries: [Int]
  /// Whether a stream's own labels decide the series.
  private let isDecided: [Bool]
  private let table = SeriesTable()
  private let key = SeriesKey()
  private let conversion: Conversion?
  private let postFilters: [ConditionCheck]
  private var counters: RangeCounters
  private var values: RangeValues
  private let limits: LogLimits
  private let steps: Int

  /// How the label that is unwrapped becomes a number.
  private struct Conversion {
    let label: [UInt8]
    let kind: Unwrap.Conversion?

    func value(_ text: UnsafeRawBufferPointer) -> Double? {
      switch kind {
      case nil: GoNumber.value(text)
      case .bytes: ByteSize.bytes(text).map { Double($0) }
      case .duration, .durationSeconds:
        GoDuration.nanoseconds(text).map {
          Double($0 / 1_000_000_000) + Double($0 % 1_000_000_000) / 1e9
        }
      }
    }
  }

  init(
    _ task: RangeTask, over grid: QueryGrid, streams: [LabelSet], limits: LogLimits
  ) throws(LogQueryError) {
    let range = task.aggregation.range
    self.task = task
    self.streams = streams
    self.limits = limits
    steps = grid.count
    windows = try StepWindows(grid, length: range.length, offset: range.offset)
    let pipeline = try LogPipeline(range.selector.stages)
    let filters = range.unwrap?.filters ?? []
    let grouping = SeriesGrouping(task.grouping, unwrapped: range.unwrap?.label)
    self.grouping = grouping
    conversion = range.unwrap.map { Conversion(label: Array($0.label.utf8), kind: $0.conversion) }
    postFilters = filters.map(ConditionCheck.init)
    let reads =
      pipeline.labelsRead + filters.flatMap(\.labels) + (range.unwrap.map { [$0.label] } ?? [])
    run = PipelineRun(
      pipeline,
      demand: pipeline.readsWholeDot
        ? .everything : LabelDemand(reading: reads, grouping: task.grouping))
    isWanted = streams.map { labels in
      range.selector.matchers.allSatisfy { $0.isSatisfied(by: labels) }
    }
    isDecided = streams.map { grouping.isDecided(by: $0) }
    streamSeries = Array(repeating: -1, count: streams.count)
    let countsBytes =
      task.aggregation.function == .bytes || task.aggregation.function == .bytesRate
    counters = RangeCounters(steps: grid.count, countsBytes: countsBytes, limits: limits)
    values = RangeValues(steps: grid.count, limits: limits)
  }

  /// The first instant that counts.
  var first: Int64 { windows.first }

  /// The last instant that counts.
  var last: Int64 { windows.last }

  /// Adds an entry.
  @inline(__always)
  func add(_ entry: LogEntry) throws {
    guard isWanted[entry.stream] else { return }
    let range = windows.steps(seeing: entry.nanoseconds)
    guard !range.isEmpty, try run.passesFilters(entry.line) else { return }
    if conversion == nil, !run.hasStages,
      isDecided[entry.stream] || entry.metadata.isEmpty
    {
      counters.add(try series(ofStream: entry.stream), range, size: entry.line.count)
      return
    }
    try addLabelled(entry, range)
  }

  /// The series of entries that have only the labels of their stream.
  private func series(ofStream stream: Int) throws -> Int {
    if streamSeries[stream] >= 0 { return streamSeries[stream] }
    run.labels.begin(stream: stream, labels: streams[stream])
    streamSeries[stream] = try series()
    return streamSeries[stream]
  }

  private func addLabelled(_ entry: LogEntry, _ range: Range<Int>) throws {
    run.begin(entry, streamLabels: streams[entry.stream])
    guard let line = try run.line(of: entry) else { return }
    guard let conversion else {
      counters.add(try series(), range, size: line.count)
      return
    }
    guard let text = run.labels.value(of: conversion.label), !text.isEmpty else { return }
    let value = conversion.value(text)
    if value == nil {
      run.labels.fail(.sample, "\"\(Bytes.text(text))\" cannot be read as a number")
    }
    guard postFilters.allSatisfy({ $0.passes(run.labels) }) else { return }
    try values.add(try series(), value ?? 0, at: entry.nanoseconds)
  }

  /// The series of the labels at hand.
  private func series() throws(LogQueryError) -> Int {
    let labels = run.labels
    if let failure = labels.failure, !labels.demand.readsFailures {
      throw .pipeline(
        failure: failure.rawValue, details: labels.failureDetails,
        series: labels.all.filter { !$0.hasPrefix("__error") })
    }
    let (number, isNew) = table.number(of: key.key(of: labels, grouping)) {
      var found = grouping.labels(of: labels.all)
      if let failure = labels.failure {
        found = LabelSet(found.labels + [Label(name: "__error__", value: failure.rawValue)])
      }
      return found
    }
    if isNew {
      if conversion == nil { try counters.addSeries() } else { try values.addSeries() }
    }
    return number
  }

  /// The value: a column for each series that any range saw.
  func columns() throws(LogQueryError) -> [Column] {
    let function = task.aggregation.function
    let seconds = task.aggregation.range.length.seconds
    let reduction = WindowReduction(
      function: function, parameter: task.aggregation.parameter ?? 0, seconds: seconds)
    var columns: [Column] = []
    var visits = 0
    for (number, labels) in table.labels.enumerated() {
      let found =
        conversion == nil
        ? counters.values(of: number, function, seconds: seconds)
        : try values.values(of: number, reduction, windows: windows, visits: &visits)
      if found.contains(where: { !$0.isAbsent }) {
        columns.append(Column(labels: labels, values: found))
      }
    }
    return function == .absent ? absence(of: columns) : columns
  }

  /// 1 at each step at which no series has a value, with the labels that the selector fixes.
  private func absence(of columns: [Column]) -> [Column] {
    let values = (0..<steps).map { step -> Double in
      columns.contains { !$0.values[step].isAbsent } ? .absent : 1
    }
    guard values.contains(where: { !$0.isAbsent }) else { return [] }
    let matchers = task.aggregation.range.selector.matchers
    let fixed = matchers.filter { matcher in
      matcher.comparison == .equal
        && matchers.filter { $0.name.hasSameBytes(as: matcher.name) }.count == 1
    }
    let labels = LabelSet(fixed.map { Label(name: $0.name, value: $0.value) })
    return [Column(labels: labels, values: values)]
  }
}

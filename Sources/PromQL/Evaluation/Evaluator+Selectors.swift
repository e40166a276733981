import Telemetry

/// How the times of a selector or subquery differ from those of the steps, in milliseconds.
struct ResolvedShift {
  /// How far back; negative looks forward.
  let offset: Int64
  /// The one time that `@` gives for all steps, with the offset in it.
  let fixedTime: Int64?
}

extension Evaluator {
  /// An instant selector: at each step the newest sample inside the lookback.
  func values(of selector: VectorSelector) throws -> [Column] {
    try columns(of: selector) { column, samples in column.values(from: samples) }
  }

  /// The time of that sample instead of its value, in seconds.
  func times(of selector: VectorSelector) throws -> [Column] {
    try columns(of: selector) { column, samples in column.times(from: samples) }
  }

  /// A range selector.
  mutating func ranges(of selector: MatrixSelector) throws -> RangeOperand {
    let vector = selector.selector
    try refuseModifier(vector.modifier)
    let length = try selector.range.milliseconds(in: query, allowsNegative: false)
    let shift = try resolved(vector.shift)
    let last = shift.fixedTime ?? (grid.end - shift.offset)
    let first = (shift.fixedTime ?? (grid.start - shift.offset)) - length
    let series = try source.series(matching: vector.matchers, from: first, to: last)
    try refuseHistograms(series)
    return RangeOperand(
      series: series.map(\.withoutStaleMarkers), grid: grid, length: length, offset: shift.offset,
      fixedEnd: shift.fixedTime, boundary: options.rangeBoundary)
  }

  /// The offset and fixed time of a shift.
  func resolved(_ shift: TimeShift) throws -> ResolvedShift {
    let offset = try shift.offset?.milliseconds(in: query, allowsNegative: true) ?? 0
    let fixed: Int64? =
      switch shift.anchor {
      case nil: nil
      case .instant(let instant): instant.milliseconds
      case .start: query.start
      case .end: query.end
      }
    return ResolvedShift(offset: offset, fixedTime: fixed.map { $0 - offset })
  }

  private func columns(
    of selector: VectorSelector, _ read: (inout StepLookup, SampleColumn) -> [Double]
  ) throws -> [Column] {
    try refuseModifier(selector.modifier)
    let shift = try resolved(selector.shift)
    let lookback = options.lookback.nanoseconds / 1_000_000
    var lookup = StepLookup(
      grid: shift.fixedTime.map { QueryGrid(start: $0, step: 0, count: 1) }
        ?? QueryGrid(start: grid.start - shift.offset, step: grid.step, count: grid.count),
      lookback: lookback, boundary: options.rangeBoundary)
    let series = try source.series(
      matching: selector.matchers, from: lookup.grid.start - lookback, to: lookup.grid.end)
    try refuseHistograms(series)
    guard series.count <= options.limits.samples / grid.count else {
      throw QueryError.budget(
        what: "samples and values held at a time", limit: options.limits.samples)
    }
    return series.compactMap { samples in
      var values = read(&lookup, samples)
      if values.count != grid.count {
        values = [Double](repeating: values[0], count: grid.count)
      }
      guard ColumnKernel.hasAny(values) else { return nil }
      return Column(labels: samples.labels, values: values, dropsName: samples.dropsName)
    }
  }

  private func refuseHistograms(_ series: [SampleColumn]) throws(QueryError) {
    guard let column = series.first(where: \.holdsHistograms) else { return }
    throw .needsNativeHistograms(metric: column.labels.metricName ?? column.labels.written)
  }

  private func refuseModifier(_ modifier: RangeModifier?) throws(QueryError) {
    guard let modifier else { return }
    throw .unsupported("the modifier \(modifier.rawValue)")
  }
}

extension SampleColumn {
  /// The samples without those that only mark the series as stale.
  var withoutStaleMarkers: SampleColumn {
    guard values.contains(where: \.isAbsent) else { return self }
    let kept = values.indices.filter { !values[$0].isAbsent }
    return SampleColumn(
      labels: labels, times: kept.map { times[$0] }, values: kept.map { values[$0] },
      holdsHistograms: holdsHistograms, dropsName: dropsName)
  }
}

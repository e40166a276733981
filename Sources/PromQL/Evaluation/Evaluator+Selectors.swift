import Telemetry

extension Evaluator {
  /// An instant selector: at each step the newest sample inside the lookback.
  func values(of selector: VectorSelector) throws -> [Column] {
    try columns(of: selector) { lookup, samples in
      selector.modifier == .smoothed
        ? lookup.smoothedValues(from: samples.withoutStaleMarkers) : lookup.values(from: samples)
    }
  }

  /// The time of that sample instead of its value, in seconds.
  func times(of selector: VectorSelector) throws -> [Column] {
    try columns(of: selector) { lookup, samples in lookup.times(from: samples) }
  }

  /// A range selector.
  mutating func ranges(of selector: MatrixSelector) throws -> RangeOperand {
    let vector = selector.selector
    let lookback = options.lookback.nanoseconds / 1_000_000
    let before = vector.modifier == nil ? 0 : lookback
    let after = vector.modifier == .smoothed ? lookback : 0
    let length = try selector.range.milliseconds(in: query, allowsNegative: false)
    let shift = try resolved(vector.shift)
    let last = (shift.fixedTime ?? (grid.end - shift.offset)) + after
    let first = (shift.fixedTime ?? (grid.start - shift.offset)) - length - before
    let series = try source.series(matching: vector.matchers, from: first, to: last)
    try refuseHistograms(series)
    return RangeOperand(
      series: series.map(\.withoutStaleMarkers), grid: grid, length: length, offset: shift.offset,
      fixedEnd: shift.fixedTime, boundary: options.rangeBoundary, modifier: vector.modifier,
      reachBefore: before, reachAfter: after)
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
    let shift = try resolved(selector.shift)
    let lookback = options.lookback.nanoseconds / 1_000_000
    var lookup = StepLookup(
      grid: shift.fixedTime.map { QueryGrid(start: $0, step: 0, count: 1) }
        ?? QueryGrid(start: grid.start - shift.offset, step: grid.step, count: grid.count),
      lookback: lookback, boundary: options.rangeBoundary)
    let series = try source.series(
      matching: selector.matchers, from: lookup.grid.start - lookback,
      to: lookup.grid.end + (selector.modifier == .smoothed ? lookback : 0))
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

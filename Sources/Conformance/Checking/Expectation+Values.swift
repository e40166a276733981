import Canonical
import PromQL
import Telemetry

extension QueryResult {
  /// The answer of a range query as series; a scalar is a series without labels.
  var columns: [Column] {
    switch value {
    case .scalar(let values): [Column(labels: .empty, values: values)]
    case .vector(let columns): columns
    case .string, .matrix: []
    }
  }
}

extension Expectation {
  /// Compares the answer of an instant query.
  func check(instant result: QueryResult, askedAt time: Int64) throws(StatementFailure) {
    switch result.value {
    case .scalar(let values): try check(scalar: values[0])
    case .string(let text):
      guard case .string(let expected) = value, text.hasSameBytes(as: expected) else {
        throw .mismatch("got the string \"\(text)\"")
      }
    case .vector(let columns):
      try check(vector: columns.map { Sample(labels: $0.labels, value: $0.values[0]) })
    case .matrix(let series): try check(rangeVector: series)
    }
  }

  /// Compares the middle of three steps with what an instant query must give.
  func check(middleStepOf result: QueryResult) throws(StatementFailure) {
    if case .scalar(let values) = result.value { return try check(scalar: values[1]) }
    try checkSorted(result.columns.map(\.labels))
    try check(
      vector: result.columns.filter { !$0.values[1].isAbsent }.map {
        Sample(labels: $0.labels, value: $0.values[1])
      })
  }

  /// Compares the answer of a range query.
  func check(columns: [Column], over grid: QueryGrid) throws(StatementFailure) {
    guard !isOrdered else { throw .mismatch("a range query cannot be ordered") }
    try checkSorted(columns.map(\.labels))
    let expected = try expectedSeries()
    try checkLabels(columns.map(\.labels), expected: expected)
    for column in columns {
      guard let series = expected.first(where: { $0.labels == column.labels }) else { continue }
      guard series.values.count <= grid.count else {
        throw .mismatch("\(series.values.count) values expected at \(grid.count) steps")
      }
      let values = try series.numbers(count: grid.count)
      for step in 0..<grid.count
      where values[step].isAbsent != column.values[step].isAbsent
        || !values[step].isAlmost(column.values[step])
      {
        throw .mismatch(
          "\(column.labels.notation) at \(grid[step]) ms: expected \(Self.text(values[step])), got"
            + " \(Self.text(column.values[step])); all: \(column.values.map(Self.text))")
      }
    }
  }

  private func check(scalar number: Double) throws(StatementFailure) {
    guard case .scalar(let expected) = value else { throw .mismatch("got the scalar \(number)") }
    guard expected.isAlmost(number) else {
      throw .mismatch("expected \(Self.text(expected)), got \(Self.text(number))")
    }
  }

  private func check(vector samples: [Sample]) throws(StatementFailure) {
    let expected = try expectedSeries()
    for (index, sample) in samples.enumerated() {
      guard let position = expected.firstIndex(where: { $0.labels == sample.labels }) else {
        throw .mismatch("unexpected \(sample.labels.notation) \(Self.text(sample.value))")
      }
      guard !isOrdered || position == index else {
        throw .mismatch("\(sample.labels.notation) stands at \(index + 1), not \(position + 1)")
      }
      let number = try expected[position].numbers(count: 1)[0]
      guard number.isAlmost(sample.value) else {
        throw .mismatch(
          "\(sample.labels.notation): expected \(Self.text(number)), got"
            + " \(Self.text(sample.value))")
      }
    }
    try checkLabels(samples.map(\.labels), expected: expected)
  }

  private func check(rangeVector series: [SampleColumn]) throws(StatementFailure) {
    let expected = try expectedSeries()
    try checkSorted(series.map(\.labels))
    try checkLabels(series.map(\.labels), expected: expected)
    guard let steps = rangeVector else {
      guard expected.isEmpty else { throw .mismatch("got a range vector") }
      return
    }
    for column in series {
      guard let wanted = expected.first(where: { $0.labels == column.labels }) else { continue }
      let numbers = try wanted.numbers(count: wanted.values.count)
      let points = numbers.indices.filter { !numbers[$0].isAbsent }
      let times = points.map { steps.from + Int64($0) * steps.step }
      let isSame =
        times == column.times
        && zip(points, column.values).allSatisfy { numbers[$0].isAlmost($1) }
      guard isSame else {
        throw .mismatch(
          "\(column.labels.notation): expected \(points.map { Self.text(numbers[$0]) }) at"
            + " \(times), got \(column.values.map(Self.text)) at \(column.times)")
      }
    }
  }

  private func expectedSeries() throws(StatementFailure) -> [NotatedSeries] {
    switch value {
    case .series(let series): return series
    case .scalar: throw .mismatch("expected a scalar, got series")
    case .string: throw .mismatch("expected a string, got series")
    }
  }

  private func checkLabels(
    _ found: [LabelSet], expected: [NotatedSeries]
  ) throws(StatementFailure) {
    let wanted = Set(expected.map(\.labels))
    if let extra = found.first(where: { !wanted.contains($0) }) {
      throw .mismatch("unexpected series \(extra.notation)")
    }
    let present = Set(found)
    if let missing = expected.first(where: { !present.contains($0.labels) }) {
      throw .mismatch("no series \(missing.labels.notation)")
    }
    guard present.count == found.count else { throw .mismatch("two series with equal labels") }
  }

  private func checkSorted(_ labels: [LabelSet]) throws(StatementFailure) {
    for (left, right) in zip(labels, labels.dropFirst()) where right < left {
      throw .mismatch("\(right.notation) sorts before \(left.notation) and comes after it")
    }
  }

  private static func text(_ value: Double) -> String {
    value.isAbsent ? "_" : Canonical.text(value)
  }
}

/// A series' value at the one step of an instant query.
private struct Sample {
  let labels: LabelSet
  let value: Double
}

extension NotatedSeries {
  /// The values as numbers, `.absent` for none, filled up to `count`.
  ///
  /// - Throws: `StatementFailure.apart` for a native histogram.
  fileprivate func numbers(count: Int) throws(StatementFailure) -> [Double] {
    var numbers: [Double] = []
    for value in values {
      switch value {
      case .number(let number): numbers.append(number)
      case .omitted: numbers.append(.absent)
      case .histogram(let text): throw .apart(.nativeHistograms("expected \(text)"))
      }
    }
    return numbers + Array(repeating: .absent, count: max(0, count - numbers.count))
  }
}

extension LabelSet {
  /// The labels in Prometheus's notation: `metric{label="value"}`.
  var notation: String {
    let pairs = labels.filter { !$0.name.hasSameBytes(as: "__name__") }
      .map { "\($0.name)=\"\($0.value)\"" }
    return (metricName ?? "")
      + (pairs.isEmpty && metricName != nil
        ? "" : "{\(pairs.joined(separator: ", "))}")
  }
}

import JSONStream
import Telemetry

/// How far two envelopes of a matrix agree.
struct Agreement {
  /// Points of the first.
  let points: Int
  /// The share of the points of either that both have, within 1e-9 of each other.
  let equalShare: Double

  init(theirs: [UInt8], ours: [UInt8]) throws {
    let (left, right) = (try PointSink.series(in: theirs), try PointSink.series(in: ours))
    var (points, others, equal) = (0, 0, 0)
    for values in right.values { others += values.count }
    for (labels, values) in left {
      let same = right[labels] ?? [:]
      points += values.count
      for (time, value) in values {
        guard let other = same[time] else { continue }
        others -= 1
        if Self.agree(value, other) { equal += 1 }
      }
    }
    self.points = points
    equalShare = points + others == 0 ? 1 : Double(equal) / Double(points + others)
  }

  /// Whether two values are the same or within 1e-9 of the greater one.
  static func agree(_ left: Double, _ right: Double) -> Bool {
    if left.isNaN || right.isNaN { return left.isNaN && right.isNaN }
    return left == right
      || (left - right).magnitude <= 1e-9 * max(left.magnitude, right.magnitude)
  }
}

/// Collects points by labels and time.
private struct PointSink: ExportSink {
  private var series: [LabelSet: [Int64: Double]] = [:]
  private var labels = LabelSet.empty
  private var values: [Int64: Double] = [:]

  static func series(in body: [UInt8]) throws -> [LabelSet: [Int64: Double]] {
    var sink = PointSink()
    _ = try ExportReader(MemorySource(body)).read(into: &sink)
    return sink.series
  }

  mutating func beginSeries(labels: LabelSet) {
    self.labels = labels
    values = [:]
  }

  mutating func sample(nanoseconds: Int64, value: Double, text: UnsafeRawBufferPointer) {
    values[nanoseconds] = value
  }

  mutating func endSeries() { series[labels] = values }
}

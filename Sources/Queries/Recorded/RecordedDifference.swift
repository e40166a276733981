import Canonical
import PromQL
import Telemetry

/// How far an answer lies from the recorded server's own answer to the same expression.
struct RecordedDifference {
  /// Points that both have.
  private var common = 0
  /// Points that one of them lacks.
  private var unmatched = 0
  /// Points of `common` that differ by more than `tolerance`.
  private var differing = 0
  /// The largest relative difference.
  private var largest = 0.0

  /// Differences up to this share are those of scrapes a few milliseconds off their grid.
  private static let tolerance = 0.01

  /// Compares series by labels, step by step.
  init(of columns: [Column], with recorded: [Column]) {
    let theirs = Dictionary(recorded.map { ($0.labels, $0.values) }) { first, _ in first }
    let ours = Dictionary(columns.map { ($0.labels, $0.values) }) { first, _ in first }
    for column in columns {
      add(column.values, theirs[column.labels])
    }
    for column in recorded where ours[column.labels] == nil { add(column.values, nil) }
  }

  private mutating func add(_ values: [Double], _ others: [Double]?) {
    for (index, value) in values.enumerated() {
      let other = others?[index] ?? .absent
      switch (value.isAbsent, other.isAbsent) {
      case (true, true): continue
      case (false, false):
        common += 1
        let difference = Self.relative(value, other)
        if difference > Self.tolerance { differing += 1 }
        largest = max(largest, difference)
      default: unmatched += 1
      }
    }
  }

  private static func relative(_ value: Double, _ other: Double) -> Double {
    if value == other || (value.isNaN && other.isNaN) { return 0 }
    let scale = max(value.magnitude, other.magnitude)
    let difference = (value - other).magnitude / scale
    return difference.isFinite ? difference : 1
  }

  /// A warning when points differ by more than 1 % or are missing on one side; nil otherwise.
  ///
  /// - Parameter path: Where the recorded answer stands in the bundle.
  func warning(recordedIn path: String) -> String? {
    guard differing + unmatched > 0 else { return nil }
    var parts: [String] = []
    if differing > 0 {
      let percent = Canonical.text(largest * 100, significant: 2)
      parts.append(
        "\(differing) of \(common) points differ by more than 1 %, by \(percent) % at the most")
    }
    if unmatched > 0 { parts.append("\(unmatched) points are there on one side only") }
    return "bundle warning: Prometheus's own answer to this expression is in the bundle (\(path)):"
      + " \(parts.joined(separator: "; ")), since it read scrapes and the bundle holds a grid"
  }
}

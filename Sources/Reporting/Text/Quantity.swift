import Canonical

/// A number with its unit, for people.
enum Quantity {
  /// `3 restarts`, `24.1 burn rate`, `512 MiB`, `4.2 %`: whole numbers as they are, others with
  /// three significant digits.
  static func text(_ value: Double, unit: String) -> String {
    switch unit {
    case "bytes": return Canonical.bytes(value)
    case "ratio": return "\(number(value * 100)) %"
    case "": return number(value)
    default: return "\(number(value)) \(value == 1 ? singular(unit) : unit)"
    }
  }

  /// A count with its noun in the right number: `1 gap`, `3 gaps`.
  static func count(_ count: Int, _ noun: String, plural: String? = nil) -> String {
    "\(count) \(count == 1 ? noun : plural ?? noun + "s")"
  }

  /// A score with one decimal.
  static func score(_ value: Double) -> String {
    Canonical.text(value, decimals: 1)
  }

  /// `restart` for `restarts`; units of several words or with a slash stay as they are.
  private static func singular(_ unit: String) -> String {
    let isOneWord = unit.utf8.allSatisfy { (97...122).contains($0) }
    return isOneWord && unit.hasSuffix("s") ? String(unit.dropLast()) : unit
  }

  private static func number(_ value: Double) -> String {
    let isWhole = value.isFinite && value == value.rounded() && value.magnitude < 1e15
    return isWhole ? Canonical.text(value) : Canonical.text(value, significant: 3)
  }
}

import Canonical
import Telemetry

/// Lengths of time as Prometheus writes them: `1h30m`, `500ms`, `2w`.
///
/// - Source: prometheus/common/model/time.go, `ParseDuration` and `Duration.String`.
public enum DurationText {
  /// The units from the largest to the smallest, in milliseconds. Years, weeks and days are written
  /// only when they divide the rest.
  private static let units: [(name: String, milliseconds: Int64, isExact: Bool)] = [
    ("y", 31_536_000_000, true), ("w", 604_800_000, true), ("d", 86_400_000, true),
    ("h", 3_600_000, false), ("m", 60_000, false), ("s", 1000, false), ("ms", 1, false),
  ]

  /// The length, or nil when the text is none or is longer than 292 years.
  ///
  /// Numbers are whole; each unit stands at most once, the largest first. A bare `0` is allowed.
  public static func span(_ text: String) -> TimeSpan? {
    if text == "0" { return .zero }
    let bytes = Array(text.utf8)
    guard !bytes.isEmpty else { return nil }
    var (position, unitsLeft, milliseconds) = (0, units[...], Int64(0))
    while position < bytes.count {
      let digits = bytes[position...].prefix { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }
      position += digits.count
      let letters = bytes[position...].prefix { UInt8(ascii: "a")...UInt8(ascii: "z") ~= $0 }
      position += letters.count
      guard let count = Int64(String(decoding: digits, as: UTF8.self)),
        let index = unitsLeft.firstIndex(where: { letters.elementsEqual($0.name.utf8) })
      else { return nil }
      let (product, overflow) = count.multipliedReportingOverflow(by: units[index].milliseconds)
      let (sum, sumOverflow) = milliseconds.addingReportingOverflow(product)
      guard !overflow, !sumOverflow else { return nil }
      milliseconds = sum
      unitsLeft = units[(index + 1)...]
    }
    let (nanoseconds, overflow) = milliseconds.multipliedReportingOverflow(by: 1_000_000)
    return overflow ? nil : TimeSpan(nanoseconds: nanoseconds)
  }

  /// Why a text is no length, in Prometheus's words.
  static func complaint(about text: String) -> String {
    let quoted = QuotedText.quoted(text)
    var rest = Substring(text)
    while !rest.isEmpty {
      rest = rest.drop { $0.isNumber }
      let unit = rest.prefix { !$0.isNumber }
      if !units.contains(where: { $0.name == unit }) {
        return "unknown unit \(QuotedText.quoted(String(unit))) in duration \(quoted)"
      }
      rest = rest.dropFirst(unit.count)
    }
    return "not a valid duration string: \(quoted)"
  }

  /// The text of a length: units down to milliseconds, or seconds with decimals where it has
  /// fractions of one.
  public static func text(_ span: TimeSpan) -> String {
    let (milliseconds, fraction) = span.nanoseconds.quotientAndRemainder(dividingBy: 1_000_000)
    guard fraction == 0 else { return Canonical.text(span.seconds) }
    if milliseconds == 0 { return "0s" }
    var text = milliseconds < 0 ? "-" : ""
    var rest = milliseconds.magnitude
    for unit in units {
      let size = UInt64(unit.milliseconds)
      if unit.isExact && rest % size != 0 { continue }
      if rest >= size { text += "\(rest / size)\(unit.name)" }
      rest %= size
    }
    return text
  }
}

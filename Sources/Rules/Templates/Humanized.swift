import Templates

/// Numbers as the `humanize…` functions write them, four significant digits.
///
/// - Source: prometheus/common, helpers/templates/convert.go.
enum Humanized {
  /// With an SI prefix: `1.235k`, `250m`.
  static func decimal(_ value: Double) -> String {
    guard value != 0, value.isFinite else { return plain(value) }
    return value.magnitude >= 1 ? scaledDown(value, by: 1000, large) : scaledUp(value)
  }

  /// With a binary prefix: `1.5ki`.
  static func binary(_ value: Double) -> String {
    guard value.magnitude > 1, value.isFinite else { return plain(value) }
    return scaledDown(
      value, by: 1024, ["ki", "Mi", "Gi", "Ti", "Pi", "Ei", "Zi", "Yi"])
  }

  /// Seconds as `1d 2h 3m 4s`, or with four digits below a minute.
  static func duration(_ value: Double) -> String {
    guard value.isFinite else { return plain(value) }
    guard value != 0 else { return plain(value) + "s" }
    guard value.magnitude >= 1 else { return scaledUp(value) + "s" }
    let sign = value < 0 ? "-" : ""
    guard let whole = Int64(exactly: value.magnitude.rounded(.towardZero)) else {
      return plain(value) + "s"
    }
    let (days, hours, minutes) = (whole / 86_400, whole / 3600 % 24, whole / 60 % 60)
    let seconds = whole % 60
    if days > 0 { return "\(sign)\(days)d \(hours)h \(minutes)m \(seconds)s" }
    if hours > 0 { return "\(sign)\(hours)h \(minutes)m \(seconds)s" }
    if minutes > 0 { return "\(sign)\(minutes)m \(seconds)s" }
    return sign + plain(value.magnitude) + "s"
  }

  private static let large = ["k", "M", "G", "T", "P", "E", "Z", "Y"]

  private static func plain(_ value: Double) -> String {
    GoText.written(value, "g", precision: 4)
  }

  private static func scaledDown(
    _ value: Double, by factor: Double, _ prefixes: [String]
  )
    -> String
  {
    var scaled = value
    var prefix = ""
    for next in prefixes where scaled.magnitude >= factor {
      prefix = next
      scaled /= factor
    }
    return plain(scaled) + prefix
  }

  private static func scaledUp(_ value: Double) -> String {
    var scaled = value
    var prefix = ""
    for next in ["m", "u", "n", "p", "f", "a", "z", "y"] where scaled.magnitude < 1 {
      prefix = next
      scaled *= 1000
    }
    return plain(scaled) + prefix
  }
}

/// Durations as Go writes them: `1h15m30.918s`, `250ms`, `1.5µs`.
///
/// - Source: Go, time.ParseDuration and time.Duration.String.
enum GoDuration {
  /// Nanoseconds, or nil when the bytes are no duration or too long for 64 bits.
  static func nanoseconds(_ text: some Collection<UInt8>) -> Int64? {
    var reader = Reader(Array(text))
    return reader.duration()
  }

  /// The text of a duration with whole units, such as `1m30s` or `1s500ms`; reads back to the same.
  static func text(nanoseconds: Int64) -> String {
    guard nanoseconds != 0 else { return "0s" }
    var rest = nanoseconds.magnitude
    var text = nanoseconds < 0 ? "-" : ""
    for (unit, size) in units {
      let count = rest / size
      rest %= size
      if count > 0 { text += "\(count)\(unit)" }
    }
    return text
  }

  private static let units: [(String, UInt64)] = [
    ("h", 3_600_000_000_000), ("m", 60_000_000_000), ("s", 1_000_000_000), ("ms", 1_000_000),
    ("us", 1000), ("ns", 1),
  ]

  private struct Reader {
    private let bytes: [UInt8]
    private var position = 0

    init(_ bytes: [UInt8]) {
      self.bytes = bytes
    }

    mutating func duration() -> Int64? {
      let isNegative = bytes.first == UInt8(ascii: "-")
      if isNegative || bytes.first == UInt8(ascii: "+") { position = 1 }
      guard position < bytes.count else { return nil }
      if bytes.count == position + 1, bytes[position] == UInt8(ascii: "0") { return 0 }
      var total: UInt64 = 0
      while position < bytes.count {
        guard let part = component() else { return nil }
        let (sum, overflow) = total.addingReportingOverflow(part)
        guard !overflow, sum <= UInt64(Int64.max) else { return nil }
        total = sum
      }
      return isNegative ? -Int64(total) : Int64(total)
    }

    private mutating func component() -> UInt64? {
      let start = position
      var whole: UInt64 = 0
      while let digit = digit() {
        let (product, overflow) = whole.multipliedReportingOverflow(by: 10)
        guard !overflow, product <= UInt64(Int64.max) else { return nil }
        whole = product + digit
      }
      var digits = position - start
      var fraction: UInt64 = 0
      var scale: Double = 1
      if position < bytes.count, bytes[position] == UInt8(ascii: ".") {
        position += 1
        while let digit = digit() {
          digits += 1
          guard fraction <= UInt64(Int64.max) / 10 - 10 else { continue }
          fraction = fraction * 10 + digit
          scale *= 10
        }
      }
      guard digits > 0, let unit = unit() else { return nil }
      let (product, overflow) = whole.multipliedReportingOverflow(by: unit)
      guard !overflow, product <= UInt64(Int64.max) else { return nil }
      return product + UInt64(Double(fraction) * (Double(unit) / scale))
    }

    private mutating func digit() -> UInt64? {
      guard position < bytes.count, case UInt8(ascii: "0")...UInt8(ascii: "9") = bytes[position]
      else { return nil }
      position += 1
      return UInt64(bytes[position - 1] - UInt8(ascii: "0"))
    }

    private mutating func unit() -> UInt64? {
      let start = position
      while position < bytes.count, bytes[position] != UInt8(ascii: "."),
        !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[position])
      {
        position += 1
      }
      switch String(decoding: bytes[start..<position], as: UTF8.self) {
      case "ns": return 1
      case "us", "\u{B5}s", "\u{3BC}s": return 1000
      case "ms": return 1_000_000
      case "s": return 1_000_000_000
      case "m": return 60_000_000_000
      case "h": return 3_600_000_000_000
      default: return nil
      }
    }
  }
}

/// Numbers as Prometheus reads them: decimal, hexadecimal and octal integers, decimals with
/// exponents, underscores between digits, `Inf` and `NaN` in any case.
///
/// - Source: prometheus/promql/parser/parse.go, `number`: Go's `ParseInt` with base 0, else
///   `ParseFloat`.
public enum NumberText {
  /// Why a text is no number.
  public enum Failure: String, Error, Sendable {
    case invalid = "invalid syntax"
    case outOfRange = "value out of range"
  }

  /// The value of a number without sign.
  public static func value(_ text: String) throws(Failure) -> Double {
    let lowered = text.lowercased()
    if lowered == "inf" { return .infinity }
    if lowered == "nan" { return .nan }
    let digits = lowered.filter { $0 != "_" }
    if let integer = integer(digits) { return Double(integer) }
    guard !digits.hasPrefix("0x"), let value = Double(digits) else { throw .invalid }
    guard value.isFinite else { throw .outOfRange }
    return value
  }

  private static func integer(_ digits: String) -> Int64? {
    if digits.hasPrefix("0x") { return Int64(digits.dropFirst(2), radix: 16) }
    if digits.hasPrefix("0"), digits.utf8.count > 1 { return Int64(digits, radix: 8) }
    return digits.utf8.first.map { $0 >= UInt8(ascii: "0") } == true ? Int64(digits) : nil
  }
}

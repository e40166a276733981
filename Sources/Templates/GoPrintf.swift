import Canonical

/// `printf` of templates: Go's `fmt.Sprintf` with the verbs that make sense for alerts.
///
/// - Source: https://pkg.go.dev/fmt
struct GoPrintf {
  /// The widest field and the most digits after the point.
  static let widthLimit = 200

  /// The text.
  private(set) var text = ""
  private var rest: Substring
  private var values: ArraySlice<TemplateValue>

  init(_ arguments: TemplateArguments) throws(TemplateError) {
    rest = Substring(try arguments.text(0))
    values = arguments.values.dropFirst()
    while let percent = rest.firstIndex(of: "%") {
      text += rest[..<percent]
      rest = rest[percent...].dropFirst()
      directive()
    }
    text += rest
    guard values.isEmpty else {
      let extra = values.map { "\($0.typeName)=\($0.printed)" }
      text += "%!(EXTRA \(extra.joined(separator: ", ")))"
      return
    }
  }

  private mutating func directive() {
    let flags = rest.prefix { "+-# 0".contains($0) }
    rest = rest.dropFirst(flags.count)
    let width = digits()
    var precision: Int?
    if rest.hasPrefix(".") {
      rest = rest.dropFirst()
      precision = digits() ?? 0
    }
    guard let verb = rest.popFirst() else {
      text += "%!(NOVERB)"
      return
    }
    if verb == "%" {
      text += "%"
      return
    }
    guard let value = values.popFirst() else {
      text += "%!\(verb)(MISSING)"
      return
    }
    var field = Self.field(value, verb, precision: precision)
    if flags.contains("+"), !field.hasPrefix("-"), Self.isNumber(value) { field = "+" + field }
    if flags.contains(" "), !field.hasPrefix("-"), Self.isNumber(value) { field = " " + field }
    text += Self.padded(field, to: width ?? 0, flags: flags, isNumber: Self.isNumber(value))
  }

  private mutating func digits() -> Int? {
    let digits = rest.prefix { ("0"..."9").contains($0) }
    rest = rest.dropFirst(digits.count)
    return digits.isEmpty ? nil : min(Int(digits) ?? Self.widthLimit, Self.widthLimit)
  }

  private static func isNumber(_ value: TemplateValue) -> Bool {
    switch value {
    case .number, .integer: true
    default: false
    }
  }

  private static func field(
    _ value: TemplateValue, _ verb: Character, precision: Int?
  ) -> String {
    switch (verb, value) {
    case ("v", .number(let number)) where precision == nil: return GoText.shortest(number)
    case ("v", .number(let number)):
      return GoText.written(number, "g", precision: precision ?? 6)
    case ("v", _): return value.printed
    case ("s", .text(let text)): return String(text.prefix(precision ?? text.count))
    case ("s", .labels), ("s", .map), ("s", .time), ("s", .span): return value.printed
    case ("q", .text(let text)): return QuotedText.quoted(text)
    case ("d", .integer(let number)): return "\(number)"
    case ("x", .integer(let number)): return String(number, radix: 16)
    case ("t", .bool(let bool)): return "\(bool)"
    case ("g", .number(let number)) where precision == nil: return GoText.shortest(number)
    case ("e", .number(let number)), ("f", .number(let number)), ("g", .number(let number)):
      return GoText.written(number, verb, precision: precision ?? 6)
    case ("F", .number(let number)):
      return GoText.written(number, "f", precision: precision ?? 6)
    default: return "%!\(verb)(\(value.typeName)=\(value.printed))"
    }
  }

  private static func padded(
    _ field: String, to width: Int, flags: Substring, isNumber: Bool
  ) -> String {
    let missing = width - field.count
    guard missing > 0 else { return field }
    if flags.contains("-") { return field + String(repeating: " ", count: missing) }
    guard flags.contains("0"), isNumber else {
      return String(repeating: " ", count: missing) + field
    }
    let sign = field.prefix { "+- ".contains($0) }
    return sign + String(repeating: "0", count: missing) + field.dropFirst(sign.count)
  }
}

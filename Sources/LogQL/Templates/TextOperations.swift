import Telemetry
import Templates

/// What Loki's template functions do to texts, by Unicode scalars as Go's runes.
enum TextOperations {
  enum Side { case start, end }

  static func titled(_ text: String) -> String {
    var startsWord = true
    return text.map { character in
      defer { startsWord = character.isWhitespace }
      return startsWord ? character.uppercased() : String(character)
    }.joined()
  }

  /// The text with `old` replaced by `new`, from the left; an empty `old` changes nothing.
  static func replaced(_ text: String, _ old: String, by new: String, atMost limit: Int?) -> String
  {
    guard !old.isEmpty else { return text }
    let (text, old, new) = (Array(text.utf8), Array(old.utf8), Array(new.utf8))
    var result: [UInt8] = []
    var position = 0
    var left = limit ?? .max
    while left > 0, let found = index(of: old, in: text, from: position) {
      result += text[position..<found] + new
      position = found + old.count
      left -= 1
    }
    return String(decoding: result + text[position...], as: UTF8.self)
  }

  static func contains(_ text: String, _ part: String) -> Bool {
    index(of: Array(part.utf8), in: Array(text.utf8), from: 0) != nil
  }

  private static func index(of part: [UInt8], in text: [UInt8], from start: Int) -> Int? {
    part.withUnsafeBytes { part in
      text.withUnsafeBytes { text in Bytes.index(of: part, in: text, from: start) }
    }
  }

  /// The text without characters of a set at its ends.
  static func trimmed(_ text: String, of set: String, at sides: [Side]) -> String {
    trimmed(text, at: sides) { set.unicodeScalars.contains($0) }
  }

  /// The text without blanks at its ends.
  static func trimmed(_ text: String) -> String {
    trimmed(text, at: [.start, .end]) { $0.properties.isWhitespace }
  }

  private static func trimmed(
    _ text: String, at sides: [Side], where goes: (Unicode.Scalar) -> Bool
  ) -> String {
    var rest = Substring(text).unicodeScalars
    if sides.contains(.start) { rest = rest.drop(while: goes) }
    if sides.contains(.end) {
      while let last = rest.last, goes(last) { rest.removeLast() }
    }
    return String(rest)
  }

  static func withoutPrefix(_ text: String, _ prefix: String) -> String {
    text.utf8.starts(with: prefix.utf8)
      ? String(decoding: text.utf8.dropFirst(prefix.utf8.count), as: UTF8.self) : text
  }

  static func withoutSuffix(_ text: String, _ suffix: String) -> String {
    text.utf8.reversed().starts(with: suffix.utf8.reversed())
      ? String(decoding: text.utf8.dropLast(suffix.utf8.count), as: UTF8.self) : text
  }

  /// The first `count` characters, or the last when it is negative.
  static func truncated(_ text: String, to count: Int) -> String {
    let scalars = Array(text.unicodeScalars)
    if count < 0, count > -scalars.count { return joined(scalars.suffix(-count)) }
    return count >= 0 && scalars.count > count ? joined(scalars.prefix(count)) : text
  }

  /// The characters from `start` up to `end`; a negative start is 0, a negative end the last.
  static func part(_ text: String, from start: Int, to end: Int) -> String {
    let scalars = Array(text.unicodeScalars)
    let first = max(0, min(start, scalars.count))
    let last = end < 0 ? (start < 0 ? 0 : scalars.count) : min(end, scalars.count)
    return first < last ? joined(scalars[first..<last]) : ""
  }

  /// The text with blanks to `width` characters, or cut to them.
  static func aligned(_ text: String, to width: Int, isLeft: Bool) throws(TemplateError) -> String {
    let scalars = Array(text.unicodeScalars)
    guard width >= 0 else { return text }
    guard scalars.count < width else {
      return joined(isLeft ? scalars.prefix(width) : scalars.suffix(width))
    }
    let blanks = try repeated(" ", width - scalars.count)
    return isLeft ? text + blanks : blanks + text
  }

  static func indented(_ text: String, by width: Int) throws(TemplateError) -> String {
    let blanks = try repeated(" ", max(0, width))
    return replaced(blanks + text, "\n", by: "\n" + blanks, atMost: nil)
  }

  static func repeated(_ text: String, _ count: Int) throws(TemplateError) -> String {
    guard count > 0 else { return "" }
    let (size, overflow) = text.utf8.count.multipliedReportingOverflow(by: count)
    guard !overflow, size <= LineTemplate.limits.outputBytes else {
      throw TemplateError("the text is longer than \(LineTemplate.limits.outputBytes) bytes")
    }
    return String(repeating: text, count: count)
  }

  private static func joined(_ scalars: some Sequence<Unicode.Scalar>) -> String {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars)
    return String(view)
  }
}

import Canonical
import Patterns
import Telemetry

extension Expectation {
  /// Reads one line below an `eval` statement.
  ///
  /// - Throws: `ConformanceError`.
  mutating func add(_ line: String) throws(ConformanceError) {
    if fails, let text = Self.rest(of: line, after: "expected_fail_message") {
      failure = .exact(text)
    } else if fails, let text = Self.rest(of: line, after: "expected_fail_regexp") {
      failure = try Self.pattern(text)
    } else if let text = Self.rest(of: line, after: "expect range vector from") {
      rangeVector = try Self.steps(text)
    } else if let text = Self.rest(of: line, after: "expect string") {
      var cursor = NotationCursor(text)
      value = .string(try cursor.quotedText())
    } else if line == "expect" || line.hasPrefix("expect ") {
      try expect(String(line.dropFirst("expect ".count)))
    } else if let number = Self.number(line) {
      value = .scalar(number)
    } else {
      try addSeries(NotatedSeries(line))
    }
  }

  private mutating func addSeries(_ one: NotatedSeries) throws(ConformanceError) {
    guard case .series(let others) = value else {
      throw .notation("series", message: "a series beside a number or text", offset: 0)
    }
    value = .series(others + [one])
  }

  /// `warn`, `fail msg: …`, `info regex: …` and their like.
  private mutating func expect(_ text: String) throws(ConformanceError) {
    let kind = text.prefix { $0 != " " && $0 != "\t" }
    let condition = try Self.condition(ScriptReader.trimmed(text.dropFirst(kind.count)))
    switch kind {
    case "ordered": isOrdered = true
    case "fail":
      fails = true
      failure = condition
    case "warn": warnings.conditions.append(condition)
    case "no_warn": warnings.mustBeEmpty = true
    case "info": infos.conditions.append(condition)
    case "no_info": infos.mustBeEmpty = true
    default: throw .notation(text, message: "unknown expectation", offset: 0)
    }
  }

  private static func condition(_ text: String) throws(ConformanceError) -> TextCondition {
    if text.isEmpty { return .any }
    if let message = rest(of: text, after: "msg:") { return .exact(message) }
    if let expression = rest(of: text, after: "regex:") { return try pattern(expression) }
    throw .notation(text, message: "expected msg: or regex:", offset: 0)
  }

  private static func pattern(_ text: String) throws(ConformanceError) -> TextCondition {
    do {
      return .pattern(try Pattern(text))
    } catch {
      throw .notation(text, message: error.description, offset: 0)
    }
  }

  private static func steps(_ text: String) throws(ConformanceError) -> RangeVector {
    let words = text.split { $0 == " " || $0 == "\t" }.map(String.init)
    guard words.count == 5, words[1] == "to", words[3] == "step", let from = milliseconds(words[0]),
      let to = milliseconds(words[2]), let step = milliseconds(words[4]), step > 0
    else { throw .notation(text, message: "expected A to B step S", offset: 0) }
    return RangeVector(from: from, to: to, step: step)
  }

  private static func rest(of line: String, after prefix: String) -> String? {
    line.hasPrefix(prefix) ? ScriptReader.trimmed(line.dropFirst(prefix.count)) : nil
  }

  /// A number alone on its line.
  private static func number(_ text: String) -> Double? { Double(text) }

  /// A duration such as `5m`, or `0`.
  static func milliseconds(_ text: String) -> Int64? {
    text == "0" ? 0 : Canonical.span(text).map { $0.nanoseconds / 1_000_000 }
  }
}

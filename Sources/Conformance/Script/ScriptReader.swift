import Canonical
import Telemetry

/// Reads the lines of a script into statements; a line without content ends a statement.
struct ScriptReader {
  private let lines: [String]
  private var index = 0

  init(_ text: String) {
    lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      let content = Self.trimmed(line)
      return content.hasPrefix("#") ? "" : content
    }
  }

  mutating func statements() -> [TestStatement] {
    var statements: [TestStatement] = []
    while index < lines.count {
      guard !lines[index].isEmpty else {
        index += 1
        continue
      }
      let start = index
      do {
        statements.append(try statement())
      } catch {
        statements.append(
          .malformed(line: index + 1, text: lines[start], message: error.description))
        while index < lines.count, !lines[index].isEmpty { index += 1 }
      }
    }
    return statements
  }

  private mutating func statement() throws(ConformanceError) -> TestStatement {
    let line = lines[index]
    let command = line.prefix { $0 != " " && $0 != "\t" }.lowercased()
    if command == "clear" {
      index += 1
      return .clear
    }
    if command == "load" || command == "load_with_nhcb" {
      return .load(try load(isWithCustomHistograms: command == "load_with_nhcb"))
    }
    if command == "eval" || command.hasPrefix("eval_") {
      return .evaluate(try evaluation(mode: command.dropFirst("eval_".count)))
    }
    throw failure("unknown command \(command)")
  }

  private mutating func load(
    isWithCustomHistograms: Bool
  ) throws(ConformanceError) -> LoadStatement {
    let words = Self.words(lines[index], count: 1)
    var statement = LoadStatement(
      step: try milliseconds(words.rest), addsCustomHistograms: isWithCustomHistograms)
    index += 1
    while index < lines.count, !lines[index].isEmpty {
      if Self.isStartTimes(lines[index]) {
        statement.hasStartTimestamps = true
      } else {
        statement.series.append(try NotatedSeries(lines[index]))
      }
      index += 1
    }
    return statement
  }

  private mutating func evaluation(
    mode: Substring
  ) throws(ConformanceError) -> EvaluationStatement {
    var statement = try asked()
    switch mode {
    case "": break
    case "fail": statement.expectation.fails = true
    case "ordered": statement.expectation.isOrdered = true
    case "warn": statement.expectation.warnings.mustExist = true
    case "info": statement.expectation.infos.mustExist = true
    default: throw failure("unknown command eval_\(mode)")
    }
    index += 1
    while index < lines.count, !lines[index].isEmpty {
      do {
        try statement.expectation.add(lines[index])
      } catch {
        throw failure(error.description)
      }
      index += 1
    }
    if case .instant = statement.time, let samples = statement.expectation.rangeVector {
      statement.time = .instant(samples.to)
    }
    return statement
  }

  /// The first line of an `eval`: when and what.
  private func asked() throws(ConformanceError) -> EvaluationStatement {
    let line = lines[index]
    let instant = Self.words(line, count: 4)
    if instant.first.dropFirst().starts(with: ["instant", "at"]), instant.first.count == 4 {
      return EvaluationStatement(
        line: index + 1, query: instant.rest,
        time: .instant(try milliseconds(instant.first[3])))
    }
    let range = Self.words(line, count: 8)
    guard range.first.count == 8, range.first[1] == "range", range.first[2] == "from",
      range.first[4] == "to", range.first[6] == "step"
    else { throw failure("expected 'instant at T' or 'range from A to B step S'") }
    return EvaluationStatement(
      line: index + 1, query: range.rest,
      time: .range(
        from: try milliseconds(range.first[3]), to: try milliseconds(range.first[5]),
        step: try milliseconds(range.first[7])))
  }

  private func milliseconds(_ text: String) throws(ConformanceError) -> Int64 {
    guard let value = Expectation.milliseconds(text) else {
      throw failure("\(text) is no duration")
    }
    return value
  }

  private func failure(_ message: String) -> ConformanceError {
    .statement(line: index + 1, message: message)
  }

  /// Whether a line gives start timestamps, `metric@st …`, which our samples do not have.
  private static func isStartTimes(_ line: String) -> Bool {
    line.prefix { $0 != " " && $0 != "\t" }.hasSuffix("@st")
  }

  /// The first words of a line, and what follows them.
  private static func words(_ line: String, count: Int) -> (first: [String], rest: String) {
    var rest = Substring(line)
    var words: [String] = []
    while words.count < count, !rest.isEmpty {
      let word = rest.prefix { $0 != " " && $0 != "\t" }
      words.append(String(word))
      rest = rest.dropFirst(word.count).drop { $0 == " " || $0 == "\t" }
    }
    return (words, String(rest))
  }

  static func trimmed(_ text: some StringProtocol) -> String {
    let isSpace = { (character: Character) in character.isWhitespace }
    let start = text.drop(while: isSpace)
    let end = start.reversed().prefix(while: isSpace).count
    return String(start.dropLast(end))
  }
}

import Telemetry

/// Finds where the header of a line ends: times, level, process and thread, logger.
///
/// Nothing here knows a program. A header begins with times and words that hold digits or dots; it
/// goes on with what stands around a level: numbers, brackets, a column of its own, a logger before
/// `:` or ` - `. Behind the time of syslog stand a host and a program. What might be text is left.
struct LineHeader {
  /// Where the text begins.
  private(set) var end: Int
  /// The level that the header states.
  private(set) var level = LogLevel.unknown

  private let bytes: UnsafeRawBufferPointer
  private let count: Int

  /// Reads the header of `bytes`, from `start`.
  init(_ bytes: UnsafeRawBufferPointer, from start: Int = 0) {
    self.bytes = bytes
    count = bytes.count
    end = start
    end = afterBlanks(start)
    guard !readsKlog(), !readsPairs() else { return }
    let time = readTimes()
    switch time {
    case .syslog: readProgram()
    case .piped: readFields()
    case .plain, .none:
      let hasLevel = readLevel(hasTime: time == .plain)
      if hasLevel || time == .plain { readLogger(hasLevel: hasLevel) }
    }
  }

  private enum Time { case none, plain, syslog, piped }

  // MARK: Times

  /// Moves behind the last time among the first words.
  private mutating func readTimes() -> Time {
    var found = Time.none
    var index = end
    var hasText = false
    for _ in 0..<7 {
      var start = index
      while start < count, isOpening(bytes[start]) { start += 1 }
      if let time = TimestampShape(bytes, at: start), !hasText || time.isUnixTime {
        var next = time.end
        while next < count, isClosing(bytes[next]) { next += 1 }
        end = next
        found = time.isSyslog ? .syslog : .plain
        if next < count, bytes[next] == UInt8(ascii: "|") { return .piped }
        index = afterBlanks(next)
        continue
      }
      guard let blank = nextBlank(index) else { break }
      let isPlain = isLowercase(index, blank)
      if isPlain, found != .none { break }
      hasText = hasText || isPlain || bytes[blank - 1] == UInt8(ascii: ":")
      index = afterBlanks(blank)
    }
    return found
  }

  /// klog: `E1122 21:20:00.164158    1377 pod_workers.go:1324] `.
  private mutating func readsKlog() -> Bool {
    guard end + 8 < count, bytes[end + 5] == 0x20, bytes[end + 6].isASCIIDigit,
      (1...4).allSatisfy({ bytes[end + $0].isASCIIDigit })
    else { return false }
    switch bytes[end] {
    case UInt8(ascii: "I"): level = .info
    case UInt8(ascii: "W"): level = .warning
    case UInt8(ascii: "E"): level = .error
    case UInt8(ascii: "F"): level = .fatal
    default: return false
    }
    let limit = min(count, end + 128)
    for index in end..<limit where bytes[index] == UInt8(ascii: "]") {
      end = afterBlanks(index + 1)
      break
    }
    return true
  }

  /// `time=… level=… `, the pairs of logfmt that belong to no text.
  private mutating func readsPairs() -> Bool {
    let start = end
    while end < count, bytes[end].isASCIILetter, let sign = equalsSign(from: end) {
      let isLevel = HeaderKey.isLevel(bytes, end, sign)
      guard isLevel || HeaderKey.isOther(bytes, end, sign) else { break }
      let (value, next) = pairValue(from: sign + 1)
      if isLevel { level = LineLevel.word(bytes[value]) }
      end = afterBlanks(next)
    }
    return end > start
  }

  private func equalsSign(from start: Int) -> Int? {
    var index = start
    while index < min(count, start + 12) {
      if bytes[index] == UInt8(ascii: "=") { return index }
      guard bytes[index].isASCIILetter || bytes[index] == UInt8(ascii: "_") else { return nil }
      index += 1
    }
    return nil
  }

  /// The value at `start` without quotes, and where it ends with them.
  private func pairValue(from start: Int) -> (Range<Int>, Int) {
    let isQuoted = start < count && bytes[start] == UInt8(ascii: "\"")
    let first = isQuoted ? start + 1 : start
    var index = first
    while index < count, isQuoted ? bytes[index] != UInt8(ascii: "\"") : bytes[index] > 0x20 {
      index += 1
    }
    return (first..<index, isQuoted ? min(count, index + 1) : index)
  }

  // MARK: Syslog and fields

  /// `host program[pid]: `, behind the time.
  private mutating func readProgram() {
    end = afterBlanks(end)
    if let blank = nextBlank(end), bytes[blank - 1] != UInt8(ascii: ":") {
      end = afterBlanks(blank)
    }
    let limit = min(count, end + 64)
    var index = end
    var words = 1
    while index < limit {
      switch bytes[index] {
      case UInt8(ascii: ":"):
        guard index + 1 == count || bytes[index + 1] == 0x20 else { return }
        end = afterBlanks(index + 1)
        return
      case UInt8(ascii: "["):
        guard let close = closing(index), close < limit else { return }
        index = close
        if close + 1 < count, bytes[close + 1] == 0x20 {
          end = afterBlanks(close + 1)
          return
        }
      case 0x20:
        words += 1
        if words > 3 { return }
      default: break
      }
      index += 1
    }
  }

  /// `|field|field|` behind the time: fields without blanks belong to the header.
  private mutating func readFields() {
    var index = end + 1
    while index < count, bytes[index] != 0x20 {
      if bytes[index] == UInt8(ascii: "|") { end = index }
      index += 1
    }
    end += 1
  }

  // MARK: Level

  /// Moves behind the level, when one stands among the next words.
  private mutating func readLevel(hasTime: Bool) -> Bool {
    var index = afterBlanks(end)
    for word in 0..<6 {
      let start = index < count && isOpening(bytes[index]) ? index + 1 : index
      let isBracketed = start > index
      if hasTime || word == 0, let (level, next) = levelWord(at: start, first: word == 0),
        word == 0 || isBracketed || bytes[start] & 0x20 == 0
      {
        self.level = level
        end = next
        return true
      }
      if hasTime, word > 0, let level = letter(at: index) {
        self.level = level
        end = index + 1
        return true
      }
      guard hasTime, let blank = nextBlank(index),
        !isLowercase(index, blank) || separator(at: afterBlanks(blank)) != nil
      else { return false }
      index = afterBlanks(blank)
    }
    return false
  }

  /// A level's name and the marks behind it; nil for another word.
  private func levelWord(at start: Int, first: Bool) -> (LogLevel, Int)? {
    var index = start
    while index < count, bytes[index].isASCIILetter { index += 1 }
    guard index - start >= 3 else { return nil }
    let level = LineLevel.word(bytes[start..<index])
    guard level != .unknown else { return nil }
    let word = index
    while index < count, isClosing(bytes[index]) || isLevelMark(bytes[index]) { index += 1 }
    guard index == count || bytes[index] == 0x20 || bytes[index] == 0x09 || index > word else {
      return nil
    }
    let isText = index == word && bytes[start..<word].contains { $0 & 0x20 != 0 }
    return isText && first && start == end ? nil : (level, index)
  }

  /// A level of one letter, as the log of a device has it.
  private func letter(at index: Int) -> LogLevel? {
    guard index + 2 < count, bytes[index + 1] == 0x20 else { return nil }
    switch bytes[index] {
    case UInt8(ascii: "V"): return .trace
    case UInt8(ascii: "D"): return .debug
    case UInt8(ascii: "I"): return .info
    case UInt8(ascii: "W"): return .warning
    case UInt8(ascii: "E"): return .error
    case UInt8(ascii: "F"): return .fatal
    default: return nil
    }
  }

  // MARK: Logger

  /// Moves behind process, thread and logger.
  private mutating func readLogger(hasLevel: Bool) {
    if hasLevel, readsColumn() { return }
    for _ in 0..<6 {
      let start = afterBlanks(end)
      guard start < count else { return }
      end = start
      if let next = separator(at: start) ?? number(at: start) {
        end = next
      } else if bytes[start] == UInt8(ascii: "["), let close = closing(start),
        afterBlanks(close + 1) < count
      {
        end = close + 1
        if isCallSite(start, close), let next = separator(at: afterBlanks(end)) {
          end = afterBlanks(next)
          return
        }
      } else if let next = namedLogger(at: start) ?? bracketedLogger(at: start)
        ?? dashedLogger(at: start)
      {
        end = afterBlanks(next)
        return
      } else if let next = dottedLogger(at: start, hasLevel: hasLevel) {
        end = next
      } else {
        return
      }
    }
    end = afterBlanks(end)
  }

  /// A word in a column of its own behind the level: `Info     CBS    text`.
  private mutating func readsColumn() -> Bool {
    let start = afterBlanks(end)
    guard start - end >= 2, let blank = nextBlank(start), afterBlanks(blank) - blank >= 2,
      bytes[start].isASCIILetter, bytes[blank - 1] != UInt8(ascii: ":")
    else { return false }
    end = afterBlanks(blank)
    return end < count
  }

  /// `-`, `---`, `*`, `:`, `|` alone.
  private func separator(at start: Int) -> Int? {
    var index = start
    while index < count, bytes[index] == UInt8(ascii: "-") { index += 1 }
    if index == start, index < count,
      bytes[index] == 0x2A || bytes[index] == 0x3A || bytes[index] == 0x7C
    {
      index += 1
    }
    return index > start && index < count && bytes[index] == 0x20 ? index : nil
  }

  /// `1377`, `31#31:`.
  private func number(at start: Int) -> Int? {
    var index = start
    while index < count, bytes[index].isASCIIDigit || bytes[index] == UInt8(ascii: "#") {
      index += 1
    }
    guard index > start, bytes[start] != UInt8(ascii: "#") else { return nil }
    if index < count, bytes[index] == UInt8(ascii: ":") { index += 1 }
    return index < count && bytes[index] == 0x20 ? index : nil
  }

  /// `com.acme.Server: `, `Server    : `; not the name of an error.
  private func namedLogger(at start: Int) -> Int? {
    guard start < count, bytes[start].isASCIILetter || bytes[start] == UInt8(ascii: "_") else {
      return nil
    }
    var index = nameEnd(start)
    if index < count, bytes[index] == UInt8(ascii: "["), let close = closing(index) {
      index = close + 1
    }
    let name = index
    index = afterBlanks(index)
    guard index + 1 < count, bytes[index] == UInt8(ascii: ":"), bytes[index + 1] == 0x20,
      !isWord(start, name), !ErrorName.matches(bytes, start, name)
    else { return nil }
    return index + 1
  }

  /// `o.a.c.C.[.[/].[dispatcher]   : `: a name with brackets in a column before a colon.
  private func bracketedLogger(at start: Int) -> Int? {
    guard bytes[start].isASCIILetter, let blank = nextBlank(start),
      bytes[start..<blank].contains(UInt8(ascii: "."))
    else { return nil }
    let colon = afterBlanks(blank)
    guard colon + 1 < count, bytes[colon] == UInt8(ascii: ":"), bytes[colon + 1] == 0x20 else {
      return nil
    }
    return colon + 1
  }

  /// Whether a name is an ordinary word, so that the colon behind it may be part of the text.
  private func isWord(_ start: Int, _ end: Int) -> Bool {
    bytes[start..<end].allSatisfy { $0 &- 0x61 < 26 }
  }

  /// `server - `, `server.exe *64 - `: what stands before a dash.
  private func dashedLogger(at start: Int) -> Int? {
    let name = nameEnd(start)
    guard name > start, name < count, bytes[name] == 0x20 else { return nil }
    var index = name
    if name + 1 < count, !bytes[name + 1].isASCIILetterOrDigit,
      bytes[name + 1] != UInt8(ascii: "-"),
      let blank = nextBlank(name + 1)
    {
      index = blank
    }
    guard index + 2 < count, bytes[index + 1] == UInt8(ascii: "-"), bytes[index + 2] == 0x20 else {
      return nil
    }
    return index + 2
  }

  /// `nova.api.wsgi [`, `nova.api.wsgi - `, and behind a level any dotted name.
  private func dottedLogger(at start: Int, hasLevel: Bool) -> Int? {
    let name = nameEnd(start)
    guard name > start, name < count, bytes[name] == 0x20, bytes[start].isASCIILetter,
      bytes[start..<name].dropFirst().dropLast().contains(UInt8(ascii: ".")),
      !ErrorName.matches(bytes, start, name)
    else { return nil }
    let next = afterBlanks(name)
    guard next < count else { return nil }
    return hasLevel && bytes[next] == UInt8(ascii: "[") || separator(at: next) != nil
      || isLoggerName(start, name) && hasLevel ? name : nil
  }

  /// Two dots at least, as in a qualified name, and nothing but letters around them.
  private func isLoggerName(_ start: Int, _ end: Int) -> Bool {
    bytes[start..<end].count { $0 == UInt8(ascii: ".") } > 1
  }

  private func nameEnd(_ start: Int) -> Int {
    var index = start
    while index < count {
      let byte = bytes[index]
      guard
        byte.isASCIILetterOrDigit || byte == 0x5F || byte == 0x2E || byte == 0x24 || byte == 0x2D
          || byte == 0x2F || byte == 0x40
      else { break }
      index += 1
    }
    return index
  }

  /// Whether brackets end in `:774` or `@774`: the place in the source that wrote the line.
  private func isCallSite(_ open: Int, _ close: Int) -> Bool {
    var index = close - 1
    while index > open, bytes[index].isASCIIDigit { index -= 1 }
    return index < close - 1
      && (bytes[index] == UInt8(ascii: ":") || bytes[index] == UInt8(ascii: "@"))
  }

  // MARK: Bytes

  /// The bracket that closes the one at `open`, within 256 bytes.
  private func closing(_ open: Int) -> Int? {
    var depth = 0
    for index in open..<min(count, open + 256) {
      if bytes[index] == UInt8(ascii: "[") { depth += 1 }
      if bytes[index] == UInt8(ascii: "]") {
        depth -= 1
        if depth == 0 { return index }
      }
    }
    return nil
  }

  private func nextBlank(_ start: Int) -> Int? {
    var index = start
    while index < count, bytes[index] != 0x20, bytes[index] != 0x09 { index += 1 }
    return index < count && index > start ? index : nil
  }

  private func afterBlanks(_ start: Int) -> Int {
    var index = start
    while index < count, bytes[index] == 0x20 || bytes[index] == 0x09 { index += 1 }
    return index
  }

  /// Whether a word is one of a sentence: lower-case letters alone, perhaps with a mark at its end.
  private func isLowercase(_ start: Int, _ end: Int) -> Bool {
    var index = start
    while index < end, bytes[index] &- 0x61 < 26 { index += 1 }
    return index > start && index + 1 >= end && (index == end || !bytes[index].isASCIILetterOrDigit)
  }

  private func isOpening(_ byte: UInt8) -> Bool { byte == 0x5B || byte == 0x28 || byte == 0x3C }
  private func isClosing(_ byte: UInt8) -> Bool { byte == 0x5D || byte == 0x29 || byte == 0x3E }
  private func isLevelMark(_ byte: UInt8) -> Bool { byte == 0x3A || byte == 0x7C || byte == 0x2C }
}

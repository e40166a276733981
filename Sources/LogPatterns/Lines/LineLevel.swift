import Telemetry

/// Finds the severity of a log line.
///
/// In this order: what the application attached (`level`, `severity` in the structured metadata or
/// the stream's labels), what the line says itself, what the log store guessed
/// (`detected_level`). A guess comes last because it looks for words anywhere: a warning that
/// quotes an error is none. Lines are read as bytes.
///
/// - Source: the shapes that Loki's distributor knows, and klog, log4j, logback, Python, Go, pino,
///   nginx, PostgreSQL, and the common log format, where a 5xx status is an error.
public enum LineLevel {
  /// The level of a line; `stream` is that of its stream's labels.
  public static func level(
    of line: UnsafeRawBufferPointer, metadata: UnsafeRawBufferPointer, stream: LogLevel
  ) -> LogLevel {
    for key in attachedKeys where !metadata.isEmpty {
      let level = member(key, of: metadata)
      if level != .unknown { return level }
    }
    let stated = level(of: line)
    if stated != .unknown { return stated }
    let guess = member("detected_level", of: metadata)
    return guess == .unknown ? stream : guess
  }

  /// The level that a stream's labels state for all of its lines.
  public static func level(ofStream labels: LabelSet) -> LogLevel {
    for name in ["level", "severity", "detected_level"] {
      guard let value = labels[name] else { continue }
      var copy = value
      let level = copy.withUTF8 { word(UnsafeRawBufferPointer($0)[...]) }
      if level != .unknown { return level }
    }
    return .unknown
  }

  /// The level that a line states itself, or `unknown`.
  public static func level(of line: UnsafeRawBufferPointer) -> LogLevel {
    guard let first = line.first(where: { $0 > 0x20 }) else { return .unknown }
    if first == UInt8(ascii: "{") { return levelOfJSON(line) }
    if let level = levelOfKlog(line) { return level }
    let logfmt = levelOfLogfmt(line)
    if logfmt != .unknown { return logfmt }
    let prefix = levelOfPrefix(line)
    return prefix == .unknown ? levelOfAccess(line) : prefix
  }

  /// `word` in any case as a level; `unknown` for other words.
  static func word(_ word: Slice<UnsafeRawBufferPointer>) -> LogLevel {
    guard (1...9).contains(word.count) else { return .unknown }
    var packed: UInt64 = 0
    for byte in word.prefix(8) {
      packed = packed << 8 | UInt64(byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte)
    }
    if word.count == 9 { return .unknown }
    return levels[packed] ?? .unknown
  }

  private static let attachedKeys: [StaticString] = ["level", "severity", "severity_text"]
  private static let logfmtKeys: [StaticString] = ["level", "lvl", "severity"]
  private static let documentKeys: [StaticString] = [
    "level", "severity", "lvl", "log.level", "levelname", "@level",
  ]

  private static let levels: [UInt64: LogLevel] = {
    let names: [(LogLevel, [String])] = [
      (.trace, ["trace", "trc", "finest"]), (.debug, ["debug", "dbg", "fine", "finer"]),
      (.info, ["info", "inf", "notice", "log", "informat"]),
      (.warning, ["warn", "warning", "wrn"]), (.error, ["error", "err", "severe", "eror"]),
      (.fatal, ["fatal", "critical", "crit", "panic", "emerg", "alert", "ftl"]),
    ]
    var table: [UInt64: LogLevel] = [:]
    for (level, words) in names {
      for word in words { table[word.utf8.reduce(0) { $0 << 8 | UInt64($1) }] = level }
    }
    return table
  }()
}

// MARK: Shapes of lines

extension LineLevel {
  /// The value of a string member of a flat object as a level.
  private static func member(_ key: StaticString, of object: UnsafeRawBufferPointer) -> LogLevel {
    guard !object.isEmpty, let value = memberStart(key, in: object, limit: object.count) else {
      return .unknown
    }
    return quotedWord(object, from: value)
  }

  private static func levelOfJSON(_ line: UnsafeRawBufferPointer) -> LogLevel {
    for key in documentKeys {
      guard let value = memberStart(key, in: line, limit: min(line.count, 2048)) else { continue }
      let level = quotedWord(line, from: value)
      return level == .unknown ? pinoLevel(line, from: value) : level
    }
    return .unknown
  }

  /// Where the value of `"key":` begins, or nil.
  private static func memberStart(
    _ key: StaticString, in object: UnsafeRawBufferPointer, limit: Int
  ) -> Int? {
    let count = key.utf8CodeUnitCount
    var index = 0
    while index + count + 3 <= limit {
      if object[index] == UInt8(ascii: "\""), object[index + count + 1] == UInt8(ascii: "\""),
        matches(key, object, at: index + 1)
      {
        var value = index + count + 2
        while value < limit, object[value] == UInt8(ascii: " ") { value += 1 }
        guard value < limit, object[value] == UInt8(ascii: ":") else {
          index += 1
          continue
        }
        value += 1
        while value < limit, object[value] == UInt8(ascii: " ") { value += 1 }
        return value < limit ? value : nil
      }
      index += 1
    }
    return nil
  }

  private static func matches(
    _ text: StaticString, _ bytes: UnsafeRawBufferPointer, at start: Int
  ) -> Bool {
    let count = text.utf8CodeUnitCount
    guard start + count <= bytes.count else { return false }
    for offset in 0..<count where bytes[start + offset] != text.utf8Start[offset] { return false }
    return true
  }

  private static func quotedWord(_ bytes: UnsafeRawBufferPointer, from start: Int) -> LogLevel {
    guard bytes[start] == UInt8(ascii: "\"") else { return .unknown }
    return word(letters(bytes, from: start + 1))
  }

  private static func letters(
    _ bytes: UnsafeRawBufferPointer, from start: Int
  )
    -> Slice<UnsafeRawBufferPointer>
  {
    var end = start
    while end < bytes.count, isLetter(bytes[end]) { end += 1 }
    return bytes[start..<end]
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (0x61...0x7A).contains(byte | 0x20)
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

  /// pino and bunyan: 10 trace, 20 debug, 30 info, 40 warn, 50 error, 60 fatal.
  private static func pinoLevel(_ bytes: UnsafeRawBufferPointer, from start: Int) -> LogLevel {
    guard start + 2 < bytes.count, bytes[start + 1] == UInt8(ascii: "0"),
      !isDigit(bytes[start + 2])
    else { return .unknown }
    switch bytes[start] {
    case UInt8(ascii: "1"): return .trace
    case UInt8(ascii: "2"): return .debug
    case UInt8(ascii: "3"): return .info
    case UInt8(ascii: "4"): return .warning
    case UInt8(ascii: "5"): return .error
    case UInt8(ascii: "6"): return .fatal
    default: return .unknown
    }
  }

  /// klog: `E1122 19:50:13.681529 …`.
  private static func levelOfKlog(_ line: UnsafeRawBufferPointer) -> LogLevel? {
    guard line.count > 8, line[5] == UInt8(ascii: " "), (1...4).allSatisfy({ isDigit(line[$0]) }),
      isDigit(line[6])
    else { return nil }
    switch line[0] {
    case UInt8(ascii: "I"): return .info
    case UInt8(ascii: "W"): return .warning
    case UInt8(ascii: "E"): return .error
    case UInt8(ascii: "F"): return .fatal
    default: return nil
    }
  }

  /// `… level=error …`, in the first 512 bytes.
  private static func levelOfLogfmt(_ line: UnsafeRawBufferPointer) -> LogLevel {
    let head = UnsafeRawBufferPointer(rebasing: line.prefix(512))
    var next = -1
    while true {
      next = ByteSearch.index(of: UInt8(ascii: "="), in: head, from: next + 1)
      let index = next
      guard index < head.count else { break }
      for key in logfmtKeys {
        let start = index - key.utf8CodeUnitCount
        guard start >= 0, matches(key, line, at: start),
          start == 0 || line[start - 1] == UInt8(ascii: " "), index + 1 < line.count
        else { continue }
        let isQuoted = line[index + 1] == UInt8(ascii: "\"")
        return word(letters(line, from: index + (isQuoted ? 2 : 1)))
      }
    }
    return .unknown
  }

  /// A level's name near the beginning: `ERROR`, `[error]`, `error:`, `Error:`; a traceback or a
  /// panic; the kernel's kill for memory.
  private static func levelOfPrefix(_ line: UnsafeRawBufferPointer) -> LogLevel {
    if matches("Traceback (most", line, at: 0) || matches("Exception in thread", line, at: 0) {
      return .error
    }
    if matches("panic: ", line, at: 0) { return .fatal }
    let limit = min(line.count, 96)
    var index = 0
    while index < limit {
      guard isLetter(line[index]) else {
        if matches("ut of memory: Kill", line, at: index + 2) { return .error }
        index += 1
        continue
      }
      let word = letters(line, from: index)
      if isMarked(word, in: line) {
        let level = Self.word(word)
        if level != .unknown { return level }
      }
      index = word.endIndex
    }
    return .unknown
  }

  /// Whether a word stands like a level does: all capitals, in brackets, or before a colon.
  private static func isMarked(
    _ word: Slice<UnsafeRawBufferPointer>, in line: UnsafeRawBufferPointer
  ) -> Bool {
    let before = word.startIndex > 0 ? line[word.startIndex - 1] : UInt8(ascii: " ")
    let after = word.endIndex < line.count ? line[word.endIndex] : UInt8(ascii: " ")
    if before == UInt8(ascii: "["), after == UInt8(ascii: "]") { return true }
    guard isOpening(before) else { return false }
    if after == UInt8(ascii: ":") { return true }
    return isClosing(after) && word.allSatisfy { $0 & 0x20 == 0 }
  }

  private static func isOpening(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "["), UInt8(ascii: "|"),
      UInt8(ascii: "<"), UInt8(ascii: "("):
      true
    default: false
    }
  }

  private static func isClosing(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "]"), UInt8(ascii: "|"),
      UInt8(ascii: ">"), UInt8(ascii: ")"), UInt8(ascii: ","):
      true
    default: false
    }
  }

  /// The common log format: `"GET / HTTP/1.1" 503 …`.
  private static func levelOfAccess(_ line: UnsafeRawBufferPointer) -> LogLevel {
    let limit = min(line.count, 2048)
    var index = 0
    let head = UnsafeRawBufferPointer(rebasing: line.prefix(limit))
    while index + 8 < limit {
      index = ByteSearch.index(of: UInt8(ascii: "H"), in: head, from: index)
      guard index + 8 < limit else { break }
      guard matches("HTTP/", line, at: index) else {
        index += 1
        continue
      }
      var quote = index + 5
      while quote < limit, line[quote] != UInt8(ascii: "\""), quote < index + 10 { quote += 1 }
      guard quote + 4 < line.count, line[quote] == UInt8(ascii: "\""),
        line[quote + 1] == UInt8(ascii: " "),
        (2...4).allSatisfy({ isDigit(line[quote + $0]) })
      else { return .unknown }
      return line[quote + 2] == UInt8(ascii: "5") ? .error : .info
    }
    return .unknown
  }
}

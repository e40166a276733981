/// Takes the text for people out of a JSON log line.
enum JSONText {
  /// Keys of the text itself, most telling first.
  private static let messages: [StaticString] = [
    "msg", "message", "MESSAGE", "@message", "event", "log", "text", "body", "short_message",
  ]
  /// Keys of what went wrong, which follow the text.
  private static let errors: [StaticString] = [
    "error", "err", "exception", "reason", "cause", "exc_info", "stack_trace", "stack", "detail",
  ]

  /// Puts the message, and what went wrong, into `output`; false when the object has no text.
  ///
  /// Only strings among the object's own members count, and an error's own `message`. Escapes are
  /// resolved.
  static func extract(from line: UnsafeRawBufferPointer, into output: inout [UInt8]) -> Bool {
    var members = MemberScanner(line)
    var message: (rank: Int, range: Range<Int>)?
    var error: (rank: Int, range: Range<Int>)?
    while let member = members.next() {
      guard isLikely(member.key, line) else { continue }
      if let rank = rank(member.key, in: messages, line), rank < message?.rank ?? .max {
        message = (rank, member.value)
      } else if let rank = rank(member.key, in: errors, line), rank < error?.rank ?? .max {
        error = (rank, member.value)
      }
    }
    output.removeAll(keepingCapacity: true)
    if let message { appendText(line, message.range, to: &output) }
    if let error {
      if !output.isEmpty { output.append(contentsOf: " error=".utf8) }
      appendText(line, error.range, to: &output)
    }
    return !output.isEmpty
  }

  /// Whether a key's first letter is that of a name below; most keys end here.
  private static func isLikely(_ key: Range<Int>, _ line: UnsafeRawBufferPointer) -> Bool {
    guard (3...13).contains(key.count) else { return false }
    switch line[key.lowerBound] {
    case UInt8(ascii: "m"), UInt8(ascii: "M"), UInt8(ascii: "@"), UInt8(ascii: "e"),
      UInt8(ascii: "l"), UInt8(ascii: "t"), UInt8(ascii: "b"), UInt8(ascii: "s"),
      UInt8(ascii: "r"), UInt8(ascii: "c"), UInt8(ascii: "d"):
      return true
    default: return false
    }
  }

  private static func rank(
    _ key: Range<Int>, in names: [StaticString], _ line: UnsafeRawBufferPointer
  ) -> Int? {
    names.firstIndex { name in
      name.utf8CodeUnitCount == key.count
        && (0..<key.count).allSatisfy { name.utf8Start[$0] == line[key.lowerBound + $0] }
    }
  }

  /// Appends the text of a string with its escapes resolved; `\uXXXX` as it stands.
  private static func appendText(
    _ line: UnsafeRawBufferPointer, _ range: Range<Int>, to output: inout [UInt8]
  ) {
    var index = range.lowerBound
    let escape = ByteSearch.index(of: UInt8(ascii: "\\"), in: line, from: index)
    if escape > index {
      index = min(escape, range.upperBound)
      output.append(contentsOf: line[range.lowerBound..<index])
    }
    while index < range.upperBound {
      let byte = line[index]
      guard byte == UInt8(ascii: "\\"), index + 1 < range.upperBound else {
        output.append(byte)
        index += 1
        continue
      }
      switch line[index + 1] {
      case UInt8(ascii: "n"): output.append(10)
      case UInt8(ascii: "t"): output.append(9)
      case UInt8(ascii: "r"): output.append(0x20)
      case UInt8(ascii: "u"): output.append(contentsOf: [byte, UInt8(ascii: "u")])
      default: output.append(line[index + 1])
      }
      index += 2
    }
  }

  /// Finds the members of the outermost object whose values are strings.
  private struct MemberScanner {
    private let line: UnsafeRawBufferPointer
    private var index = 0
    private var depth = 0

    init(_ line: UnsafeRawBufferPointer) {
      self.line = line
    }

    mutating func next() -> (key: Range<Int>, value: Range<Int>)? {
      while index < line.count {
        switch line[index] {
        case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
        case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
        case UInt8(ascii: "\""):
          let text = string()
          guard depth == 1, let value = valueStart() else { continue }
          index = value
          guard line[index] == UInt8(ascii: "\"") else { continue }
          return (text, string())
        default: break
        }
        index += 1
      }
      return nil
    }

    /// The inside of the string at `index`, which moves behind it.
    private mutating func string() -> Range<Int> {
      let start = index + 1
      var end = start
      while true {
        end = ByteSearch.index(of: UInt8(ascii: "\""), or: UInt8(ascii: "\\"), in: line, from: end)
        guard end < line.count, line[end] == UInt8(ascii: "\\") else { break }
        end += 2
      }
      end = min(end, line.count)
      index = end + 1
      return start..<end
    }

    /// Where the value behind a colon begins; nil when the string was no key.
    private func valueStart() -> Int? {
      var index = index
      while index < line.count, line[index] == 0x20 { index += 1 }
      guard index < line.count, line[index] == UInt8(ascii: ":") else { return nil }
      index += 1
      while index < line.count, line[index] == 0x20 { index += 1 }
      return index < line.count ? index : nil
    }
  }
}

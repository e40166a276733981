/// Takes control sequences out of lines, as terminals understand them.
///
/// - Source: ECMA-48, 5.4 (control sequences), 8.3.89 (OSC).
enum AnsiColours {
  /// Whether a line may hold a control sequence.
  static func mayStand(in line: UnsafeRawBufferPointer) -> Bool {
    line.contains(escape)
      || [0xC2, 0x9B].withUnsafeBytes { Bytes.index(of: $0, in: line) } != nil
  }

  /// Adds the line without its sequences to an arena.
  static func strip(_ line: UnsafeRawBufferPointer, into arena: ByteArena) -> ByteSpan {
    let start = arena.count
    var run = 0
    var index = 0
    while index < line.count {
      guard let end = sequenceEnd(line, from: index) else {
        index += 1
        continue
      }
      arena.append(UnsafeRawBufferPointer(rebasing: line[run..<index]))
      index = end
      run = end
    }
    arena.append(UnsafeRawBufferPointer(rebasing: line[run...]))
    return arena.span(from: start)
  }

  private static let escape: UInt8 = 0x1B

  /// Where the sequence that begins at `index` ends; nil when none does.
  private static func sequenceEnd(_ line: UnsafeRawBufferPointer, from index: Int) -> Int? {
    guard index + 1 < line.count else { return nil }
    if line[index] == 0xC2, line[index + 1] == 0x9B { return controlEnd(line, from: index + 2) }
    guard line[index] == escape else { return nil }
    switch line[index + 1] {
    case UInt8(ascii: "["): return controlEnd(line, from: index + 2)
    case UInt8(ascii: "]"): return commandEnd(line, from: index + 2)
    case UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "#"):
      return index + 2 < line.count ? index + 3 : nil
    case 0x30...0x7E: return index + 2
    default: return nil
    }
  }

  /// The end of parameters, intermediate bytes and a final byte.
  private static func controlEnd(_ line: UnsafeRawBufferPointer, from start: Int) -> Int? {
    var index = start
    while index < line.count, (0x20...0x3F).contains(line[index]) { index += 1 }
    return index < line.count && (0x40...0x7E).contains(line[index]) ? index + 1 : nil
  }

  /// The end of an operating system command: BEL, or ESC and a backslash.
  private static func commandEnd(_ line: UnsafeRawBufferPointer, from start: Int) -> Int? {
    var index = start
    while index < line.count, line[index] >= 0x20 { index += 1 }
    guard index < line.count else { return nil }
    if line[index] == 0x07 { return index + 1 }
    return line[index] == escape && index + 1 < line.count
      && line[index + 1] == UInt8(ascii: "\\") ? index + 2 : nil
  }
}

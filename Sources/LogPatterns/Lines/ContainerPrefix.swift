/// What the container runtime writes before each line: `<time> stdout F `.
enum ContainerPrefix {
  /// A program's own line, and whether the runtime has cut it.
  struct Text {
    let line: UnsafeRawBufferPointer
    let isPartial: Bool
  }

  /// The line without the prefix; the whole line when it has none.
  static func text(of line: UnsafeRawBufferPointer) -> Text {
    guard line.count > 30, line[4] == UInt8(ascii: "-"), line[10] == UInt8(ascii: "T"),
      line[0] == UInt8(ascii: "2"), let blank = line[..<min(40, line.count)].firstIndex(of: 0x20)
    else { return Text(line: line, isPartial: false) }
    let tag = blank + 8
    guard tag + 1 < line.count, line[tag + 1] == 0x20,
      TraceLine.begins(line, blank + 1, "stdout ") || TraceLine.begins(line, blank + 1, "stderr "),
      line[tag] == UInt8(ascii: "F") || line[tag] == UInt8(ascii: "P"),
      TimestampShape(line, at: 0)?.end == blank
    else { return Text(line: line, isPartial: false) }
    return Text(
      line: UnsafeRawBufferPointer(rebasing: line[(tag + 2)...]),
      isPartial: line[tag] == UInt8(ascii: "P"))
  }
}

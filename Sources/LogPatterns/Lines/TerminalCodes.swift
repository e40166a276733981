/// Colours and other commands to a terminal.
enum TerminalCodes {
  /// Copies `line` without `ESC [ … letter` and other control sequences.
  static func remove(from line: UnsafeRawBufferPointer, into output: inout [UInt8]) {
    output.removeAll(keepingCapacity: true)
    var index = 0
    while index < line.count {
      guard line[index] == 0x1B else {
        output.append(line[index])
        index += 1
        continue
      }
      index += 1
      guard index < line.count, line[index] == UInt8(ascii: "[") else { continue }
      index += 1
      while index < line.count, !(0x40...0x7E).contains(line[index]) { index += 1 }
      index += 1
    }
  }
}

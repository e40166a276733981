/// Reduces a trace of several lines to what tells it apart: the first line, the error and its
/// message, and the first frames.
enum TraceText {
  /// Frames that stay.
  static let frames = 3

  /// Puts the reduced text of `text[start...]` into `output`; its first line ends at `firstEnd`.
  static func extract(
    from text: UnsafeRawBufferPointer, start: Int, firstEnd: Int, into output: inout [UInt8]
  ) {
    output.removeAll(keepingCapacity: true)
    output.append(contentsOf: text[min(start, firstEnd)..<firstEnd])
    var frames = 0
    var others = 0
    var index = firstEnd + 1
    while index < text.count, frames < Self.frames {
      let end = text[index...].firstIndex(of: 10) ?? text.count
      let line = UnsafeRawBufferPointer(rebasing: text[index..<end])
      index = end + 1
      if TraceLine.isFrame(line) {
        frames += 1
      } else if line.isEmpty || others > 2 {
        continue
      } else {
        others += 1
      }
      output.append(0x20)
      output.append(contentsOf: line)
    }
  }
}

/// What a line is to a trace.
enum TraceLine {
  /// Whether a line is a frame: `\tat a.b(C.java:1)`, `  File "x.py", line 1`, `\t/x/y.go:1 +0x1`.
  static func isFrame(_ line: UnsafeRawBufferPointer) -> Bool {
    guard let first = line.first, first == 0x20 || first == 0x09 else { return false }
    guard let start = line.firstIndex(where: { $0 > 0x20 }) else { return false }
    return begins(line, start, "at ") || begins(line, start, "File \"")
      || first == 0x09 && line[start] == UInt8(ascii: "/")
  }

  /// Whether a line without indentation belongs to Go's list of goroutines.
  static func isGoFrame(_ line: UnsafeRawBufferPointer) -> Bool {
    if begins(line, 0, "goroutine ") || begins(line, 0, "created by ")
      || begins(line, 0, "exit status ") || begins(line, 0, "[signal ")
    {
      return true
    }
    guard line.last == UInt8(ascii: ")") || begins(line, line.count - 5, "(...)") else {
      return false
    }
    let call = line.prefix { $0 != UInt8(ascii: "(") }
    return call.contains(UInt8(ascii: ".")) && !call.contains(0x20)
  }

  /// Whether `line` has `text` at `start`.
  static func begins(
    _ line: UnsafeRawBufferPointer, _ start: Int, _ text: StaticString
  ) -> Bool {
    let count = text.utf8CodeUnitCount
    guard start + count <= line.count else { return false }
    return (0..<count).allSatisfy { text.utf8Start[$0] == line[start + $0] }
  }
}

/// Reduces a trace of several lines to what tells it apart: its first line, the errors with their
/// messages, and the frames nearest to the error.
enum TraceText {
  /// Frames that stay.
  static let frames = 3
  /// Lines of errors that stay: the first ones and the last, which is the root cause.
  static let messages = 4

  /// Puts the reduced text of `text[start...]` into `output`; its first line ends at `firstEnd`.
  static func extract(
    from text: UnsafeRawBufferPointer, start: Int, firstEnd: Int, into output: inout [UInt8]
  ) {
    var lines = TraceLines()
    var index = firstEnd + 1
    while index < text.count {
      let end = ByteSearch.index(of: 10, in: text, from: index)
      if end > index { lines.add(index..<end, text) }
      index = end + 1
    }
    output.removeAll(keepingCapacity: true)
    output.append(contentsOf: text[min(start, firstEnd)..<firstEnd])
    for range in lines.telling {
      output.append(0x20)
      output.append(contentsOf: text[range])
    }
  }
}

/// The lines of a trace behind its first one, by what they are.
private struct TraceLines {
  private var messages: [Range<Int>] = []
  private var frames: [Range<Int>] = []
  private var others: [Range<Int>] = []
  /// Whether the frame nearest to the error is the last one, as in Python.
  private var isNearestLast = false

  mutating func add(_ range: Range<Int>, _ text: UnsafeRawBufferPointer) {
    let line = UnsafeRawBufferPointer(rebasing: text[range])
    if TraceLine.isFrame(line) || TraceLine.isGoCall(line) {
      if TraceLine.isPythonFrame(line) { isNearestLast = true }
      if isNearestLast, frames.count == TraceText.frames { frames.removeFirst() }
      if frames.count < TraceText.frames { frames.append(range) }
    } else if line[0] == 0x20 || line[0] == 0x09 {
      if others.count < TraceText.frames { others.append(range) }
    } else {
      if messages.count == TraceText.messages { messages.removeLast() }
      messages.append(range)
    }
  }

  /// Messages, then frames; the lines of what is no trace.
  var telling: [Range<Int>] { messages + (frames.isEmpty ? others : frames) }
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

  /// Whether a frame is one of Python's.
  static func isPythonFrame(_ line: UnsafeRawBufferPointer) -> Bool {
    line.firstIndex { $0 > 0x20 }.map { begins(line, $0, "File \"") } ?? false
  }

  /// Whether a line without indentation belongs to Go's list of goroutines.
  static func isGoFrame(_ line: UnsafeRawBufferPointer) -> Bool {
    begins(line, 0, "goroutine ") || begins(line, 0, "created by ")
      || begins(line, 0, "exit status ") || begins(line, 0, "[signal ") || isGoCall(line)
  }

  /// Whether a line is a call in Go's list: `main.run(0x1, 0x2)`.
  static func isGoCall(_ line: UnsafeRawBufferPointer) -> Bool {
    guard line.last == UInt8(ascii: ")"), let open = line.firstIndex(of: UInt8(ascii: "(")) else {
      return false
    }
    let call = line[..<open]
    return call.contains(UInt8(ascii: ".")) && !call.contains { $0 <= 0x20 }
  }

  /// Whether `line` has `text` at `start`.
  static func begins(
    _ line: UnsafeRawBufferPointer, _ start: Int, _ text: StaticString
  ) -> Bool {
    let count = text.utf8CodeUnitCount
    guard start >= 0, start + count <= line.count else { return false }
    return (0..<count).allSatisfy { text.utf8Start[$0] == line[start + $0] }
  }
}

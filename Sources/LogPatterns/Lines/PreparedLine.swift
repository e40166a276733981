import Telemetry

/// A line whose header was recognised.
struct PreparedLine {
  /// The bytes that hold the text; valid until the next line is prepared.
  let bytes: UnsafeRawBufferPointer
  /// Where the text begins in `bytes`.
  let start: Int
  /// Where it ends.
  let end: Int
  /// The level that the line states itself.
  let level: LogLevel
}

/// Takes header, colours and wrapping off lines, so that the text is left.
///
/// Knows the container runtime's prefix, klog, JSON objects, syslog, journald's JSON, and headers
/// of times, levels, threads and loggers (`LineHeader`). Of a trace of several lines stay the first
/// line, the error and its first frames. Owns a buffer that is used again for every line.
final class LinePreparation {
  private var scratch: [UInt8] = []
  private var plain: [UInt8] = []

  /// Gives `body` the prepared line; the buffers are valid during the call.
  func prepared<Value>(
    _ line: UnsafeRawBufferPointer, _ body: (PreparedLine) -> Value
  ) -> Value {
    var line = UnsafeRawBufferPointer(rebasing: line.prefix(Self.mostBytes))
    while let last = line.last, last <= 0x20 {
      line = UnsafeRawBufferPointer(rebasing: line.dropLast())
    }
    if ByteSearch.index(of: 0x1B, in: line, from: 0) < line.count {
      TerminalCodes.remove(from: line, into: &plain)
      return plain.withUnsafeBytes { unwrapped($0, body) }
    }
    return unwrapped(line, body)
  }

  /// Bytes of a line beyond this are not looked at.
  static let mostBytes = 16_384

  private func unwrapped<Value>(
    _ line: UnsafeRawBufferPointer, _ body: (PreparedLine) -> Value
  ) -> Value {
    let text = ContainerPrefix.text(of: line).line
    if text.first == UInt8(ascii: "{"), JSONText.extract(from: text, into: &scratch) {
      let level = LineLevel.level(of: text)
      return scratch.withUnsafeBytes { inner($0, level, body) }
    }
    return inner(text, .unknown, body)
  }

  private func inner<Value>(
    _ text: UnsafeRawBufferPointer, _ level: LogLevel, _ body: (PreparedLine) -> Value
  ) -> Value {
    let header = LineHeader(text)
    let start = header.end < text.count ? header.end : 0
    let stated = level == .unknown ? header.level : level
    let newline = ByteSearch.index(of: 10, in: text, from: 0)
    guard newline < text.count else {
      return body(PreparedLine(bytes: text, start: start, end: text.count, level: stated))
    }
    TraceText.extract(from: text, start: start, firstEnd: newline, into: &plain)
    return plain.withUnsafeBytes {
      body(PreparedLine(bytes: $0, start: 0, end: $0.count, level: stated))
    }
  }
}

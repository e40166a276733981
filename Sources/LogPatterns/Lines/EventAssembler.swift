import Telemetry

/// What is known of a line besides its bytes.
public struct LineFacts: Hashable, Sendable {
  /// Nanoseconds, or any number that grows with time.
  public let time: Int64
  /// The step of time in which the line is counted.
  public let step: Int32
  /// The line's level when it is known; nil to use what the line states.
  public let level: LogLevel?

  /// Makes facts.
  public init(time: Int64, step: Int32 = 0, level: LogLevel? = nil) {
    self.time = time
    self.step = step
    self.level = level
  }
}

/// Joins the lines of one stream into events: a trace of Java, .NET, Python or Go is one event.
///
/// A line waits until the next one shows whether it goes on. Lines are copied; memory is bounded by
/// `mostBytes`, and what a longer event holds beyond is counted as part of it and left out.
public struct EventAssembler: Sendable {
  /// An event is not kept beyond this.
  public static let mostBytes = 65_536
  /// Lines of an event; one more begins a new event.
  static let mostLines = 2_048

  /// What kind of event is open.
  private enum State: Sendable {
    case plain, frames, python, pythonEnd, go
    /// A line that the container runtime has cut.
    case partial
  }

  private var pending: [UInt8] = []
  private var state = State.plain
  private var facts = LineFacts(time: 0)
  private var lines = 0
  private var lastIsIndented = false

  /// An assembler with nothing open.
  public init() {}

  /// Adds a line and gives `emit` the event that it ends, if any: its bytes with `\n` between
  /// lines, the facts of its first line, and how many lines it has.
  public mutating func add(
    _ line: UnsafeRawBufferPointer, _ facts: LineFacts,
    emit: (UnsafeRawBufferPointer, LineFacts, Int) throws -> Void
  ) rethrows {
    let text = ContainerPrefix.text(of: line)
    if lines > 0, lines < Self.mostLines, continues(text.line) {
      append(text.line, isPartial: text.isPartial)
      return
    }
    try finish(emit: emit)
    self.facts = facts
    lines = 1
    pending.append(contentsOf: text.line.prefix(Self.mostBytes))
    state = text.isPartial ? .partial : Self.opening(text.line)
  }

  /// Gives out the event that is still open.
  public mutating func finish(
    emit: (UnsafeRawBufferPointer, LineFacts, Int) throws -> Void
  ) rethrows {
    guard lines > 0 else { return }
    try pending.withUnsafeBytes { try emit($0, facts, lines) }
    pending.removeAll(keepingCapacity: pending.capacity <= Self.mostBytes)
    lines = 0
    lastIsIndented = false
  }

  /// Whether some open event could go on with `line`, the line before it being `before`.
  ///
  /// False means that `line` begins an event whatever was open.
  static func mayContinue(
    _ line: UnsafeRawBufferPointer, after before: UnsafeRawBufferPointer
  ) -> Bool {
    isIndented(line) || line.isEmpty || isIndented(before) || TraceLine.isGoFrame(line)
      || continuations.contains { TraceLine.begins(line, 0, $0) }
  }

  private static let continuations: [StaticString] = [
    "Caused by: ", "--- End of ", "... ", "During handling of", "The above exception",
    "Traceback (",
  ]

  private static func isIndented(_ line: UnsafeRawBufferPointer) -> Bool {
    line.first == 0x20 || line.first == 0x09
  }

  private mutating func append(_ line: UnsafeRawBufferPointer, isPartial: Bool) {
    let joins = state == .partial
    if joins, !isPartial { state = .plain }
    lines += 1
    let room = Self.mostBytes - pending.count - 1
    guard room > 0 else { return }
    if !joins { pending.append(10) }
    pending.append(contentsOf: line.prefix(room))
  }

  /// Whether a line belongs to the open event; moves its state on.
  private mutating func continues(_ line: UnsafeRawBufferPointer) -> Bool {
    if state == .partial { return true }
    guard !line.isEmpty else { return state == .go }
    let isIndented = Self.isIndented(line)
    switch state {
    case .plain:
      guard isIndented, TraceLine.isFrame(line) else { return false }
      state = .frames
      return true
    case .frames:
      return isIndented || TraceLine.begins(line, 0, "Caused by: ")
        || TraceLine.begins(line, 0, "--- End of ") || TraceLine.begins(line, 0, "... ")
    case .python:
      if isIndented { lastIsIndented = true }
      if !isIndented { state = .pythonEnd }
      return isIndented || lastIsIndented
    case .pythonEnd:
      guard TraceLine.begins(line, 0, "Traceback (") else {
        return TraceLine.begins(line, 0, "During handling of")
          || TraceLine.begins(line, 0, "The above exception")
      }
      (state, lastIsIndented) = (.python, false)
      return true
    case .go:
      return isIndented || TraceLine.isGoFrame(line)
    case .partial: return true
    }
  }

  private static func opening(_ line: UnsafeRawBufferPointer) -> State {
    guard let first = line.first else { return .plain }
    switch first {
    case UInt8(ascii: "T") where TraceLine.begins(line, 0, "Traceback (most recent"):
      return .python
    case UInt8(ascii: "p") where TraceLine.begins(line, 0, "panic: "),
      UInt8(ascii: "f") where TraceLine.begins(line, 0, "fatal error: "),
      UInt8(ascii: "g") where TraceLine.begins(line, 0, "goroutine "):
      return .go
    default: return .plain
    }
  }
}

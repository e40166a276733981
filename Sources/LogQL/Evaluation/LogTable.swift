import Canonical
import Telemetry

/// Lines in memory, in one segment.
public struct LogTable: LogSource {
  /// A line of a table.
  public struct Line: Sendable {
    let nanoseconds: Int64
    let stream: Int
    let text: [UInt8]
    let metadata: [UInt8]

    /// Makes a line of the stream with an index.
    public init(
      at instant: Timestamp, stream: Int = 0, _ text: String, metadata: LabelSet = .empty
    ) {
      nanoseconds = instant.nanoseconds
      self.stream = stream
      self.text = Array(text.utf8)
      let members = metadata.labels.map { JSONMember(key: $0.name, value: .string($0.value)) }
      self.metadata =
        members.isEmpty ? [] : Canonical.json(.object(members), isPretty: false).dropLast()
    }
  }

  /// See `LogSource`.
  public let streams: [LabelSet]
  private let lines: [Line]

  /// Makes a table of lines in any order; those of one time stay in theirs.
  public init(streams: [LabelSet], lines: [Line]) {
    self.streams = streams
    self.lines = lines.enumerated().sorted { left, right in
      left.element.nanoseconds == right.element.nanoseconds
        ? left.offset < right.offset : left.element.nanoseconds < right.element.nanoseconds
    }.map(\.element)
  }

  /// See `LogSource`.
  public var segments: [LogSegment] {
    guard let first = lines.first, let last = lines.last else { return [] }
    return [LogSegment(first: first.nanoseconds, last: last.nanoseconds)]
  }

  /// See `LogSource`.
  public func read(segment: Int, _ body: (LogEntry) throws -> Bool) throws {
    for line in lines {
      let goesOn = try line.text.withUnsafeBytes { text in
        try line.metadata.withUnsafeBytes { metadata in
          try body(
            LogEntry(
              nanoseconds: line.nanoseconds, stream: line.stream, line: text, metadata: metadata))
        }
      }
      if !goesOn { return }
    }
  }
}

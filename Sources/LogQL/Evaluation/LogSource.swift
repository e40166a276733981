import Telemetry

/// Where log lines are found.
///
/// Lines lie in segments, whose times ascend and do not overlap but at their ends; inside a segment
/// they ascend in time, then in the order of their streams.
public protocol LogSource: Sendable {
  /// The labels of every stream; entries name them by index.
  var streams: [LabelSet] { get }
  /// The segments in order of time.
  var segments: [LogSegment] { get }
  /// Calls `body` for every entry of a segment in ascending time, until it answers false.
  ///
  /// Entries of other streams and times than those wanted may be left out.
  ///
  /// - Parameters:
  ///   - segment: An index of `segments`.
  ///   - body: Whether to go on; the buffers of the entry are valid during the call.
  /// - Throws: What the source or `body` throws.
  func read(segment: Int, _ body: (LogEntry) throws -> Bool) throws
}

/// A part of the log with its time.
public struct LogSegment: Hashable, Sendable {
  /// The time of the first entry in nanoseconds.
  public var first: Int64
  /// The time of the last entry in nanoseconds.
  public var last: Int64

  /// Makes a segment.
  public init(first: Int64, last: Int64) {
    self.first = first
    self.last = last
  }
}

/// One log line, as bytes that are valid only during the call that gives it out.
public struct LogEntry {
  /// Nanoseconds since the epoch.
  public let nanoseconds: Int64
  /// The index of the stream.
  public let stream: Int
  /// The line: UTF-8.
  public let line: UnsafeRawBufferPointer
  /// The structured metadata, a flat JSON object of strings; empty when there is none.
  public let metadata: UnsafeRawBufferPointer

  /// Makes an entry.
  public init(
    nanoseconds: Int64, stream: Int, line: UnsafeRawBufferPointer,
    metadata: UnsafeRawBufferPointer = UnsafeRawBufferPointer(start: nil, count: 0)
  ) {
    self.nanoseconds = nanoseconds
    self.stream = stream
    self.line = line
    self.metadata = metadata
  }
}

/// The labels of one log stream as Loki indexes them, without structured metadata.
public struct LogStream: Hashable, Sendable {
  /// The index labels.
  public let labels: LabelSet

  /// Makes a stream.
  public init(labels: LabelSet) {
    self.labels = labels
  }
}

/// The severity that a log line states about itself.
public enum LogLevel: UInt8, Hashable, Comparable, Sendable, CaseIterable {
  case unknown, trace, debug, info, warning, error, fatal

  /// Less severe levels sort first; `unknown` before all.
  public static func < (left: LogLevel, right: LogLevel) -> Bool { left.rawValue < right.rawValue }

  /// Whether the line reports a failure.
  public var isError: Bool { self >= .error }
}

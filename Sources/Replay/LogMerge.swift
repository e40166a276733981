import Telemetry

/// Puts the counts of all parts together.
enum LogMerge {
  /// How many error lines are kept for each stream.
  static let examplesPerStream = 64

  /// The activity of every stream that has lines, in order of labels; nil without any part.
  static func activity(
    of parts: [LogPartCounts], streams: [LabelSet], clock: ReplayClock
  ) -> LogActivity? {
    guard !parts.isEmpty else { return nil }
    let empty = Array(repeating: Int32(0), count: clock.count)
    let activities = streams.indices.compactMap { stream -> LogStreamActivity? in
      let rows = LogLevel.allCases.map { level in
        parts.compactMap { $0.rows[LogRow(stream: stream, level: level)] }.reduce(empty, added)
      }
      guard rows.contains(where: { $0.contains { $0 > 0 } }) else { return nil }
      return LogStreamActivity(
        stream: LogStream(labels: streams[stream]), counts: rows,
        errorExamples: examples(of: stream, in: parts))
    }
    return LogActivity(streams: activities.sorted { $0.stream.labels < $1.stream.labels })
  }

  private static func added(_ left: [Int32], _ right: [Int32]) -> [Int32] {
    zip(left, right).map { $0 &+ $1 }
  }

  private static func examples(of stream: Int, in parts: [LogPartCounts]) -> [LogExample] {
    let all = parts.flatMap { $0.examples[stream] ?? [] }.sorted { left, right in
      if left.example.time != right.example.time { return left.example.time < right.example.time }
      if left.example.path != right.example.path {
        return left.example.path.precedesInBytes(right.example.path)
      }
      return left.example.lineNumber < right.example.lineNumber
    }
    var kept: [WordedExample] = []
    for worded in all
    where kept.count < examplesPerStream && kept.lacks(wording: worded.wording, slot: worded.slot) {
      kept.append(worded)
    }
    return kept.map(\.example)
  }
}

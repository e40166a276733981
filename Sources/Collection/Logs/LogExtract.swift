import Telemetry

/// The lines of one answer inside the window, with index labels and structured metadata apart.
struct LogExtract: Sendable {
  /// One line; its text stands in the answer's arena.
  struct Line: Sendable {
    let nanoseconds: Int64
    let offset: UInt32
    let length: UInt32
    /// An index of `streams`.
    let stream: Int32
    /// An index of `metadata`.
    let metadata: Int32
  }

  /// The distinct streams, as index labels.
  private(set) var streams: [LabelSet] = []
  private(set) var lines: [Line] = []
  /// The distinct sets of structured metadata; the first is empty.
  private(set) var metadata: [LabelSet] = [.empty]
  /// The text that `lines` point into.
  let text: [UInt8]
  /// Lines outside the window, which are left out.
  private(set) var outside = 0
  private var streamNumbers: [LabelSet: Int32] = [:]
  private var metadataNumbers: [LabelSet: Int32] = [:]

  /// Sorts out the lines of `table`.
  ///
  /// - Parameters:
  ///   - fileLabels: The labels of a plain log file, which has none of its own.
  ///   - hasParser: Whether the query extracted labels from the lines.
  init(
    _ table: LogTable, roles: LabelRoles, window: CaptureWindow, fileLabels: LabelSet?,
    hasParser: Bool
  ) {
    text = table.text
    lines.reserveCapacity(table.lines.count)
    var splits: [(stream: Int32, metadata: LabelSet)] = []
    for labels in table.streams {
      if let fileLabels {
        splits.append((number(ofStream: fileLabels), .empty))
      } else if table.hasIndexLabelsOnly {
        splits.append((number(ofStream: labels), .empty))
      } else {
        let stream = number(ofStream: labels.filter { roles.role(of: $0) == .index })
        splits.append((stream, labels.filter { roles.role(of: $0) == .metadata }))
      }
    }
    let plainNumbers = splits.map { number(ofMetadata: $0.metadata) }
    let clock = table.isYearless ? YearlessClock(window: window) : nil
    for line in table.lines {
      let time = clock?.instant(line.nanoseconds) ?? line.nanoseconds
      guard window.contains(time) else {
        outside += 1
        continue
      }
      let split = splits[Int(line.stream)]
      var number = plainNumbers[Int(line.stream)]
      if line.metadata > 0 {
        let own = table.metadata[Int(line.metadata)]
        let joined =
          split.metadata.labels.isEmpty
          ? own : LabelSet(split.metadata.labels + own.labels)
        number = self.number(ofMetadata: joined)
      } else if hasParser, number > 0 {
        number = self.number(ofMetadata: unrepeated(split.metadata, in: line))
      }
      lines.append(
        Line(
          nanoseconds: time, offset: line.offset, length: line.length, stream: split.stream,
          metadata: number))
    }
  }

  /// The earliest and latest time inside the window, or nil without lines.
  var span: ClosedRange<Int64>? {
    guard let first = lines.map(\.nanoseconds).min(), let last = lines.map(\.nanoseconds).max()
    else { return nil }
    return first...last
  }

  /// The same lines with the labels of streams and metadata replaced.
  func redactingLabels(_ replace: (LabelSet) throws -> LabelSet) rethrows -> LogExtract {
    var copy = self
    copy.streams = try streams.map(replace)
    copy.metadata = try metadata.map(replace)
    return copy
  }

  /// The metadata that a parser did not find in the line; Loki's own level is always kept.
  private func unrepeated(_ labels: LabelSet, in line: LogTable.Line) -> LabelSet {
    let bytes = text[Int(line.offset)..<Int(line.offset + line.length)]
    let kept = labels.labels.filter {
      $0.name.hasSameBytes(as: "detected_level") || !bytes.holds($0.value)
    }
    return LabelSet(kept)
  }

  private mutating func number(ofStream labels: LabelSet) -> Int32 {
    if let number = streamNumbers[labels] { return number }
    let number = Int32(clamping: streams.count)
    streams.append(labels)
    streamNumbers[labels] = number
    return number
  }

  private mutating func number(ofMetadata labels: LabelSet) -> Int32 {
    if labels.labels.isEmpty { return 0 }
    if let number = metadataNumbers[labels] { return number }
    let number = Int32(clamping: metadata.count)
    metadata.append(labels)
    metadataNumbers[labels] = number
    return number
  }
}

extension ArraySlice<UInt8> {
  /// Whether the bytes hold the bytes of `text` somewhere.
  fileprivate func holds(_ text: String) -> Bool {
    let wanted = Array(text.utf8)
    guard let first = wanted.first else { return true }
    guard count >= wanted.count else { return false }
    for start in startIndex...endIndex - wanted.count where self[start] == first {
      if self[start...].starts(with: wanted) { return true }
    }
    return false
  }
}

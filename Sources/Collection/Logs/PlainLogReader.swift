import Telemetry

/// Reads a plain log file: one entry for each line that states a time.
///
/// A line without a time, such as the next line of a stack trace, goes on with the entry before it,
/// so that it keeps its time and its place; lines before the first time take that time.
enum PlainLogReader {
  /// No entry grows beyond this; Loki cuts lines at 256 KiB by default.
  private static let longestEntry = 262_144
  /// A file is a log when its first line states a time, or one line of this many does.
  private static let linesForEachTime = 10

  /// The lines of a file, in a single stream without labels; nil when it is no log.
  static func table(of bytes: [UInt8]) -> LogTable? {
    var reader = Builder()
    bytes.withUnsafeBytes { whole in
      var start = 0
      while start < whole.count {
        let end = whole[start...].firstIndex(of: 10) ?? whole.count
        var line = UnsafeRawBufferPointer(rebasing: whole[start..<end])
        if line.last == 13 { line = UnsafeRawBufferPointer(rebasing: line.dropLast()) }
        reader.add(line)
        start = end + 1
      }
    }
    return reader.finish()
  }

  /// Collects entries line by line.
  private struct Builder {
    private var table = LogTable()
    private var pending: [UInt8] = []
    private var pendingTime: Int64?
    private var isPartial = false
    private var lines = 0
    private var times = 0
    /// Whether the first time had no year; times of the other sort are part of the text.
    private var isYearless: Bool?
    private var startsWithTime = false

    init() {
      table.beginStream(.empty)
    }

    mutating func add(_ line: UnsafeRawBufferPointer) {
      let isBlank = line.allSatisfy { $0 == 32 || $0 == 9 }
      if !isBlank { lines += 1 }
      guard let reading = isBlank ? nil : LogClock.reading(of: line),
        reading.isYearless == isYearless ?? reading.isYearless
      else {
        if !isBlank || !pending.isEmpty { extend(with: line, separator: 10) }
        return
      }
      times += 1
      isYearless = reading.isYearless
      if lines == 1 { startsWithTime = true }
      let text = UnsafeRawBufferPointer(rebasing: line.dropFirst(reading.prefixLength))
      if isPartial {
        extend(with: text, separator: nil)
      } else {
        flush(fallback: reading.nanoseconds)
        pendingTime = reading.nanoseconds
        pending.append(contentsOf: text)
      }
      isPartial = reading.isPartial
    }

    mutating func finish() -> LogTable? {
      guard let last = pendingTime, startsWithTime || times * linesForEachTime >= lines else {
        return nil
      }
      flush(fallback: last)
      table.isYearless = isYearless ?? false
      table.hasIndexLabelsOnly = true
      return table
    }

    private mutating func extend(with text: UnsafeRawBufferPointer, separator: UInt8?) {
      if pending.count + text.count > longestEntry, let time = pendingTime {
        flush(fallback: time)
      }
      if let separator, !pending.isEmpty { pending.append(separator) }
      pending.append(contentsOf: text)
    }

    private mutating func flush(fallback: Int64) {
      while pending.last == 10 { pending.removeLast() }
      guard !pending.isEmpty else { return }
      pending = validUTF8(pending)
      pending.withUnsafeBytes { table.append(nanoseconds: pendingTime ?? fallback, line: $0) }
      pending.removeAll(keepingCapacity: true)
    }

    /// The same bytes, or with U+FFFD for those that are not UTF-8.
    private func validUTF8(_ bytes: [UInt8]) -> [UInt8] {
      if bytes.allSatisfy({ $0 < 0x80 }) { return bytes }
      return Array(String(decoding: bytes, as: UTF8.self).utf8)
    }
  }
}

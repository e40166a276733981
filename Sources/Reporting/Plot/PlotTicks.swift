import Canonical
import Telemetry

/// The times under a plot: round ones, far enough apart to be read.
struct PlotTicks {
  /// `HH:MM` for each column that has a time under it.
  let marks: [Int: String]

  /// Columns from one time to the next, at least.
  private static let distance = 9

  /// The time that one column shows.
  struct Span {
    /// The first instant in it.
    let start: Timestamp
    /// The last instant in it.
    let end: Timestamp
  }

  init(_ columns: [PlotColumn]) {
    self.init(columns.map { Span(start: $0.start, end: $0.end) })
  }

  init(_ columns: [Span]) {
    guard let first = columns.first, let last = columns.last else {
      marks = [:]
      return
    }
    let span = Self.roundSpan(atLeast: (last.end - first.start).nanoseconds, columns.count)
    let start = first.start.nanoseconds
    var time = start &- (start % span + span) % span
    if time < start { time &+= span }
    var marks: [Int: String] = [:]
    var column = 0
    while time <= last.end.nanoseconds {
      let instant = Timestamp(nanoseconds: time)
      while column + 1 < columns.count, columns[column + 1].start <= instant,
        columns[column].start != instant
      {
        column += 1
      }
      if column + 5 <= columns.count {
        marks[column] = String(Canonical.timeOfDay(instant).prefix(5))
      }
      guard time <= Int64.max - span else { break }
      time += span
    }
    self.marks = marks
  }

  /// The times as one row of text.
  func text(columns count: Int) -> String {
    var cells = ""
    for index in 0..<count where cells.count <= index {
      cells += marks[index] ?? " "
    }
    return cells
  }

  /// The smallest round span that keeps labels apart when `length` fills `columns` columns.
  private static func roundSpan(atLeast length: Int64, _ columns: Int) -> Int64 {
    let minutes: [Int64] = [1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1440]
    let perLabel = length / Int64(max(1, columns / distance))
    let days = max(1, perLabel / 86_400_000_000_000 + 1)
    return minutes.map { $0 * 60_000_000_000 }.first { $0 >= perLabel } ?? days * 86_400_000_000_000
  }
}

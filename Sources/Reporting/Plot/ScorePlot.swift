import Canonical
import Detection
import Telemetry

/// A score timeline drawn with block characters.
///
/// A full column is the score; `░` above it reaches up to what the score could have been when a
/// source is missing; `┄` marks a level; the row under the axis marks incidents with `━`.
public struct ScorePlot: Sendable {
  /// The plot from top to bottom.
  public let rows: [PlotRow]

  /// Draws `timeline`.
  ///
  /// - Parameters:
  ///   - incidents: The spans to mark; one without an end runs to the right edge.
  ///   - width: Text columns of the whole plot; at least 24 are used.
  ///   - height: Rows of the curve; at least 2.
  public init(
    _ timeline: ScoreTimeline, incidents: [Incident], width: Int, height: Int = 8
  ) {
    let columns = PlotColumns(timeline.points, width: max(24, width) - Self.margin).columns
    guard !columns.isEmpty else {
      rows = []
      return
    }
    let height = max(2, height)
    let curve = (0..<height).reversed().map {
      Self.curveRow($0, of: height, columns: columns, levels: timeline.levels)
    }
    let marks = Self.incidentRow(columns, incidents)
    rows = curve + [Self.axisRow(columns)] + (marks.map { [$0] } ?? []) + [Self.timeRow(columns)]
  }

  /// The plot as lines of text without colour.
  public var lines: [String] { rows.map(\.text) }

  /// Columns left of the curve: a label of three, a blank and the axis.
  private static let margin = 5
  private static let eighths = Array(" ▁▂▃▄▅▆▇█")

  private static func curveRow(
    _ row: Int, of height: Int, columns: [PlotColumn], levels: [ScoreLevel]
  ) -> PlotRow {
    let bottom = 100 * Double(row) / Double(height)
    let size = 100 / Double(height)
    let level = levels.last { bottom <= $0.score && $0.score < bottom + size }
    let cells = columns.map { column -> Character in
      let filled = (column.score - bottom) / size
      if filled * 8 >= 1 { return eighths[min(8, Int(filled * 8))] }
      if row == 0, column.score > 0 { return eighths[1] }
      if (column.high - bottom) / size > 0.5 { return "░" }
      return level == nil ? " " : "┄"
    }
    let label = level?.score ?? (row == height - 1 ? 100 : nil)
    return PlotRow(kind: .curve(floor: bottom), label: label, separator: "┤", cells: String(cells))
  }

  private static func axisRow(_ columns: [PlotColumn]) -> PlotRow {
    let ticks = PlotTicks(columns)
    let cells = columns.indices.map { ticks.marks[$0] == nil ? Character("─") : "┬" }
    return PlotRow(kind: .axis, label: 0, separator: "└", cells: String(cells))
  }

  private static func incidentRow(_ columns: [PlotColumn], _ incidents: [Incident]) -> PlotRow? {
    guard !incidents.isEmpty else { return nil }
    let cells = columns.map { column -> Character in
      let isInside = incidents.contains {
        $0.startedAt <= column.end && column.start <= $0.endedAt ?? column.end
      }
      return isInside ? "━" : " "
    }
    return PlotRow(kind: .incident, label: nil, separator: " ", cells: String(cells))
  }

  private static func timeRow(_ columns: [PlotColumn]) -> PlotRow {
    let cells = PlotTicks(columns).text(columns: columns.count)
    return PlotRow(kind: .axis, label: nil, separator: " ", cells: cells)
  }
}

/// One row of a plot.
public struct PlotRow: Hashable, Sendable {
  /// What the row shows, for whoever colours it.
  public let kind: Kind
  /// The whole row.
  public let text: String

  /// What a row shows.
  public enum Kind: Hashable, Sendable {
    /// A slice of the curve that begins at the score `floor`.
    case curve(floor: Double)
    /// The incidents' spans.
    case incident
    /// The axis or its times.
    case axis
  }

  init(kind: Kind, label: Double?, separator: Character, cells: String) {
    self.kind = kind
    let digits = label.map { Canonical.text($0, decimals: 0) } ?? ""
    let padding = String(repeating: " ", count: max(0, 3 - digits.count))
    var row = "\(padding)\(digits) \(separator)\(cells)"
    while row.last == " " { row.removeLast() }
    text = row
  }
}

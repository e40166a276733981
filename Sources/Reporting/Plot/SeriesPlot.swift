import Canonical
import PromQL
import Telemetry

/// Series over a grid drawn with one mark each, between axes.
struct SeriesPlot {
  /// The plot from top to bottom; none when there is nothing finite to draw.
  let lines: [String]
  /// The marks of the first series, in their order; those after are not drawn.
  let marks: [Character]

  private static let allMarks: [Character] = ["*", "+", "x", "o", "#", "@", "%", "&"]

  /// Draws the first eight of `columns`.
  ///
  /// - Parameters:
  ///   - width: Text columns of the whole plot; at least 40 are used.
  ///   - height: Rows of the plot, at least 2.
  init(_ columns: [Column], _ grid: QueryGrid, width: Int, height: Int) {
    let drawn = columns.prefix(Self.allMarks.count)
    let values = drawn.flatMap { $0.values.filter(\.isFinite) }
    guard grid.count > 1, let low = values.min(), let high = values.max() else {
      (lines, marks) = ([], [])
      return
    }
    marks = Array(Self.allMarks.prefix(drawn.count))
    let scale = Self.scale(low, high)
    let labels = Self.labels(scale, height)
    let margin = (labels.map(\.count).max() ?? 0) + 2
    let slots = min(grid.count, max(40, width) - margin)
    let canvas = Self.canvas(Array(drawn), marks, scale, slots: slots, height: height)
    let spans = (0..<slots).map { Self.span(ofSlot: $0, of: slots, grid) }
    let ticks = PlotTicks(spans)
    let rows = canvas.indices.map { row in
      let label = labels[row]
      let padding = String(repeating: " ", count: margin - 2 - label.count)
      return "\(padding)\(label) \(label.isEmpty ? "│" : "┤")\(String(canvas[row]))"
    }
    let indent = String(repeating: " ", count: margin - 1)
    let axis = (0..<slots).map { ticks.marks[$0] == nil ? Character("─") : "┬" }
    lines =
      (rows + ["\(indent)└\(String(axis))", "\(indent) \(ticks.text(columns: slots))"])
      .map(Self.trimmed)
  }

  /// The lowest and highest value of the axis, apart from each other.
  private static func scale(_ low: Double, _ high: Double) -> ClosedRange<Double> {
    if low < high { return low...high }
    let room = low == 0 ? 1 : low.magnitude / 2
    return (low - room)...(high + room)
  }

  /// The labels of the rows: the ends and the middle of the scale.
  private static func labels(_ scale: ClosedRange<Double>, _ height: Int) -> [String] {
    (0..<height).map { row in
      guard row == 0 || row == height - 1 || row == height / 2 else { return "" }
      let share = 1 - Double(row) / Double(height - 1)
      let value = scale.lowerBound * (1 - share) + scale.upperBound * share
      return Canonical.text(value, significant: 4)
    }
  }

  private static func canvas(
    _ columns: [Column], _ marks: [Character], _ scale: ClosedRange<Double>, slots: Int,
    height: Int
  ) -> [[Character]] {
    var canvas = Array(repeating: Array(repeating: Character(" "), count: slots), count: height)
    // Halves, so that the span of very large values stays finite.
    let length = scale.upperBound / 2 - scale.lowerBound / 2
    for (column, mark) in zip(columns, marks) {
      for (step, value) in column.values.enumerated() where value.isFinite {
        let share = (value / 2 - scale.lowerBound / 2) / length
        let row = height - 1 - Int((share * Double(height - 1)).rounded())
        let slot = step * slots / column.values.count
        if canvas[row][slot] == " " { canvas[row][slot] = mark }
      }
    }
    return canvas
  }

  private static func span(
    ofSlot slot: Int, of slots: Int, _ grid: QueryGrid
  ) -> PlotTicks.Span {
    let first = (slot * grid.count + slots - 1) / slots
    let next = ((slot + 1) * grid.count + slots - 1) / slots
    return PlotTicks.Span(
      start: Timestamp(milliseconds: grid[first]),
      end: Timestamp(milliseconds: grid[max(first, next - 1)]))
  }

  private static func trimmed(_ line: String) -> String {
    var line = line
    while line.last == " " { line.removeLast() }
    return line
  }
}

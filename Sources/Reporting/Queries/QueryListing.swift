import Canonical
import PromQL
import Queries
import Telemetry

/// An answer for people: a table, and for a range a plot.
public enum QueryListing {
  /// The lines for a terminal.
  ///
  /// - Parameter limit: Series shown, at least 1; the others are counted.
  public static func lines(
    of answer: BundleAnswer, limit: Int, style: TerminalStyle
  ) -> [String] {
    lines(
      of: answer.result, asked: answer.expression.text, at: answer.times, limit: limit,
      style: style)
  }

  /// The lines for the value of a query.
  static func lines(
    of result: QueryResult, asked text: String, at times: AskedTimes, limit: Int,
    style: TerminalStyle
  ) -> [String] {
    let body =
      switch (result.value, times) {
      case (.string(let text), _): style.wrapped(text, limit: 10_000)
      case (.scalar(let values), .instant): [number(values.first ?? .nan)]
      case (.scalar(let values), .range(let grid)):
        range([Column(labels: .empty, values: values)], grid, limit, style)
      case (.vector(let columns), .instant): instant(columns, limit)
      case (.vector(let columns), .range(let grid)): range(columns, grid, limit, style)
      case (.matrix(let columns), _): samples(columns, limit)
      }
    return heading(text, times, style) + body
      + notes(warnings: result.warnings, infos: result.infos, style)
  }

  private static func heading(
    _ text: String, _ times: AskedTimes, _ style: TerminalStyle
  ) -> [String] {
    let times =
      switch times {
      case .instant(let instant): "at \(Canonical.text(instant))"
      case .range(let grid):
        "from \(time(grid.start)) to \(time(grid.end)), every"
          + " \(Canonical.text(TimeSpan(nanoseconds: grid.step * 1_000_000)))"
      }
    return style.wrapped(text, limit: 4096).map { style.paint($0, .strong) } + [times, ""]
  }

  private static func time(_ milliseconds: Int64) -> String {
    Canonical.text(Timestamp(milliseconds: milliseconds))
  }

  /// Warnings, then notes, after an empty line.
  static func notes(
    warnings: [String], infos: [String], _ style: TerminalStyle
  ) -> [String] {
    let warnings = warnings.flatMap { style.wrapped($0, limit: 2048) }
      .map { style.paint($0, .warning) }
    let infos = infos.flatMap { style.wrapped($0, limit: 2048) }
      .map { style.paint($0, .faint) }
    return warnings.isEmpty && infos.isEmpty ? [] : [""] + warnings + infos
  }

  private static func instant(_ columns: [Column], _ limit: Int) -> [String] {
    table(columns.map(\.labels), ["value"], columns.map { [number($0.values[0])] }, limit)
  }

  private static func range(
    _ columns: [Column], _ grid: QueryGrid, _ limit: Int, _ style: TerminalStyle
  ) -> [String] {
    let plot = SeriesPlot(
      Array(columns.prefix(limit)), grid, width: min(style.width, 160), height: 12)
    let cells = columns.map { summary($0.values.filter { !$0.isAbsent }) }
    let table = table(
      columns.map(\.labels), ["points", "first", "last", "min", "max"], cells, limit,
      marks: plot.marks)
    return table + (plot.lines.isEmpty ? [] : [""] + plot.lines)
  }

  private static func samples(_ columns: [SampleColumn], _ limit: Int) -> [String] {
    let cells = columns.map { summary($0.values.filter { !$0.isAbsent }) }
    return table(
      columns.map(\.labels), ["samples", "first", "last", "min", "max"], cells, limit)
  }

  /// Count, first, last, least and greatest; NaN is passed over unless there is nothing else.
  private static func summary(_ values: [Double]) -> [String] {
    let numbers = values.filter { !$0.isNaN }
    let (first, last) = (values.first ?? .nan, values.last ?? .nan)
    return ["\(values.count)"]
      + [first, last, numbers.min() ?? .nan, numbers.max() ?? .nan].map {
        Canonical.text($0, significant: 6)
      }
  }

  private static func number(_ value: Double) -> String {
    var bytes: [UInt8] = []
    Canonical.appendSample(value, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func table(
    _ sets: [LabelSet], _ heading: [String], _ cells: [[String]], _ limit: Int,
    marks: [Character] = []
  ) -> [String] {
    guard !sets.isEmpty else { return ["No series."] }
    let shown = min(limit, sets.count)
    let labels = SeriesLabels(Array(sets.prefix(shown)))
    let rows = (0..<shown).map { index in
      (marks.isEmpty ? [] : [index < marks.count ? String(marks[index]) : ""])
        + labels.rows[index] + cells[index]
    }
    let columns = (marks.isEmpty ? [] : [""]) + labels.heading + heading
    let rest = sets.count - shown
    return (labels.shared.map { ["All: \($0)"] } ?? [])
      + TextTable.lines(columns, rows, rightColumns: heading.count)
      + (rest > 0 ? ["… and \(rest) more; --limit shows more"] : [])
  }
}

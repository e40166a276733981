import Detection

/// A plot for a terminal, coloured by height.
enum PlotText {
  /// The rows of the plot of `timeline`; none when it has no points.
  static func lines(
    _ timeline: ScoreTimeline, incidents: [Incident], style: TerminalStyle
  ) -> [String] {
    let plot = ScorePlot(timeline, incidents: incidents, width: min(style.width, 160))
    let lowest = timeline.levels.first?.score ?? 100
    return plot.rows.map { row in
      switch row.kind {
      case .curve(let floor): style.paint(row.text, floor >= lowest ? .bad : .good)
      case .incident: style.paint(row.text, .bad)
      case .axis: row.text
      }
    }
  }
}

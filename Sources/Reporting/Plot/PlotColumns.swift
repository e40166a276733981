import Detection
import Telemetry

/// A score timeline fitted to a number of text columns.
struct PlotColumns {
  /// What each column shows, from left to right.
  let columns: [PlotColumn]

  /// Fits `points` to at most `width` columns: several points to a column, of which the highest
  /// shows, or several columns to a point when there is room.
  init(_ points: [ScorePoint], width: Int) {
    let width = max(1, width)
    guard !points.isEmpty else {
      columns = []
      return
    }
    let repeats = max(1, min(width / points.count, 6))
    let count = points.count > width ? width : points.count * repeats
    columns = (0..<count).map { column in
      let first = column * points.count / count
      let end = max(first + 1, (column + 1) * points.count / count)
      return PlotColumn(points[first..<end])
    }
  }
}

/// One column of a plot.
struct PlotColumn: Hashable {
  /// The time of the first point in it.
  let start: Timestamp
  /// The time of the last point in it.
  let end: Timestamp
  /// The highest score in it.
  let score: Double
  /// The highest upper bound in it.
  let high: Double

  init(_ points: ArraySlice<ScorePoint>) {
    start = points[points.startIndex].time
    end = points[points.endIndex - 1].time
    score = points.reduce(0) { max($0, $1.score) }
    high = points.reduce(0) { max($0, $1.high) }
  }
}

import Detection

/// A score with its interval, for people.
enum ScoreText {
  /// `88.5 of 100`, or `59.0 of 100 (up to 96.0 if the missing data were bad)`.
  static func score(of point: ScorePoint) -> String {
    let score = "\(Quantity.score(point.score)) of 100"
    guard hasInterval(point) else { return score }
    return score + " (up to \(Quantity.score(point.high)) if what is missing were bad)"
  }

  /// Whether the interval is wide enough to be seen in one decimal.
  static func hasInterval(_ point: ScorePoint) -> Bool {
    point.high - point.low >= 0.05
  }
}

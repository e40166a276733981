import Detection
import Telemetry

/// A moment at which the score reached a level or fell below it.
struct ScoreCrossing: Hashable {
  let time: Timestamp
  let level: ScoreLevel
  /// Whether the score reached the level, rather than fell below it.
  let isRising: Bool

  /// All crossings of `timeline` in order of time, then in the order in which they were passed; a
  /// timeline that begins above a level reaches it with its first point.
  static func all(in timeline: ScoreTimeline) -> [ScoreCrossing] {
    var crossings: [ScoreCrossing] = []
    var previous = -1.0
    for point in timeline.points {
      let isFalling = point.score < previous
      let levels = isFalling ? timeline.levels.reversed() : timeline.levels
      for level in levels where (previous < level.score) != (point.score < level.score) {
        crossings.append(
          ScoreCrossing(time: point.time, level: level, isRising: point.score >= level.score))
      }
      previous = point.score
    }
    return crossings
  }
}

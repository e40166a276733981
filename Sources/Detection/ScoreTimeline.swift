import Telemetry

/// The composite score at every step, each from data at or before that step only.
public struct ScoreTimeline: Hashable, Sendable {
  /// The model's name and version, such as `score v2, weights 1`.
  public let model: String
  /// The time between points.
  public let step: TimeSpan
  /// The parts in the order of every point's `parts`.
  public let components: [ScoreComponent]
  /// One point a step, ascending.
  public let points: [ScorePoint]
  /// Scores that mean something, ascending, such as the one at which an incident begins.
  public let levels: [ScoreLevel]

  /// Makes a timeline.
  public init(
    model: String, step: TimeSpan, components: [ScoreComponent], points: [ScorePoint],
    levels: [ScoreLevel] = []
  ) {
    self.model = model
    self.step = step
    self.components = components
    self.points = points
    self.levels = levels
  }

  /// The point with the highest score, the earliest of equals; nil when there are no points.
  public var peak: ScorePoint? {
    points.reduce(nil) { best, point in
      guard let best, best.score >= point.score else { return point }
      return best
    }
  }
}

/// A score that means something.
public struct ScoreLevel: Hashable, Sendable {
  /// What it means, such as `incident` or `severity critical`.
  public let name: String
  /// The score from which it holds, in 0...100.
  public let score: Double

  /// Makes a level.
  public init(name: String, score: Double) {
    self.name = name
    self.score = score
  }
}

/// One part of the composite score.
public struct ScoreComponent: Hashable, Sendable {
  /// The column's name: `slo`, `availability`, `reach`, `logs`, `events`, `resource`.
  public let name: String
  /// Its weight, in 0...1.
  public let weight: Double

  /// Makes a component.
  public init(name: String, weight: Double) {
    self.name = name
    self.weight = weight
  }
}

/// The score at one step.
public struct ScorePoint: Hashable, Sendable {
  /// The step; data after it was not used.
  public let time: Timestamp
  /// The canonical score, 0...100: the lower bound.
  public let score: Double
  /// The score when every missing part is 0.
  public let low: Double
  /// The score when every missing part is 1.
  public let high: Double
  /// Each part, in the order of the timeline's components.
  public let parts: [ScorePart]

  /// Makes a point.
  public init(time: Timestamp, score: Double, low: Double, high: Double, parts: [ScorePart]) {
    self.time = time
    self.score = score
    self.low = low
    self.high = high
    self.parts = parts
  }
}

/// One part of one point.
public struct ScorePart: Hashable, Sendable {
  /// The part's own value in 0...1, or nil when its source is missing.
  public let value: Double?
  /// What it adds to the score; the parts' contributions sum to the score.
  public let contribution: Double
  /// Findings that made it, sorted.
  public let evidence: [String]

  /// Makes a part.
  public init(value: Double?, contribution: Double, evidence: [String]) {
    self.value = value
    self.contribution = contribution
    self.evidence = evidence
  }
}

import Telemetry
import Testing

@testable import Detection
@testable import Policies

/// Vectors of facts/reasoning.md c.3.
@Suite struct ScoreModelTests {
  /// The weights of the vectors.
  private let model = ScoreModel(
    weights: [
      ("slo", 0.9), ("availability", 0.7), ("reach", 0.5), ("logs", 0.35), ("events", 0.3),
      ("resource", 0.25),
    ].map(ComponentWeight.init))

  private func point(_ strengths: [Double?]) -> ScorePoint {
    model.point(
      at: Timestamp(seconds: 0), strengths: strengths,
      evidence: Array(repeating: [], count: strengths.count))
  }

  @Test func theExampleHasItsScoreAndContributions() {
    let point = point([0.8, 0.33, 0.25, 0.6, 0.4, 0.5])
    #expect((point.score - 88.54).magnitude < 0.01)
    let contributions = [52.03, 10.74, 5.46, 9.63, 5.22, 5.46]
    for (part, expected) in zip(point.parts, contributions) {
      #expect((part.contribution - expected).magnitude < 0.01)
    }
    let sum = point.parts.reduce(0) { $0 + $1.contribution }
    #expect((sum - point.score).magnitude < 1e-9)
  }

  @Test(arguments: [
    ([0.0, 0, 0, 1, 0, 0], 35.0), ([1.0, 1, 1, 1, 1, 1], 99.49), ([0.0, 0, 0, 0, 0, 0], 0.0),
  ])
  func theBoundsAreThoseOfTheWeights(strengths: [Double], score: Double) {
    #expect((point(strengths).score - score).magnitude < 0.01)
  }

  @Test(arguments: [("slo", 90.0), ("latency", 60), ("logs", 35)])
  func onePartAloneReachesItsWeight(component: String, score: Double) {
    let weights = Policy.builtIn().score.weights
    let point = ScoreModel(weights: weights).point(
      at: Timestamp(seconds: 0), strengths: weights.map { $0.component == component ? 1 : 0 },
      evidence: weights.map { _ in [] })
    #expect((point.score - score).magnitude < 1e-9)
  }

  @Test func aMissingPartMakesAnInterval() {
    let point = point([nil, 0.33, 0.25, 0.6, 0.4, 0.5])
    #expect((point.low - 59.07).magnitude < 0.1)
    #expect((point.high - 95.9).magnitude < 0.1)
    #expect(point.score == point.low)
    #expect(point.parts[0].value == nil)
    #expect(point.parts[0].contribution == 0)
  }
}

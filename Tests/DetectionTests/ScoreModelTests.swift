import Policies
import Telemetry
import Testing

@testable import Detection

/// Vectors of facts/reasoning.md c.3.
@Suite struct ScoreModelTests {
  private let model = ScoreModel(weights: Policy.builtIn().score.weights)

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

  @Test func aMissingPartMakesAnInterval() {
    let point = point([nil, 0.33, 0.25, 0.6, 0.4, 0.5])
    #expect((point.low - 59.07).magnitude < 0.1)
    #expect((point.high - 95.9).magnitude < 0.1)
    #expect(point.score == point.low)
    #expect(point.parts[0].value == nil)
    #expect(point.parts[0].contribution == 0)
  }
}

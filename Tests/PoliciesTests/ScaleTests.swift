import Testing

@testable import Policies

@Suite struct ScaleTests {
  // Vectors of facts/reasoning.md c.3.
  @Test(arguments: [
    (0.995, 0.5, 0.125), (0.995, 2.4, 0.3695), (0.995, 6, 0.6), (0.995, 14.4, 0.8),
    (0.995, 100, 0.9473), (0.995, 200, 1), (0.90, 5, 0.5474), (0.90, 10, 1), (0.995, 0, 0),
  ])
  func aBurnRateHasTheStrengthOfTheAnchors(objective: Double, burn: Double, strength: Double) {
    let scale = Policy.builtIn().score.burnScale.closed(at: 1 / (1 - objective))
    #expect((scale.strength(of: burn) - strength).magnitude < 0.0001)
  }

  @Test(arguments: [(1.0, 0.0), (2, 0.5), (3, 0.75), (4, 1), (9, 1), (.nan, 0), (-1, 0)])
  func aScaleIsZeroBeforeItsFirstAnchorAndFlatAfterItsLast(value: Double, strength: Double) {
    // Between 2 and 4 the middle of the logarithms is 2.83; 3 lies at log(1.5)/log(2) = 0.585.
    let scale = Scale(anchors: [.init(value: 2, strength: 0.5), .init(value: 4, strength: 1)])
    let expected = value == 3 ? 0.5 + 0.5 * 0.58496 : strength
    #expect((scale.strength(of: value) - expected).magnitude < 0.0001)
  }
}

import PromQL
import Testing

@testable import Conformance

@Suite struct AlmostEqualTests {
  @Test(arguments: [
    (1.0, 1.0, true), (1, 1 + 1e-7, true), (1, 1 + 1e-5, false), (0, 1e-300, false),
    (Double.infinity, .infinity, true), (.infinity, -.infinity, false), (.nan, .nan, true),
    (.nan, 1, false), (.absent, .absent, true), (.absent, .nan, false),
    (1.7e308, -1.7e308, false),
  ])
  func equalityIsRelative(left: Double, right: Double, expected: Bool) {
    #expect(left.isAlmost(right) == expected)
  }
}

import Telemetry
import Testing

@testable import Replay

@Suite struct ReplayClockTests {
  private static let start = Timestamp(seconds: 600)

  // Window of seconds, expected number of steps of a minute, and the last step.
  @Test(arguments: [(0, 1, 0), (1, 2, 1), (59, 2, 59), (60, 2, 60), (61, 3, 61), (180, 4, 180)])
  func theLastStepIsTheEnd(seconds: Int64, count: Int, last: Int64) {
    let clock = ReplayClock(
      start: Self.start, end: Self.start + .seconds(seconds), step: .minutes(1))
    #expect(clock.count == count)
    #expect(clock[count - 1] == Self.start + .seconds(last))
    #expect(clock[0] == (count == 1 ? clock.end : Self.start))
  }

  @Test(arguments: [
    (-5, 0), (0, 0), (1, 1), (60, 1), (61, 2), (120, 2), (121, 3), (150, 3), (151, 4),
  ])
  func aFactIsSeenByTheFirstStepThatIsNotBeforeIt(seconds: Int64, step: Int) {
    let clock = ReplayClock(start: Self.start, end: Self.start + .seconds(150), step: .minutes(1))
    #expect(clock.index(seeing: Self.start + .seconds(seconds)) == step)
  }
}

@Suite struct ReplayStepTests {
  // Minutes of window, minutes of step: 50,000 steps fit, more do not.
  @Test(arguments: [(180, 1), (49_999, 1), (50_000, 2), (100_000, 4)] as [(Int64, Int64)])
  func aWindowOfVeryManyStepsGetsWiderOnes(window: Int64, step: Int64) {
    let range = TimeRange(
      start: Timestamp(seconds: 0), end: Timestamp(seconds: 0) + .minutes(window))
    #expect(ReplayLoader.step(.minutes(1), over: range) == .minutes(step))
  }

  @Test func aWindowOfAllTimeIsNoDanger() {
    let range = TimeRange(
      start: Timestamp(nanoseconds: .min), end: Timestamp(nanoseconds: .max))
    let step = ReplayLoader.step(.minutes(1), over: range)
    let clock = ReplayClock(start: range.start, end: range.end, step: step)
    #expect(clock.count <= ReplayLoader.mostSteps + 2)
    #expect(clock.index(seeing: Timestamp(seconds: 0)) < clock.count)
  }
}

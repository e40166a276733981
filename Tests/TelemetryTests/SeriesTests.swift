import Telemetry
import Testing

@Suite struct SeriesTests {
  @Test("Regular instants become a grid, holes a sparse grid, others stay explicit")
  func choosesTheSmallestForm() {
    guard case .grid(let start, let step, 4) = SampleTimes(ascending: [10, 20, 30, 40]) else {
      Issue.record("not a grid")
      return
    }
    #expect(start.nanoseconds == 10 && step.nanoseconds == 10)
    guard case .sparse(_, _, let slots) = SampleTimes(ascending: [10, 20, 50]) else {
      Issue.record("not sparse")
      return
    }
    #expect(slots == [0, 1, 4])
    guard case .explicit = SampleTimes(ascending: [10, 17, 29]) else {
      Issue.record("not explicit")
      return
    }
  }

  @Test(
    "Every form gives back its instants and finds the first not before one",
    arguments: [[10, 20, 30, 40], [10, 20, 50], [10, 17, 29], [7], []] as [[Int64]])
  func looksUp(instants: [Int64]) {
    let times = SampleTimes(ascending: instants)
    #expect((0..<times.count).map { times[$0].nanoseconds } == instants)
    for instant in Int64(0)...60 {
      let expected = instants.firstIndex { $0 >= instant } ?? instants.count
      #expect(times.firstIndex(notBefore: Timestamp(nanoseconds: instant)) == expected)
    }
  }

  @Test("Arithmetic on instants saturates at the ends of the range")
  func saturates() {
    let last = Timestamp(nanoseconds: .max)
    #expect(last + .seconds(1) == last)
    #expect((Timestamp(nanoseconds: .min) - .seconds(1)).nanoseconds == .min)
    #expect(Timestamp(seconds: .max).nanoseconds == .max)
  }

  @Test("Half-open ranges share an instant only when they overlap")
  func overlaps() {
    let early = TimeRange(start: Timestamp(seconds: 0), end: Timestamp(seconds: 10))
    let late = TimeRange(start: Timestamp(seconds: 10), end: Timestamp(seconds: 20))
    #expect(!early.overlaps(late))
    #expect(early.intersection(late) == nil)
    #expect(early.union(late).length == .seconds(20))
    #expect(early.contains(Timestamp(seconds: 0)) && !early.contains(Timestamp(seconds: 10)))
  }
}

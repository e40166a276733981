import Replay
import Telemetry

/// Increases of counters, summed per step, and at which steps there was data.
///
/// An increase between two samples is counted at the step that sees the later one. A value below
/// the one before is a reset: the counter began again at 0. A series' first value is no increase
/// unless `startsAtZero`.
struct CounterReading {
  /// The increase seen by each step since the step before.
  private(set) var increases: [Double]
  /// Whether a sample was fresh at each step.
  private(set) var isCovered: [Bool]

  private let clock: ReplayClock

  init(clock: ReplayClock) {
    self.clock = clock
    increases = Array(repeating: 0, count: clock.count)
    isCovered = Array(repeating: false, count: clock.count)
  }

  /// Adds one counter.
  ///
  /// - Parameter skipsGaps: Whether an increase over a gap in the samples is left out, since when
  ///   it happened is not known; for rates, where it would look like a surge.
  mutating func add(_ series: Series, startsAtZero: Bool, skipsGaps: Bool = false) {
    var intervals = RecentIntervals(usual: series.times.interval ?? clock.step)
    var previous: (time: Timestamp, value: Double)?
    for index in 0..<series.count {
      let time = series.times[index]
      let value = series.values[index]
      guard value.isFinite, value >= 0 else { continue }
      let step = clock.index(seeing: time)
      guard step < clock.count else { break }
      if let previous { intervals.add(time - previous.time) }
      let freshness = Self.freshness(of: intervals.shortest, clock: clock)
      if let previous {
        let isGap = time - previous.time > freshness
        if !(skipsGaps && isGap) {
          increases[step] += value >= previous.value ? value - previous.value : value
        }
      } else if startsAtZero {
        increases[step] += value
      }
      previous = (time, value)
      cover(from: step, until: time + freshness)
    }
  }

  /// The last few intervals between samples: chunks of one series may have different steps.
  private struct RecentIntervals {
    private var recent: [TimeSpan] = []
    private let usual: TimeSpan

    init(usual: TimeSpan) {
      self.usual = usual
    }

    /// The least of them, so that a missed sample does not make a longer interval usual.
    var shortest: TimeSpan { recent.min() ?? usual }

    mutating func add(_ interval: TimeSpan) {
      recent.append(interval)
      if recent.count > 4 { recent.removeFirst() }
    }
  }

  /// The first step of the unbroken run of steps before and at `step`, within the last `steps`
  /// steps, whose own increase satisfies `holds`; `step` itself when the one before does not.
  func onset(before step: Int, over steps: Int, where holds: (Double) -> Bool) -> Int {
    var begin = step
    while begin > max(1, step - steps + 1), holds(increases[begin - 1]) { begin -= 1 }
    return begin
  }

  private mutating func cover(from step: Int, until end: Timestamp) {
    var index = step
    while index < clock.count, index == step || clock[index] < end {
      if isCovered[index], index > step { break }
      isCovered[index] = true
      index += 1
    }
  }

  /// How long a sample stands for the time after it: 2.5 sample intervals, at least a step and at
  /// most the 5 minutes after which Prometheus itself forgets.
  static func freshness(of times: SampleTimes, clock: ReplayClock) -> TimeSpan {
    freshness(of: times.interval ?? clock.step, clock: clock)
  }

  private static func freshness(of interval: TimeSpan, clock: ReplayClock) -> TimeSpan {
    let usual = min(interval.nanoseconds, TimeSpan.minutes(1440).nanoseconds)
    let most = max(TimeSpan.minutes(5).nanoseconds, usual)
    return TimeSpan(nanoseconds: min(max(usual / 2 * 5, clock.step.nanoseconds), most))
  }
}

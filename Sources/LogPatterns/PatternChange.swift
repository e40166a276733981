import Telemetry

/// How often a pattern stands in two parts of a window: in the baseline at its beginning, and after.
public struct PatternChange: Hashable, Sendable {
  /// What became of a pattern.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    /// Absent in the baseline, and seen since.
    case new
    /// Seen in the baseline, and much more often since.
    case rising
    /// Seen in the baseline, and much less often or not at all since.
    case falling
    /// Seen about as often.
    case steady
  }

  /// What became of the pattern.
  public let kind: Kind
  /// Events in the baseline.
  public let before: Int
  /// Events since.
  public let after: Int
  /// Whether somebody who looks into an incident should read it; see `PatternBaseline`.
  public let isSuspicious: Bool

  /// Makes a change.
  public init(kind: Kind, before: Int, after: Int, isSuspicious: Bool) {
    self.kind = kind
    self.before = before
    self.after = after
    self.isSuspicious = isSuspicious
  }
}

/// The beginning of a window, with which the rest is compared.
///
/// A pattern is *rising* when some ten steps after the baseline have more events than ten steps of
/// the baseline ever had, by three times and by ten events; *falling* when it had twenty events in
/// the baseline and its rate since is less than a third.
///
/// A new pattern is *suspicious* when most of its events state an error, or when at least
/// `PatternRules.repeats` of them warn or speak of a failure; a rising one when most of its events
/// state an error. So a line that a rollout writes once is none, nor is a new feature's news.
public struct PatternBaseline: Hashable, Sendable {
  /// Steps of the baseline, from the window's start.
  public let steps: Int
  /// Steps of the window.
  public let allSteps: Int

  /// The first quarter of a window, at most half of it and, if that is longer, ten minutes.
  public init(steps allSteps: Int, each step: TimeSpan) {
    let tenMinutes = Int(600_000_000_000 / max(1, step.nanoseconds))
    self.allSteps = allSteps
    steps = min(allSteps / 2, max(allSteps / 4, tenMinutes))
  }

  /// How a pattern changed.
  public func change(of pattern: LogPattern) -> PatternChange {
    var counts = Array(repeating: 0, count: max(1, allSteps))
    for occurrence in pattern.occurrences {
      counts[min(max(0, Int(occurrence.step)), counts.count - 1)] += occurrence.count
    }
    let before = counts[..<min(steps, counts.count)].reduce(0, +)
    let after = counts[min(steps, counts.count)...].reduce(0, +)
    let kind = kind(counts, before, after)
    return PatternChange(
      kind: kind, before: before, after: after, isSuspicious: isSuspicious(pattern, kind))
  }

  private func kind(_ counts: [Int], _ before: Int, _ after: Int) -> PatternChange.Kind {
    if before == 0 { return after > 0 ? .new : .steady }
    let usual = busiest(counts[..<steps])
    let since = busiest(counts[steps...])
    if since >= usual * PatternRules.risingRatio, since - usual >= PatternRules.risingEvents {
      return .rising
    }
    let rest = max(1, counts.count - steps)
    let expected = Double(before) * Double(rest) / Double(max(1, steps))
    let isFewer = Double(after) * PatternRules.fallingRatio < expected
    return before >= PatternRules.fallingEvents && isFewer ? .falling : .steady
  }

  /// The most events in ten steps that follow each other.
  private func busiest(_ counts: ArraySlice<Int>) -> Int {
    var sum = 0
    var most = 0
    for index in counts.indices {
      sum += counts[index]
      let gone = index - PatternRules.risingSteps
      if gone >= counts.startIndex { sum -= counts[gone] }
      most = max(most, sum)
    }
    return most
  }

  private func isSuspicious(_ pattern: LogPattern, _ kind: PatternChange.Kind) -> Bool {
    switch kind {
    case .new:
      if pattern.errorShare >= PatternRules.mostly { return true }
      guard pattern.count >= PatternRules.repeats else { return false }
      return pattern.warningShare >= PatternRules.mostly || FailureWords.occur(in: pattern.template)
    case .rising: return pattern.errorShare >= PatternRules.mostly
    case .falling, .steady: return false
    }
  }
}

/// When a change counts.
enum PatternRules {
  /// Steps that are looked at together.
  static let risingSteps = 10
  /// How many times more events these must have than ever in the baseline.
  static let risingRatio = 3
  /// How many events more.
  static let risingEvents = 10
  /// Events in the baseline below which a pattern cannot fall.
  static let fallingEvents = 20
  /// How many times fewer events than expected.
  static let fallingRatio = 3.0
  /// The share of events that makes a pattern one of errors or warnings.
  static let mostly = 0.5
  /// A new pattern that is no error must be seen this often: once or twice is what a restart or a
  /// rollout writes.
  static let repeats = 3
}

/// Words that speak of a failure, in any line.
enum FailureWords {
  /// Whether a template holds one of them.
  static func occur(in template: String) -> Bool {
    let text = template.lowercased()
    return words.contains { text.contains($0) }
  }

  private static let words = [
    "error", "exception", "fail", "fatal", "panic", "refused", "timed out", "timeout", "denied",
    "killed", "exhausted", "unavailable", "unable to", "cannot", "can't", "exceed", "abort",
    "corrupt", "rejected", "unreachable", "no space", "out of memory", "oom", "crash", "deadlock",
    "back-off", "expired", "invalid", "unhealthy", "evict",
  ]
}

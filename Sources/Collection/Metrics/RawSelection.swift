import PromQL
import Telemetry

/// Chooses which answers of plain selectors are raw data.
///
/// Answers are taken in order, the most complete first (without matchers, longest, real sample
/// times before steps, finest step); one that adds no series and no time to what was taken before
/// stays a recorded answer. Where two raw answers hold the same series over the same time, the
/// reader of the bundle takes each instant from one of them, so no increase counts twice.
enum RawSelection {
  /// The raw ones of `groups`, as ascending indices.
  static func rawGroups(_ groups: [AnswerGroup], _ answers: [ExportAnswer]) -> [Int] {
    let candidates = groups.indices.filter { groups[$0].selector != nil }
      .map { Candidate(index: $0, group: groups[$0], answers) }
      .sorted { $0.precedes($1) }
    var taken: [LabelSet: [ClosedRange<Int64>]] = [:]
    var raw: [Int] = []
    for candidate in candidates {
      let addsNothing = candidate.spans.allSatisfy { labels, span in
        taken[labels]?.contains {
          $0.lowerBound <= span.lowerBound && span.upperBound <= $0.upperBound
        }
          ?? false
      }
      guard !addsNothing else { continue }
      for (labels, span) in candidate.spans { taken[labels, default: []].append(span) }
      raw.append(candidate.index)
    }
    return raw.sorted()
  }

  private struct Candidate {
    let index: Int
    let isNarrowed: Bool
    let length: Int64
    let hasSteps: Bool
    let step: Int64
    let spans: [(LabelSet, ClosedRange<Int64>)]

    init(index: Int, group: AnswerGroup, _ answers: [ExportAnswer]) {
      self.index = index
      isNarrowed = group.selector?.isNarrowed ?? true
      hasSteps = !group.hasSampleTimes
      step = group.query.step?.nanoseconds ?? .max
      spans = group.indices.flatMap { Self.spans(of: answers[$0]) }
      let first = spans.map(\.1.lowerBound).min() ?? 0
      let last = spans.map(\.1.upperBound).max() ?? 0
      length = last &- first
    }

    func precedes(_ other: Candidate) -> Bool {
      if isNarrowed != other.isNarrowed { return !isNarrowed }
      if length != other.length { return length > other.length }
      if hasSteps != other.hasSteps { return !hasSteps }
      if step != other.step { return step < other.step }
      return index < other.index
    }

    private static func spans(of answer: ExportAnswer) -> [(LabelSet, ClosedRange<Int64>)] {
      guard case .samples(let table) = answer.content else { return [] }
      return table.series.compactMap { series in
        let times = table.samples[series.samples].map(\.nanoseconds)
        guard let first = times.min(), let last = times.max() else { return nil }
        return (series.labels, first...last)
      }
    }
  }
}

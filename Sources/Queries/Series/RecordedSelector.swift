import BundleStore
import PromQL
import Telemetry

/// The plain selector that an entry of metrics answers.
struct RecordedSelector: Hashable, Sendable {
  /// Its matchers.
  let matchers: [LabelMatcher]
  /// The range in brackets, or nil for an instant selector.
  let range: TimeSpan?

  /// Reads a recorded query; nil when it is more than a plain selector or cannot be read.
  init?(_ text: String) {
    guard let expression = try? Expression.parse(text) else { return nil }
    switch expression.unwrapped {
    case .vectorSelector(let selector) where selector.shift == .none:
      matchers = selector.matchers
      range = nil
    case .matrixSelector(let selector) where selector.selector.shift == .none:
      guard let length = selector.range.literal else { return nil }
      matchers = selector.selector.matchers
      range = length
    default: return nil
    }
  }

  /// The metric's name when it is fixed.
  var metricName: String? {
    matchers.first { $0.isOnName && $0.comparison == .equal }?.value
  }

  /// Whether series of the metric `name` can be among the answer.
  func mayHold(metric name: String) -> Bool {
    matchers.allSatisfy { !$0.isOnName || $0.isSatisfied(by: name) }
  }

  /// Whether every series that satisfies `wanted` satisfies this selector too, as far as equal
  /// matchers show.
  func covers(_ wanted: [LabelMatcher]) -> Bool {
    matchers.allSatisfy { matcher in
      wanted.contains(matcher)
        || wanted.contains {
          $0.comparison == .equal && $0.name.hasSameBytes(as: matcher.name)
            && matcher.isSatisfied(by: $0.value)
        }
    }
  }
}

extension LabelMatcher {
  /// Whether it is about the metric's name.
  var isOnName: Bool { name.hasSameBytes(as: "__name__") }

  /// Whether it fixes the metric's name to `metric`.
  func isOnName(equal metric: String) -> Bool {
    isOnName && comparison == .equal && value.hasSameBytes(as: metric)
  }
}

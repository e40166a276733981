import Telemetry

/// A query that only selects series: `name`, `name{matchers}`, `{matchers}`, and the same with a
/// range, `name[30m]`. Its answer is raw data; the answer of anything more is derived.
public struct PlainSelector: Hashable, Sendable {
  /// Its matchers, the one on the metric's name among them.
  public let matchers: [LabelMatcher]
  /// The range in brackets, or nil for an instant selector.
  public let range: TimeSpan?

  /// Reads a query; nil when it is more than a plain selector or cannot be read.
  public init?(_ text: String) {
    guard let expression = try? Expression.parse(text) else { return nil }
    switch expression.unwrapped {
    case .vectorSelector(let selector) where selector.isPlain:
      matchers = selector.matchers
      range = nil
    case .matrixSelector(let node) where node.selector.isPlain:
      guard let length = node.range.literal else { return nil }
      matchers = node.selector.matchers
      range = length
    default: return nil
    }
  }

  /// The metric's name when it is fixed.
  public var metricName: String? { matchers.fixedMetricName }

  /// Whether it matches more than the metric's name, or leaves that open.
  public var isNarrowed: Bool { metricName == nil || matchers.count > 1 }
}

extension VectorSelector {
  fileprivate var isPlain: Bool { shift == .none && modifier == nil }
}

extension LabelMatcher {
  /// Whether it is about the metric's name.
  public var isOnName: Bool { name.hasSameBytes(as: "__name__") }
}

extension [LabelMatcher] {
  /// The metric's name when a matcher fixes it.
  public var fixedMetricName: String? {
    first { $0.isOnName && $0.comparison == .equal }?.value
  }
}

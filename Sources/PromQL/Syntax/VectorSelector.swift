import Telemetry

/// `metric{label="value"} offset 5m @ 1609746000`
public struct VectorSelector: Hashable, Sendable {
  /// Every condition in written order; the metric's name is one on `__name__`, first when it stood
  /// before the braces.
  public var matchers: [LabelMatcher]
  /// How the selector's time is moved.
  public var shift: TimeShift
  /// `anchored` or `smoothed`, when it was written.
  public var modifier: RangeModifier?
  /// Where it stands, with its modifiers.
  public var position: SourceRange

  /// The metric's name when one matcher fixes it.
  public var metricName: String? { matchers.fixedMetricName }
}

extension VectorSelector {
  /// Equal when they select alike: the order of matchers does not count.
  public static func == (left: VectorSelector, right: VectorSelector) -> Bool {
    left.shift == right.shift && left.modifier == right.modifier
      && left.sortedMatchers == right.sortedMatchers
  }

  /// Feeds the sorted matchers and the modifiers.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(shift)
    hasher.combine(modifier)
    hasher.combine(sortedMatchers)
  }

  /// The matchers by name, comparison and value.
  var sortedMatchers: [LabelMatcher] {
    matchers.sorted { left, right in
      if !left.name.hasSameBytes(as: right.name) { return left.name.precedesInBytes(right.name) }
      if left.comparison != right.comparison {
        return left.comparison.rawValue.precedesInBytes(right.comparison.rawValue)
      }
      return left.value.precedesInBytes(right.value)
    }
  }
}

/// `selector[5m]`
public struct MatrixSelector: Hashable, Sendable {
  /// What is selected; it carries the offset, `@` and modifier.
  public var selector: VectorSelector
  /// The length of the range, positive.
  public var range: DurationExpression
  /// Where it stands, with its modifiers.
  public var position: SourceRange
}

/// `(expression)[1h:30s] offset 5m`
public struct Subquery: Hashable, Sendable {
  /// What is evaluated at every inner step.
  public var inner: Expression
  /// The length of the range, positive.
  public var range: DurationExpression
  /// The inner step; nil for the engine's default.
  public var step: DurationExpression?
  /// How the subquery's time is moved.
  public var shift: TimeShift
  /// `anchored` or `smoothed`, when it was written.
  public var modifier: RangeModifier?
  /// Where it stands, with its modifiers.
  public var position: SourceRange
}

/// `offset` and `@` of a selector or subquery.
public struct TimeShift: Hashable, Sendable {
  /// How far back; negative looks forward. Nil when it was not written.
  public var offset: DurationExpression?
  /// The fixed time, when `@` was written.
  public var anchor: Anchor?

  /// No shift.
  public static let none = TimeShift(offset: nil, anchor: nil)

  /// What `@` names.
  public enum Anchor: Hashable, Sendable {
    /// An instant, to the millisecond.
    case instant(Timestamp)
    /// `start()`: the first step of the query.
    case start
    /// `end()`: the last step of the query.
    case end
  }
}

/// The experimental modifiers of range selectors.
public enum RangeModifier: String, Hashable, Sendable {
  case anchored, smoothed
}

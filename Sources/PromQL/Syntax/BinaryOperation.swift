/// `left op right`
public struct BinaryOperation: Hashable, Sendable {
  /// The operator.
  public var op: BinaryOperator
  /// The left operand.
  public var left: Expression
  /// The right operand.
  public var right: Expression
  /// Whether a comparison gives 0 and 1 instead of filtering.
  public var returnsBool: Bool
  /// How series are matched; always there between two vectors, nil otherwise.
  public var matching: VectorMatching?
  /// Where it stands.
  public var position: SourceRange
}

/// A binary operator; the raw value is how it is written.
public enum BinaryOperator: String, Hashable, Sendable, CaseIterable {
  case add = "+"
  case subtract = "-"
  case multiply = "*"
  case divide = "/"
  case modulo = "%"
  case power = "^"
  case atan2
  case equal = "=="
  case notEqual = "!="
  case greater = ">"
  case less = "<"
  case greaterOrEqual = ">="
  case lessOrEqual = "<="
  case and, or, unless

  /// Whether it compares.
  public var isComparison: Bool {
    switch self {
    case .equal, .notEqual, .greater, .less, .greaterOrEqual, .lessOrEqual: true
    default: false
    }
  }

  /// Whether it works on sets of series.
  public var isSet: Bool { self == .and || self == .or || self == .unless }
}

/// How the series of two vectors find each other.
public struct VectorMatching: Hashable, Sendable {
  /// How many series of a side share one match group.
  public enum Cardinality: Hashable, Sendable {
    case oneToOne
    /// `group_left`: many on the left.
    case manyToOne
    /// `group_right`: many on the right.
    case oneToMany
    /// Set operators.
    case manyToMany
  }

  /// How many on each side.
  public var cardinality: Cardinality
  /// Whether `labels` are the ones that match (`on`) or the ones left out (`ignoring`).
  public var isOn: Bool
  /// The labels of `on` or `ignoring`, in written order.
  public var labels: [String]
  /// The labels that `group_left` or `group_right` takes from the one side, in written order.
  public var included: [String]
  /// Experimental `fill`: what stands for a missing sample on the left and on the right.
  public var fill: Fill

  /// Makes a matching.
  public init(
    cardinality: Cardinality, isOn: Bool, labels: [String], included: [String] = [],
    fill: Fill = Fill()
  ) {
    self.cardinality = cardinality
    self.isOn = isOn
    self.labels = labels
    self.included = included
    self.fill = fill
  }

  /// Values for missing samples; nil drops the match as usual.
  public struct Fill: Hashable, Sendable {
    /// For the left side.
    public var left: Double?
    /// For the right side.
    public var right: Double?

    /// Makes fills.
    public init(left: Double? = nil, right: Double? = nil) {
      self.left = left
      self.right = right
    }

    /// Equal in their bits, so that NaN equals itself.
    public static func == (one: Fill, other: Fill) -> Bool {
      one.left?.bitPattern == other.left?.bitPattern
        && one.right?.bitPattern == other.right?.bitPattern
    }

    /// Feeds the bits.
    public func hash(into hasher: inout Hasher) {
      hasher.combine(left?.bitPattern)
      hasher.combine(right?.bitPattern)
    }
  }
}

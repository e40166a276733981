import Telemetry

/// One function of PromQL: signature and body together.
struct Function: Sendable {
  /// The canonical name.
  let name: String
  /// The types of the arguments in order; an optional one is counted.
  let parameters: [ValueType]
  /// How many of the last parameters may be left out.
  let optionalCount: Int
  /// Whether the last parameter may be repeated.
  let repeatsLast: Bool
  /// The type of the value.
  let result: ValueType
  /// What it does.
  let body: Body

  init(
    _ name: String, _ parameters: [ValueType], optional optionalCount: Int = 0,
    repeatsLast: Bool = false, result: ValueType = .vector, body: Body
  ) {
    self.name = name
    self.parameters = parameters
    self.optionalCount = optionalCount
    self.repeatsLast = repeatsLast
    self.result = result
    self.body = body
  }

  /// What a function does.
  enum Body: Sendable {
    /// From the samples of a window to one value, nil for none; the one range vector among the
    /// arguments gives the windows, the others are scalars.
    ///
    /// `keepsName` is true for functions such as `last_over_time`.
    case overWindow(
      keepsName: Bool = false,
      @Sendable (_ window: RangeWindow, _ context: inout FunctionContext) throws -> Double?)
    /// From each value of the one instant vector to another; the scalars follow in order. The name
    /// is dropped.
    case perValue(
      @Sendable (_ value: Double, _ scalars: UnsafeBufferPointer<Double>) -> Double)
    /// Anything else: from the evaluated arguments to the value.
    case general(
      @Sendable (_ arguments: [Operand], _ context: inout FunctionContext) throws -> Operand)
  }
}

/// The value of an argument or of a node, over all steps.
enum Operand: Sendable {
  /// A number for each step.
  case scalar([Double])
  case string(String)
  /// Series over the grid, in any order, each with at least one value.
  case vector([Column])
  case matrix(RangeOperand)
}

/// What a function may know of its call, and where it leaves warnings.
struct FunctionContext {
  /// The call, for positions and for matchers of its selectors.
  let call: FunctionCall
  /// The steps at hand; inside a subquery its own.
  let grid: QueryGrid
  /// The steps of the whole query.
  let query: QueryGrid
  /// How the query is evaluated.
  let options: QueryOptions
  /// The metric's name of the series whose window is at hand; empty when it has none.
  var metricName = "" {
    didSet { mayNotBeCounter = Self.lacksCounterEnding(metricName) }
  }
  /// Whether a rate of this series is still to be noted as doubtful.
  var mayNotBeCounter = false
  /// Where warnings and notes go.
  var annotations: Annotations

  /// The position of an argument, or of the call when it was left out.
  func position(ofArgument index: Int) -> SourceRange {
    index < call.arguments.count ? call.arguments[index].position : call.position
  }
}

import Telemetry

/// One statement of a test script.
public enum TestStatement: Sendable {
  /// `clear`: forgets what was loaded.
  case clear
  /// `load 5m`: adds series.
  case load(LoadStatement)
  /// `eval …`: asks and compares.
  case evaluate(EvaluationStatement)
  /// Lines that are no statement; they count as failed.
  case malformed(line: Int, text: String, message: String)
}

/// `load 5m` or `load_with_nhcb 5m` with its series.
public struct LoadStatement: Sendable {
  /// Milliseconds between two values.
  public var step: Int64
  /// Whether classic histograms are also stored as native ones.
  public var addsCustomHistograms: Bool
  /// The series.
  public var series: [NotatedSeries] = []
  /// Whether lines of `@st` give start timestamps, which our samples do not have.
  public var hasStartTimestamps = false
}

/// `eval instant at 5m EXPR` or `eval range from 0 to 10m step 1m EXPR` with what it expects.
public struct EvaluationStatement: Sendable {
  /// The first line of the statement, from 1.
  public var line: Int
  /// The query.
  public var query: String
  /// When it is asked for.
  public var time: Time
  /// What it must give.
  public var expectation = Expectation()

  /// When a query is evaluated.
  public enum Time: Sendable {
    /// At one instant, in milliseconds.
    case instant(Int64)
    /// At steps, in milliseconds.
    case range(from: Int64, to: Int64, step: Int64)
  }
}

/// What a statement must give.
public struct Expectation: Sendable {
  /// The value, when the query does not fail.
  public var value = Value.series([])
  /// The steps of an expected range vector of an instant query.
  public var rangeVector: RangeVector?
  /// Whether the series must come in written order.
  public var isOrdered = false
  /// Whether the query must fail.
  public var fails = false
  /// How the failure must read.
  public var failure: TextCondition = .any
  /// Which warnings must come.
  public var warnings = Notes()
  /// Which notes must come.
  public var infos = Notes()

  /// An expected value.
  public enum Value: Sendable {
    /// A number alone on its line.
    case scalar(Double)
    /// `expect string "…"`
    case string(String)
    /// Series in written order; none for an empty result.
    case series([NotatedSeries])
  }

  /// `expect range vector from A to B step S`, in milliseconds.
  public struct RangeVector: Sendable {
    /// The first sample's time.
    public var from: Int64
    /// The last sample's time, which is also when the query is asked.
    public var to: Int64
    /// The time between samples.
    public var step: Int64
  }

  /// Which warnings or notes must come.
  public struct Notes: Sendable {
    /// `expect no_warn`, `expect no_info`: none may come.
    public var mustBeEmpty = false
    /// Some must come, in the older spelling `eval_warn`, `eval_info`.
    public var mustExist = false
    /// Each must be met by a text, and when there is any, each text must meet one.
    public var conditions: [TextCondition] = []
  }
}

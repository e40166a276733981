import AnalysisPipeline
import ArgumentParser
import Canonical
import Telemetry

/// `oncall-analyze query`
struct QueryCommand: AnalyzeCommand {
  static let configuration = CommandConfiguration(
    commandName: "query",
    abstract: "Ask a bundle anything, in PromQL or LogQL.",
    discussion: """
      Evaluates with the lookback and the range boundaries of the recorded Prometheus, over what \
      the bundle holds; a note says when ranges are read from a grid instead of from scrapes. \
      Without a time the whole window is plotted, in at most 250 round steps; a range selector or \
      a string is evaluated at the window's end. --at asks for one instant, --from, --to and \
      --step for a range, and what of those is left out comes from the window.

        query x.incident.tar.gz --promql 'topk(3, rate(http_requests_total[5m]))'
        query x.incident.tar.gz --promql up --at 2026-03-01T10:05:00Z --format json

        query x.incident.tar.gz --logql '{app="api"} |= "error"' --limit 20
        query x.incident.tar.gz --logql 'sum by (msg) (count_over_time({app="a"} | json [5m]))'

      LogQL is that of Loki 3: a log query gives the latest 100 lines unless --limit and \
      --direction say otherwise, a metric query the same table and plot as PromQL; its instants \
      are multiples of the step, as Loki's are.

      With --format json the output is that of Prometheus's or Loki's own HTTP API. A metric that \
      the bundle does not hold is absent, as in Prometheus, and a warning says so; with --strict \
      it is a mistake. Exit code 2 for a query that cannot be answered.
      """)

  @Argument(help: "The bundle: a *.incident.tar.gz that oncall-capture wrote.")
  var bundle: String

  @Option(parsing: .unconditional, help: ArgumentHelp("The query, in PromQL.", valueName: "expr"))
  var promql: String?

  @Option(parsing: .unconditional, help: ArgumentHelp("The query, in LogQL.", valueName: "expr"))
  var logql: String?

  @Option(
    help: ArgumentHelp("Evaluate at T, RFC 3339 or Unix seconds.", valueName: "T"),
    transform: TimeFlags.instant)
  var at: Timestamp?

  @Option(
    help: ArgumentHelp("The first instant of a range.", valueName: "T"),
    transform: TimeFlags.instant)
  var from: Timestamp?

  @Option(
    help: ArgumentHelp("The last instant of a range.", valueName: "T"),
    transform: TimeFlags.instant)
  var to: Timestamp?

  @Option(
    help: ArgumentHelp("The time between the instants of a range.", valueName: "D"),
    transform: TimeFlags.span)
  var step: TimeSpan?

  @Option(
    help: ArgumentHelp(
      "How far back an instant selector looks (default: as the recorded server did, or 5m).",
      valueName: "D"),
    transform: TimeFlags.span)
  var lookback: TimeSpan?

  @Option(
    help: ArgumentHelp(
      "Log lines wanted (default: 100), or series the table shows (default: 20; JSON has all).",
      valueName: "n"))
  var limit: Int?

  @Option(
    help: ArgumentHelp(
      "Whether the latest log lines are wanted, the last first, or the earliest: backward or"
        + " forward (default: backward).", valueName: "word"))
  var direction: LineDirection?

  @Flag(help: "Make a metric that the bundle does not hold a mistake.")
  var strict = false

  @OptionGroup var threading: ThreadOptions

  @OptionGroup var formatting: FormatOptions

  func validate() throws {
    guard at == nil || (from == nil && to == nil && step == nil) else {
      throw ValidationError(
        "--at asks for one instant, so --from, --to and --step do not go with it")
    }
    guard limit ?? 1 >= 1 else { throw ValidationError("--limit needs a number from 1") }
    guard (promql == nil) != (logql == nil) else {
      throw ValidationError("needs one query, --promql EXPR or --logql EXPR")
    }
    guard logql != nil || direction == nil else {
      throw ValidationError("--direction goes with --logql")
    }
    guard logql == nil || (lookback == nil && !strict) else {
      throw ValidationError("--lookback and --strict go with --promql")
    }
  }

  private var plan: QueryPlan {
    if let logql {
      return QueryPlan(
        bundlePath: bundle, logQL: logql, at: at, from: from, to: to, step: step,
        lineLimit: limit ?? 100, limit: limit ?? 20, readsForward: direction == .forward)
    }
    return QueryPlan(
      bundlePath: bundle, promQL: promql ?? "", at: at, from: from, to: to, step: step,
      lookback: lookback, limit: limit ?? 20, isStrict: strict, threads: threading.count)
  }

  func result() throws(AnalysisFailure) -> CommandResult {
    try AnalysisCommands.query(plan, as: formatting.presentation)
  }
}

/// The order of log lines.
enum LineDirection: String, ExpressibleByArgument {
  case backward, forward
}

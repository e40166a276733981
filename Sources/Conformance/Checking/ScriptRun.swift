import PromQL
import Telemetry

/// Runs the statements of a script in order.
public struct ScriptRun: Sendable {
  /// How Prometheus's own suite runs its engine: delayed removal of names, 5 m lookback, subqueries
  /// without a step at 1 m.
  ///
  /// - Source: prometheus/prometheus, promql/promqltest/test.go, `NewTestEngine`.
  public static let options: QueryOptions = {
    var options = QueryOptions()
    options.delaysNameRemoval = true
    return options
  }()

  /// One outcome for each `eval` and for each malformed statement of the script.
  public static func outcomes(
    of script: TestScript, options: QueryOptions = options
  ) -> [StatementOutcome] {
    var storage = LoadedSeries()
    var engine = QueryEngine(source: storage.table, options: options)
    var outcomes: [StatementOutcome] = []
    for statement in script.statements {
      switch statement {
      case .clear:
        storage = LoadedSeries()
      case .load(let load):
        // A series written twice in one block counts as it was written last.
        let last = Dictionary(
          load.series.enumerated().map { ($1.labels, $0) }, uniquingKeysWith: max)
        for (index, series) in load.series.enumerated() where last[series.labels] == index {
          storage.add(series, step: load.step)
        }
        storage.hasStartTimestamps = storage.hasStartTimestamps || load.hasStartTimestamps
        if load.addsCustomHistograms {
          storage.addCustomHistograms(of: load.series, step: load.step)
        }
      case .evaluate(let evaluation):
        var verdict = StatementCheck(statement: evaluation, engine: engine).verdict()
        if case .failed = verdict, storage.hasStartTimestamps {
          verdict = .apart(.experimental("start timestamps of samples (@st)"))
        }
        outcomes.append(
          StatementOutcome(line: evaluation.line, query: evaluation.query, verdict: verdict))
        continue
      case .malformed(let line, let text, let message):
        outcomes.append(
          StatementOutcome(line: line, query: text, verdict: .failed("cannot read: \(message)")))
        continue
      }
      engine = QueryEngine(source: storage.table, options: options)
    }
    return outcomes
  }
}

import Reporting

extension AnalysisCommands {
  /// Rules replayed over a bundle: when each alert would have been pending, firing and resolved.
  public static func rules(
    _ plan: RulesPlan, as presentation: Presentation
  ) throws(AnalysisFailure) -> CommandResult {
    let (backtest, damaged) = try RulesRun.backtest(plan)
    let output =
      presentation.format == .json
      ? RuleBacktestDocument.json(of: backtest)
      : text(RuleBacktestListing.lines(of: backtest, style: presentation.style))
    return CommandResult(output: output, damaged: damaged, path: plan.bundlePath)
  }
}

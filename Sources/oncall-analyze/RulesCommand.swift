import AnalysisPipeline
import ArgumentParser

/// `oncall-analyze rules`
struct RulesCommand: AnalyzeCommand {
  static let configuration = CommandConfiguration(
    commandName: "rules",
    abstract: "Back-test alert rules of Prometheus or Loki on a bundle.",
    discussion: """
      Replays recording and alerting rules over the recorded metrics and log lines and prints when \
      each alert would have been pending, firing and resolved, beside what the bundle recorded of \
      it. Without --rules the rules that the bundle recorded are replayed. Rules that the bundle holds no \
      metric for are named first; with --strict they end the command with exit code 2.

        rules x.incident.tar.gz --rules alerts.yml
        rules x.incident.tar.gz --format json
      """)

  @Argument(help: "The bundle: a *.incident.tar.gz that oncall-capture wrote.")
  var bundle: String

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp(
      "Rule files of Prometheus or Loki, or the body of Prometheus's /api/v1/rules.",
      valueName: "file"))
  var rules: [String] = []

  @Flag(
    help: """
      Evaluate at multiples of the interval from the window's start, not when the recorded server \
      did.
      """)
  var aligned = false

  @Flag(help: "Make rules that cannot be evaluated on this bundle a mistake.")
  var strict = false

  @OptionGroup var threading: ThreadOptions

  @OptionGroup var formatting: FormatOptions

  func result() throws(AnalysisFailure) -> CommandResult {
    try AnalysisCommands.rules(
      RulesPlan(
        bundlePath: bundle, ruleFiles: rules, isAligned: aligned, isStrict: strict,
        threads: threading.count),
      as: formatting.presentation)
  }
}

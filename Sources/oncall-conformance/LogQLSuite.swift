import ArgumentParser
import BundleStore

/// `oncall-conformance logql`
struct LogQLSuite: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "logql",
    abstract: "Compares what a real Loki answered to recorded queries with our answers.",
    discussion: """
      Of every export or bundle: each recorded answer of a metric query beside the value that we \
      compute from the lines of the same bundle, step by step. Points are equal within 1e-9 of \
      each other. Steps whose range reaches back to before the bundle's window, or \
      that lie behind it, are counted apart as outside: the server saw lines there that were not \
      captured, and recorded answers are cut to the window.
      """)

  @Flag(name: .customLong("worst"), help: "Also show the largest difference of each query.")
  var showsWorst = false

  @OptionGroup var recorded: RecordedInputs

  func run() throws {
    var total = PointTally()
    try recorded.forEach { name, bundle in
      let comparison = try RecordedLogComparison(of: try BundleReader(path: bundle))
      print("\(name)\n\(comparison.text(showsWorst: showsWorst))")
      total.add(comparison.total)
    }
    print("all: \(total.summary)")
    guard total.recorded > 0, total.equal == total.all else { throw ExitCode.failure }
  }
}

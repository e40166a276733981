import ArgumentParser
import BundleStore

/// `oncall-conformance recordings`
struct RecordingsSuite: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "recordings",
    abstract: "Compares what real servers answered to recorded queries with our answers.",
    discussion: """
      Of every export or bundle: each recorded answer to a derived expression beside the value \
      that we compute from the raw series of the same bundle. Points are equal within 1e-9 of \
      each other. The recorded server read scrapes at their own times; a bundle holds what a grid \
      of instants saw of them, so windows are shifted by less than a scrape interval. Exits with \
      1 when a point that rests on instant selectors or on captured scrapes differs, or when one \
      side has a point that the other lacks.
      """)

  @Flag(name: .customLong("worst"), help: "Also show the largest difference of each expression.")
  var showsWorst = false

  @OptionGroup var recorded: RecordedInputs

  func run() throws {
    var total: [RecordedComparison.Reading: PointTally] = [:]
    try recorded.forEach { name, bundle in
      let comparison = try RecordedComparison(of: try BundleReader(path: bundle))
      print("\(name)\n\(comparison.text(showsWorst: showsWorst))")
      RecordedComparison.add(comparison.total, to: &total)
    }
    print("all\n\(RecordedComparison.summary(total))", terminator: "")
    let isExact = [RecordedComparison.Reading.instants, .scrapes].allSatisfy { reading in
      total[reading].map { $0.equal == $0.all } ?? true
    }
    let isComplete = total.values.allSatisfy { $0.onlyTheirs + $0.onlyOurs == 0 }
    guard !total.isEmpty, isExact, isComplete else { throw ExitCode.failure }
  }
}

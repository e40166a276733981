import ArgumentParser
import BundleStore
import CapturePipeline
import Foundation

/// `oncall-conformance recordings`
struct RecordingsSuite: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "recordings",
    abstract: "Compares what real servers answered to recorded queries with our answers.",
    discussion: """
      Of every export or bundle: each recorded answer to a derived expression beside the value \
      that we compute from the raw series of the same bundle. Points are equal within 1e-9 of \
      each other. The recorded server read scrapes at their own times; a bundle holds what a grid \
      of instants saw of them, so windows are shifted by less than a scrape interval.
      """)

  @Flag(name: .customLong("worst"), help: "Also show the largest difference of each expression.")
  var showsWorst = false

  @Argument(help: "Exports (.tar.gz) or bundles (.incident.tar.gz).")
  var inputs: [String]

  func run() throws {
    let work = FileManager.default.temporaryDirectory
      .appendingPathComponent("recordings-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: work, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: work) }
    var total: [RecordedComparison.Reading: PointTally] = [:]
    for input in inputs {
      let name = String(input.split(separator: "/").last ?? "").components(separatedBy: ".")[0]
      var bundle = input
      if !input.hasSuffix(".incident.tar.gz") {
        bundle = work.appendingPathComponent("\(name).incident.tar.gz").path
        _ = try FilesImport.run(ImportPlan(paths: [input], output: bundle))
      }
      let comparison = try RecordedComparison(of: try BundleReader(path: bundle))
      print("\(name)\n\(comparison.text(showsWorst: showsWorst))")
      RecordedComparison.add(comparison.total, to: &total)
    }
    print("all\n\(RecordedComparison.summary(total))", terminator: "")
  }
}

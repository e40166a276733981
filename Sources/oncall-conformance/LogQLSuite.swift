import ArgumentParser
import BundleStore
import CapturePipeline
import Foundation

/// `oncall-conformance logql`
struct LogQLSuite: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "logql",
    abstract: "Compares what a real Loki answered to recorded queries with our answers.",
    discussion: """
      Of every export or bundle: each recorded answer of a metric query beside the value that we \
      compute from the lines of the same bundle, step by step. Points are equal within 1e-9 of \
      each other. What differs at steps whose range reaches back to before the bundle's window, or \
      that lie behind it, is counted apart as outside: the server saw lines there that were not \
      captured, and recorded answers are cut to the window.
      """)

  @Flag(name: .customLong("worst"), help: "Also show the largest difference of each query.")
  var showsWorst = false

  @Argument(help: "Exports (.tar.gz) or bundles (.incident.tar.gz).")
  var inputs: [String]

  func run() throws {
    let work = FileManager.default.temporaryDirectory
      .appendingPathComponent("logql-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: work, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: work) }
    var total = PointTally()
    for input in inputs {
      let name = String(input.split(separator: "/").last ?? "").components(separatedBy: ".")[0]
      var bundle = input
      if !input.hasSuffix(".incident.tar.gz") {
        bundle = work.appendingPathComponent("\(name).incident.tar.gz").path
        _ = try FilesImport.run(ImportPlan(paths: [input], output: bundle))
      }
      let comparison = try RecordedLogComparison(of: try BundleReader(path: bundle))
      print("\(name)\n\(comparison.text(showsWorst: showsWorst))")
      total.add(comparison.total)
    }
    print("all: \(total.summary)")
    guard total.recorded > 0, total.equal == total.all else { throw ExitCode.failure }
  }
}

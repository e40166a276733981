import ArgumentParser
import Foundation

/// Measures the two tools on recorded exports and prints tables; `tools/bench` runs it.
///
/// Every figure is a median of several runs of this one process run, and the figures that matter
/// are ratios to a reference measured beside them, because absolute times say more about the
/// machine than about the code. Nothing here passes or fails on a time.
@main
struct OncallBench: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "oncall-bench",
    abstract: "Measures import, report, queries, scanner and start-up on recorded exports.")

  @Option(help: "The folder that holds oncall-capture and oncall-analyze.")
  var bin: String

  @Option(help: "An empty folder for bundles, reports and unpacked exports.")
  var work: String

  @Option(help: "How many runs each median is taken of.")
  var runs = 5

  @Argument(help: "Exports (.tar.gz) or bundles (.incident.tar.gz).")
  var inputs: [String]

  func run() throws {
    let commands = CommandBench(
      capture: bin + "/oncall-capture", analyze: bin + "/oncall-analyze", work: work, runs: runs)
    var imports = TextTable(["export", "JSON MB", "import s", "MB/s", "peak MB", "exit"])
    var reports = TextTable([
      "bundle", "MB", "gzip -dc s", "report s", "ratio", "CPU ratio", "peak MB", "exit",
    ])
    var folders: [String] = []
    var bundles: [(name: String, path: String)] = []
    for input in inputs {
      let name = String(input.split(separator: "/").last ?? "").components(separatedBy: ".")[0]
      var bundle = input
      if !input.hasSuffix(".incident.tar.gz") {
        let folder = try commands.unpack(input, as: name)
        folders.append(folder)
        bundle = "\(work)/\(name).incident.tar.gz"
        imports.add(
          try commands.importRow(
            name: name, export: input, bytes: try totalFileSize(below: folder), to: bundle))
      }
      bundles.append((name, bundle))
      reports.add(try commands.reportRow(name: name, bundle: bundle))
    }
    print("Report: wall time of `oncall-analyze report` beside `gzip -dc` of the same bundle")
    print(reports.text)
    if let bundle = bundles.first {
      print("PromQL: range queries beside a real Prometheus on the same samples of \(bundle.name)")
      print(
        try QueryBench(bundle: bundle.path, work: work)
          .report(analyze: commands.analyze, runs: runs))
    }
    print("Start-up: `--help`, beside `true`\n\(try commands.startUpTable().text)")
    guard !folders.isEmpty else { return }
    print("Import: `oncall-capture files`\n\(imports.text)")
    // Last, because the kernel counts what this process holds into the peak of what it starts.
    print("Scanner: one pass over bodies in memory, beside memchr over the same bytes")
    print(try ScannerBench(folders: folders).table(runs: runs).text)
  }
}

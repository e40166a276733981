import ArgumentParser
import CapturePipeline
import Foundation
import Telemetry

/// `oncall-capture files`: exports that already exist become a bundle.
struct FilesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "files",
    abstract: "Makes a bundle of exports that already exist.",
    discussion: """
      Reads Prometheus and Loki API answers, logcli and kubectl JSON, plain log files, and folders \
      or tar archives of those (plain, gzip, xz, zstd). What a file is, is told from its content. \
      A queries.json beside them says which request gave which answer. Archives are never \
      extracted.

      Example:
        oncall-capture files export.tar.gz -o monday.incident.tar.gz
      """)

  @Argument(help: "Files, folders or archives of an export.")
  var paths: [String]

  @Option(help: "Start of the window: RFC 3339 or Unix seconds. Default: from the export.")
  var from: Moment?

  @Option(help: "End of the window, which belongs to it. Default: from the export.")
  var to: Moment?

  @Option(name: .shortAndLong, help: "The bundle to write, such as x.incident.tar.gz.")
  var output: String

  @Flag(help: "Keep secrets; the bundle says so.")
  var noRedact = false

  @Option(help: "Threads to use; decides nothing about the bundle. Default: all processors.")
  var threads: Int?

  @Option(help: "How to print the summary.")
  var format = SummaryFormat.text

  func validate() throws {
    if (from == nil) != (to == nil) {
      throw ValidationError("--from and --to belong together; give both or neither.")
    }
    if let from, let to, from.timestamp >= to.timestamp {
      throw ValidationError("--from must be before --to; the window is empty otherwise.")
    }
    if let threads, !(1...256).contains(threads) {
      throw ValidationError("--threads takes 1 to 256.")
    }
  }

  func run() throws {
    let progress = ProgressLine()
    do {
      let plan = ImportPlan(
        paths: paths, window: window, output: output,
        redactor: noRedact ? nil : try Redactors.standard(),
        threads: threads ?? ProcessInfo.processInfo.activeProcessorCount)
      let summary = try FilesImport.run(plan) { progress.show($0) }
      progress.clear()
      let bytes = format == .json ? summary.json : Array(summary.text.utf8)
      FileHandle.standardOutput.write(Data(bytes))
      if summary.exitCode != 0 { throw ExitCode(summary.exitCode) }
    } catch let code as ExitCode {
      throw code
    } catch {
      progress.clear()
      let failure = ImportFailure(error)
      FileHandle.standardError.write(Data("error: \(failure.message)\n".utf8))
      throw ExitCode(failure.exitCode)
    }
  }

  private var window: TimeRange? {
    guard let from, let to else { return nil }
    return TimeRange(start: from.timestamp, end: to.timestamp)
  }
}

/// How a summary is printed.
enum SummaryFormat: String, ExpressibleByArgument, CaseIterable {
  case text, json
}

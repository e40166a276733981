import AnalysisPipeline
import ArgumentParser
import Canonical
import Glibc
import Telemetry

/// The flags of every command that analyzes a bundle.
struct BundleOptions: ParsableArguments {
  @Argument(help: "The bundle: a *.incident.tar.gz that oncall-capture wrote.")
  var bundle: String

  @Option(
    help: ArgumentHelp(
      "A directory of policies; what it leaves out keeps its built-in value.", valueName: "dir"))
  var policies: String?

  @Option(
    help: ArgumentHelp(
      "Stop the replay at T, RFC 3339 or Unix seconds: what could be known then.",
      valueName: "T"),
    transform: TimeFlags.instant)
  var asOf: Timestamp?

  @Option(
    help: ArgumentHelp("Time between two steps of the replay (default: 60s).", valueName: "D"),
    transform: BundleOptions.step)
  var step: TimeSpan?

  @OptionGroup var threading: ThreadOptions

  var plan: AnalysisPlan {
    AnalysisPlan(
      bundlePath: bundle, policiesDirectory: policies, asOf: asOf,
      step: step ?? AnalysisPlan.defaultStep, threads: threading.count)
  }

  private static func step(_ text: String) throws -> TimeSpan {
    guard let span = Canonical.span(text), span >= .seconds(1) else {
      throw ValidationError("needs a duration of 1s or more, such as 30s, 5m or 1h30m")
    }
    return span
  }
}

/// How much of the machine may be used.
struct ThreadOptions: ParsableArguments {
  @Option(help: "Threads to use (default: one for each core); never changes the result.")
  var threads: Int?

  var count: Int { threads ?? max(1, min(64, sysconf(Int32(_SC_NPROCESSORS_ONLN)))) }

  func validate() throws {
    guard (1...64).contains(threads ?? 1) else {
      throw ValidationError("--threads needs a number from 1 to 64")
    }
  }
}

/// How the result is shown.
struct FormatOptions: ParsableArguments {
  @Option(help: "What standard output gets: text, or one JSON document.")
  var format: OutputFormat = .text

  var presentation: Presentation { StandardStreams.presentation(format) }
}

extension OutputFormat: ExpressibleByArgument {}

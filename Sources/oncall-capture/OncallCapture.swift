import ArgumentParser
import CapturePipeline
import Foundation

/// Writes incident bundles: the only part of this project that may talk to servers.
@main
struct OncallCapture: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "oncall-capture",
    abstract: "Writes incident bundles for oncall-analyze.",
    discussion: """
      A bundle is one file, *.incident.tar.gz, with the metrics, logs and Kubernetes objects of \
      one time window, and an account of what is missing. `tar xzf` opens it.

      Exit codes: 0 done; 10 done with gaps; 20 nothing usable; 2 usage; 3 unreadable input; \
      4 refused for safety.
      """,
    version: CaptureTool.version,
    subcommands: [FilesCommand.self])

  /// Runs the command line; usage errors exit with 2, as the contract of the commands says.
  static func main() {
    do {
      var command = try parseAsRoot()
      try command.run()
    } catch {
      let code = exitCode(for: error)
      let message = fullMessage(for: error)
      if code == .success {
        if !message.isEmpty { print(message) }
        Foundation.exit(0)
      }
      if !message.isEmpty { FileHandle.standardError.write(Data((message + "\n").utf8)) }
      Foundation.exit(code == .validationFailure ? 2 : code.rawValue)
    }
  }
}

import AnalysisPipeline
import Glibc

/// Standard output and standard error, and the end of the process.
enum StandardStreams {
  /// Colours and width of standard output: colours only on a terminal, and not when `NO_COLOR` is
  /// set to anything.
  static func presentation(_ format: OutputFormat) -> Presentation {
    let isTerminal = isatty(STDOUT_FILENO) == 1
    let isDumb = environment("TERM") == "dumb"
    let isColoured = isTerminal && !isDumb && (environment("NO_COLOR") ?? "").isEmpty
    return Presentation(
      format: format, isColoured: isColoured, width: isTerminal ? terminalWidth() : 80)
  }

  /// Prints what a command leaves behind and ends the process.
  static func finish(_ result: CommandResult) -> Never {
    guard write(result.output, to: STDOUT_FILENO) else {
      let reason = String(cString: strerror(errno))
      fail(.badPlan(reason: "standard output cannot be written: \(reason)"))
    }
    if let note = result.note { complain(note) }
    exit(result.exitCode.rawValue)
  }

  /// Says why there is no result and ends the process.
  static func fail(_ failure: AnalysisFailure) -> Never {
    complain(failure.description)
    exit(failure.exitCode.rawValue)
  }

  private static func complain(_ sentence: String) {
    _ = write(Array("oncall-analyze: \(sentence)\n".utf8), to: STDERR_FILENO)
  }

  private static func write(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
    var offset = 0
    while offset < bytes.count {
      let written = bytes[offset...].withUnsafeBytes {
        Glibc.write(descriptor, $0.baseAddress, $0.count)
      }
      if written < 0, errno == EINTR { continue }
      guard written > 0 else { return false }
      offset += written
    }
    return true
  }

  private static func terminalWidth() -> Int {
    var size = winsize()
    guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
    return Int(size.ws_col)
  }

  private static func environment(_ name: String) -> String? {
    getenv(name).map { String(cString: $0) }
  }
}

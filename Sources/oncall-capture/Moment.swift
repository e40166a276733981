import ArgumentParser
import CapturePipeline
import Telemetry

/// An instant on the command line: RFC 3339 with any offset, or Unix seconds.
struct Moment: ExpressibleByArgument {
  let timestamp: Timestamp

  init?(argument: String) {
    guard let timestamp = CommandLineTime.timestamp(argument) else { return nil }
    self.timestamp = timestamp
  }
}

import Canonical
import Telemetry

/// Times as people write them on a command line.
public enum CommandLineTime {
  /// Reads RFC 3339 with any offset, or Unix seconds; nil when it is neither.
  public static func timestamp(_ text: String) -> Timestamp? { Canonical.timestamp(text) }
}

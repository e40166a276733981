import Redaction
import Telemetry

/// Everything that decides what `oncall-capture files` does.
public struct ImportPlan: Sendable {
  /// Files, folders and archives of an export, in any order.
  public var paths: [String]
  /// The window asked for; nil to take it from the export.
  public var window: TimeRange?
  /// Where the bundle will be.
  public var output: String
  /// Replaces secrets before anything is written; nil keeps them.
  public var redactor: (any Redacting)?
  /// Threads to use, at least 1; decides nothing about the bundle.
  public var threads: Int

  /// Makes a plan.
  public init(
    paths: [String], window: TimeRange? = nil, output: String, redactor: (any Redacting)? = nil,
    threads: Int = 2
  ) {
    self.paths = paths
    self.window = window
    self.output = output
    self.redactor = redactor
    self.threads = threads
  }
}

/// The one place where a capture gets its redactor.
public enum Redactors {
  /// The redactor that captures use unless told otherwise, with the rules that are built in.
  public static func standard() throws -> any Redacting { try Redactor() }
}

/// What this tool calls itself in a bundle and on the command line.
public enum CaptureTool {
  /// The version, by semantic versioning.
  public static let version = "0.1.0"
  /// The name in a manifest.
  public static let name = "oncall-capture \(version)"
}

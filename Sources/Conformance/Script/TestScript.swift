import Telemetry

/// A script in Prometheus's test language.
///
/// - Source: prometheus/prometheus, promql/promqltest/README.md.
public struct TestScript: Sendable {
  /// The script's file name.
  public let name: String
  /// The statements in order.
  public let statements: [TestStatement]

  /// Reads a script. A statement that cannot be read is kept as `malformed`, so that one mistake
  /// hides nothing else.
  public init(name: String, text: String) {
    self.name = name
    var reader = ScriptReader(text)
    statements = reader.statements()
  }
}

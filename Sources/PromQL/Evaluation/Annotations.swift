import Telemetry

/// Warnings and notes that an evaluation gathers, each once.
struct Annotations: Sendable {
  private var warningTexts: Set<String> = []
  private var infoTexts: Set<String> = []

  /// Adds `PromQL warning: <text> (line:column)`.
  mutating func warn(_ text: String, at position: SourceRange) {
    warningTexts.insert("PromQL warning: \(text) (\(position.line):\(position.column))")
  }

  /// Adds `PromQL info: <text> (line:column)`.
  mutating func note(_ text: String, at position: SourceRange) {
    infoTexts.insert("PromQL info: \(text) (\(position.line):\(position.column))")
  }

  /// The warnings, sorted.
  var warnings: [String] { warningTexts.sorted { $0.precedesInBytes($1) } }

  /// The notes, sorted.
  var infos: [String] { infoTexts.sorted { $0.precedesInBytes($1) } }
}

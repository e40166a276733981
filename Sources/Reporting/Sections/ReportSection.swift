import Detection
import Reasoning
import Telemetry

/// One section of `report.md`.
protocol ReportSection: Sendable {
  /// The heading.
  var title: String { get }

  /// The section's lines of Markdown; none when the bundle supports nothing to say, in which case
  /// the heading is left out as well.
  func body(in context: ReportContext) -> [String]
}

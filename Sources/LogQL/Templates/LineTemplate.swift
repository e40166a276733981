import Telemetry
import Templates

/// The template of `line_format` or of a label made ready.
///
/// - Source: Loki 3, pkg/logql/log/fmt.go.
struct LineTemplate: Sendable {
  private let template: TextTemplate

  /// The labels that the template reads; nil for all of them.
  var fields: [String]? { template.fields }

  init(_ text: String) throws(TemplateError) {
    template = try TextTemplate(text, functions: LineFunctions.table, limits: Self.limits)
  }

  /// The longest line made of a template, and the commands run for one.
  static let limits = TemplateLimits(outputBytes: 4 << 20, steps: 20_000)

  /// The text for an entry.
  ///
  /// - Parameter line: The line as it stands before the template.
  func text(
    labels: LabelSet, line: UnsafeRawBufferPointer, nanoseconds: Int64
  ) throws(TemplateError) -> String {
    try template.expanded(dot: .labels(labels.labels)) { arguments throws(TemplateError) in
      switch arguments.name {
      case "__line__": .text(Bytes.text(line))
      case "__timestamp__": .time(Timestamp(nanoseconds: nanoseconds))
      default: throw TemplateError("function \"\(arguments.name)\" not defined")
      }
    }
  }
}

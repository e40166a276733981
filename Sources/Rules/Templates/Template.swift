import Telemetry
import Templates

/// A label or annotation of an alert as it is written, with `{{ $labels.instance }}` and its like.
///
/// The language is Go's `text/template` with the functions of Prometheus; what cannot be expanded
/// gives a text that says why, as in Prometheus, and never fails.
///
/// - Source: https://prometheus.io/docs/prometheus/latest/configuration/template_reference
public struct Template: Sendable {
  /// The template as it was written.
  public let text: String
  /// What is wrong with the template, or nil.
  public let problem: String?
  private let template: TextTemplate?

  /// Reads a template; a mistake in it is told by `problem`.
  public init(_ text: String) {
    self.text = text
    do {
      template = try TextTemplate(
        text, functions: AlertFunctions.table, variables: AlertData.variables)
      problem = nil
    } catch {
      template = nil
      problem = "error parsing template: \(error)"
    }
  }

  /// Whether the text is the same for every alert.
  public var isConstant: Bool { !text.contains("{{") }

  /// Whether the template may ask queries of its own.
  public var mayQuery: Bool { !isConstant && text.contains("query") }

  /// The text for an alert.
  ///
  /// - Parameter query: Answers the queries of the template at the time of the alert.
  public func expanded(
    for alert: AlertData, query: @escaping (String) throws -> [TemplateSample]
  ) -> String {
    guard !isConstant, let template else {
      return problem.map { "<error expanding template: \($0)>" } ?? text
    }
    do {
      return try template.expanded(dot: alert.record, variables: alert.variables) {
        arguments throws(TemplateError) in
        try alert.value(of: arguments, query: query)
      }
    } catch {
      return "<error expanding template: error executing template: \(error)>"
    }
  }
}

/// What a template may know of its alert.
public struct AlertData: Sendable {
  /// The labels of the series, before the rule's own are added.
  public var labels: LabelSet
  /// The value.
  public var value: Double
  /// When the rule was evaluated.
  public var time: Timestamp
  /// The labels that a server adds to everything it sends.
  public var externalLabels: LabelSet
  /// Where the server is found.
  public var externalURL: String

  /// Makes the data of an alert.
  public init(
    labels: LabelSet, value: Double, time: Timestamp, externalLabels: LabelSet = .empty,
    externalURL: String = ""
  ) {
    self.labels = labels
    self.value = value
    self.time = time
    self.externalLabels = externalLabels
    self.externalURL = externalURL
  }

  /// The variables every template starts with.
  static let variables = ["labels", "externalLabels", "externalURL", "value"]

  /// The variables with their values.
  var variables: [(name: String, value: TemplateValue)] {
    [
      ("labels", .labels(labels.labels)), ("externalLabels", .labels(externalLabels.labels)),
      ("externalURL", .text(externalURL)), ("value", .number(value)),
    ]
  }

  /// The value of a function that depends on the alert.
  func value(
    of arguments: TemplateArguments, query: (String) throws -> [TemplateSample]
  ) throws(TemplateError) -> TemplateValue {
    switch arguments.name {
    case "externalURL": return .text(externalURL)
    case "pathPrefix": return .text(AlertFunctions.path(of: externalURL))
    case "now": return .number(time.seconds)
    case "query":
      try arguments.expect(1)
      let text = try arguments.text(0)
      do {
        return .samples(try query(text))
      } catch {
        throw TemplateError("error calling query: \(error)")
      }
    default: throw TemplateError("function \"\(arguments.name)\" not defined")
    }
  }

  /// The dot of the template.
  var record: TemplateValue {
    .record([
      ("Labels", .labels(labels.labels)), ("ExternalLabels", .labels(externalLabels.labels)),
      ("ExternalURL", .text(externalURL)), ("Value", .number(value)),
    ])
  }
}

import Telemetry

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
  private let nodes: [TemplateNode]

  /// Reads a template; a mistake in it is told by `problem`.
  public init(_ text: String) {
    self.text = text
    guard text.contains("{{") else {
      nodes = [.text(text)]
      problem = nil
      return
    }
    do {
      nodes = try TemplateParser.nodes(of: text, variables: AlertData.variables)
      problem = nil
    } catch {
      nodes = []
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
    guard !isConstant else { return text }
    if let problem { return "<error expanding template: \(problem)>" }
    do {
      var expansion = TemplateExpansion(alert: alert, query: query)
      return try expansion.text(of: nodes)
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

  /// The values of `variables`, in order.
  var values: [TemplateValue] {
    [
      .labels(labels.labels), .labels(externalLabels.labels), .text(externalURL), .number(value),
    ]
  }

  /// The dot of the template.
  var record: TemplateValue {
    .record([
      ("Labels", .labels(labels.labels)), ("ExternalLabels", .labels(externalLabels.labels)),
      ("ExternalURL", .text(externalURL)), ("Value", .number(value)),
    ])
  }
}

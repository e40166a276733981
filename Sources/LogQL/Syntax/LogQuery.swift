import PromQL
import Telemetry

/// A LogQL query: lines, or numbers made of lines.
///
/// - Source: https://grafana.com/docs/loki/latest/query, Loki 3.
public enum LogQuery: Hashable, Sendable {
  /// Log lines.
  case logs(LogSelector)
  /// Series over time.
  case metric(MetricExpression)
}

/// `{app="api"} |= "error" | json`
public struct LogSelector: Hashable, Sendable {
  /// The conditions on a stream's labels, in written order.
  public var matchers: [LabelMatcher]
  /// What happens to each line, in written order.
  public var stages: [PipelineStage]
  /// Where the braces stand.
  public var position: SourceRange
}

/// `name="expression"` after `json` or `logfmt`: a label and the field that it takes.
public struct FieldExtraction: Hashable, Sendable {
  /// The label.
  public var label: String
  /// The field, such as `request.headers[0]`.
  public var path: String
}

/// One assignment of `label_format`.
public enum LabelFormat: Hashable, Sendable {
  /// `to=from`
  case rename(to: String, from: String)
  /// `to="{{ .template }}"`
  case template(to: String, text: String)

  /// The label that is written.
  public var label: String {
    switch self {
    case .rename(let to, _), .template(let to, _): to
    }
  }
}

/// What `drop` and `keep` name.
public enum LabelChoice: Hashable, Sendable {
  /// A label, whatever its value.
  case name(String)
  /// A label with a certain value.
  case matcher(LabelMatcher)

  /// The label's name.
  public var name: String {
    switch self {
    case .name(let name): name
    case .matcher(let matcher): matcher.name
    }
  }
}

extension LogQuery {
  /// Every selector, in written order.
  public var selectors: [LogSelector] {
    switch self {
    case .logs(let selector): [selector]
    case .metric(let expression): expression.selectors
    }
  }
}

extension MetricExpression {
  /// How far back from a step the expression looks; negative when it looks forward only.
  public var reach: TimeSpan {
    switch self {
    case .range(let node):
      TimeSpan(nanoseconds: node.range.length.nanoseconds &+ node.range.offset.nanoseconds)
    case .aggregation(let node): node.operand.reach
    case .operation(let node): max(node.left.reach, node.right.reach)
    case .labelReplacement(let node): node.operand.reach
    case .number, .vector: .zero
    }
  }

  /// Every selector, in written order.
  public var selectors: [LogSelector] {
    switch self {
    case .range(let node): [node.range.selector]
    case .aggregation(let node): node.operand.selectors
    case .operation(let node): node.left.selectors + node.right.selectors
    case .labelReplacement(let node): node.operand.selectors
    case .number, .vector: []
    }
  }
}

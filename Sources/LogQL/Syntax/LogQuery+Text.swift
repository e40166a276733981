import Canonical
import PromQL
import Telemetry

extension LogQuery {
  /// The canonical text: parsing it gives an equal query, and equal queries have equal texts.
  public var text: String {
    switch self {
    case .logs(let selector): selector.text
    case .metric(let expression): expression.text
    }
  }
}

extension LogSelector {
  /// The canonical text.
  public var text: String {
    let matchers = "{" + matchers.map(\.logText).joined(separator: ", ") + "}"
    return ([matchers] + stages.map(\.text)).joined(separator: " ")
  }
}

extension PipelineStage {
  /// The canonical text, with its operator.
  public var text: String {
    switch action {
    case .lineFilter(let filter): filter.text
    case .json(let fields): "| json" + Self.text(fields)
    case .logfmt(let fields, let isStrict, let keepsEmpty):
      "| logfmt" + (isStrict ? " --strict" : "") + (keepsEmpty ? " --keep-empty" : "")
        + Self.text(fields)
    case .regexp(let pattern): "| regexp " + QuotedText.quoted(pattern)
    case .pattern(let pattern): "| pattern " + QuotedText.quoted(pattern)
    case .unpack: "| unpack"
    case .decolorize: "| decolorize"
    case .labelFilter(let condition): "| " + condition.text
    case .lineFormat(let template): "| line_format " + QuotedText.quoted(template)
    case .labelFormat(let formats):
      "| label_format " + formats.map(\.text).joined(separator: ", ")
    case .drop(let choices): "| drop " + choices.map(\.text).joined(separator: ", ")
    case .keep(let choices): "| keep " + choices.map(\.text).joined(separator: ", ")
    }
  }

  private static func text(_ fields: [FieldExtraction]) -> String {
    guard !fields.isEmpty else { return "" }
    let texts = fields.map { "\($0.label)=\(QuotedText.quoted($0.path))" }
    return " " + texts.joined(separator: ", ")
  }
}

extension LineFilter {
  fileprivate var text: String {
    let needles = alternatives.map { needle in
      switch needle {
      case .text(let text): QuotedText.quoted(text)
      case .address(let range): "ip(\(QuotedText.quoted(range)))"
      }
    }
    return comparison.rawValue + " " + needles.joined(separator: " or ")
  }
}

extension LabelFormat {
  fileprivate var text: String {
    switch self {
    case .rename(let to, let from): "\(to)=\(from)"
    case .template(let to, let text): "\(to)=\(QuotedText.quoted(text))"
    }
  }
}

extension LabelChoice {
  fileprivate var text: String {
    switch self {
    case .name(let name): name
    case .matcher(let matcher): matcher.logText
    }
  }
}

extension LabelMatcher {
  /// `name="value"`
  fileprivate var logText: String { name + comparison.rawValue + QuotedText.quoted(value) }
}

extension LabelCondition {
  fileprivate var text: String {
    switch self {
    case .text(let matcher): matcher.logText
    case .number(let label, let comparison, let value):
      label + comparison.rawValue + Canonical.text(value)
    case .duration(let label, let comparison, let nanoseconds):
      label + comparison.rawValue + GoDuration.text(nanoseconds: nanoseconds)
    case .bytes(let label, let comparison, let size): label + comparison.rawValue + "\(size)B"
    case .address(let label, let isNegated, let range):
      label + (isNegated ? "!=" : "=") + "ip(\(QuotedText.quoted(range)))"
    case .both(let left, let right): "(\(left.text) and \(right.text))"
    case .either(let left, let right): "(\(left.text) or \(right.text))"
    }
  }
}

extension MetricExpression {
  /// The canonical text.
  public var text: String {
    switch self {
    case .range(let node): node.text
    case .aggregation(let node): node.text
    case .operation(let node): node.text
    case .labelReplacement(let node): node.text
    case .number(let value): Canonical.text(value)
    case .vector(let value): "vector(\(Canonical.text(value)))"
    }
  }
}

extension RangeAggregation {
  fileprivate var text: String {
    let parameter = parameter.map { Canonical.text($0) + ", " } ?? ""
    return "\(function.rawValue)(\(parameter)\(range.text))"
      + (grouping.map { " " + $0.text } ?? "")
  }
}

extension LogRange {
  fileprivate var text: String {
    var text = selector.text
    if let unwrap { text += " " + unwrap.text }
    text += "[\(Canonical.text(length))]"
    return offset == .zero
      ? text : text + " offset \(GoDuration.text(nanoseconds: offset.nanoseconds))"
  }
}

extension Unwrap {
  fileprivate var text: String {
    let value = conversion.map { "\($0.rawValue)(\(label))" } ?? label
    return (["| unwrap \(value)"] + filters.map { "| " + $0.text }).joined(separator: " ")
  }
}

extension LabelGrouping {
  fileprivate var text: String {
    (isWithout ? "without" : "by") + " (" + labels.joined(separator: ", ") + ")"
  }
}

extension VectorAggregation {
  fileprivate var text: String {
    let grouping = grouping.map { " " + $0.text + " " } ?? ""
    let count = count.map { "\($0), " } ?? ""
    return "\(op.rawValue)\(grouping)(\(count)\(operand.text))"
  }
}

extension MetricOperation {
  fileprivate var text: String {
    var words = [op.rawValue]
    if returnsBool { words.append("bool") }
    if matching.isOn || !matching.labels.isEmpty || matching.cardinality == .manyToOne
      || matching.cardinality == .oneToMany
    {
      words.append(
        (matching.isOn ? "on" : "ignoring") + " (" + matching.labels.joined(separator: ", ") + ")")
    }
    switch matching.cardinality {
    case .manyToOne: words.append("group_left (\(matching.included.joined(separator: ", ")))")
    case .oneToMany: words.append("group_right (\(matching.included.joined(separator: ", ")))")
    case .oneToOne, .manyToMany: break
    }
    return "(\(left.text) \(words.joined(separator: " ")) \(right.text))"
  }
}

extension LabelReplacement {
  fileprivate var text: String {
    let texts = [target, replacement, source, pattern].map { QuotedText.quoted($0) }
    return "label_replace(" + ([operand.text] + texts).joined(separator: ", ") + ")"
  }
}

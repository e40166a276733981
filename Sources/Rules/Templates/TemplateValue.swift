import Canonical
import Telemetry

/// A value inside a template.
indirect enum TemplateValue: Sendable {
  /// What Go calls nil, and a missing member of `args`.
  case none
  case text(String)
  case number(Double)
  case integer(Int)
  case bool(Bool)
  /// A map of texts, such as `.Labels`; a missing key is an empty text.
  case labels([Label])
  /// One sample of a query.
  case sample(TemplateSample)
  /// The samples of a query.
  case samples([TemplateSample])
  /// What `args` gives, in order of its keys.
  case map([(key: String, value: TemplateValue)])
  /// Fields with fixed names, such as the data of an alert; a missing field is an error.
  case record([(key: String, value: TemplateValue)])
  /// An instant.
  case time(Timestamp)
  /// A length of time.
  case span(TimeSpan)
}

/// A sample of a query inside a template.
public struct TemplateSample: Sendable {
  /// The series' labels.
  public let labels: LabelSet
  /// The value.
  public let value: Double

  /// Makes a sample.
  public init(labels: LabelSet, value: Double) {
    self.labels = labels
    self.value = value
  }
}

extension TemplateValue {
  /// Whether `if` and `with` take the value for true.
  var isTrue: Bool {
    switch self {
    case .none: false
    case .text(let text): !text.isEmpty
    case .number(let number): number != 0
    case .integer(let number): number != 0
    case .bool(let bool): bool
    case .labels(let labels): !labels.isEmpty
    case .samples(let samples): !samples.isEmpty
    case .map(let entries): !entries.isEmpty
    case .sample, .record, .time: true
    case .span(let span): span != .zero
    }
  }

  /// The value as Go prints it with `%v`.
  var printed: String {
    switch self {
    case .none: "<no value>"
    case .text(let text): text
    case .number(let number): GoText.shortest(number)
    case .integer(let number): "\(number)"
    case .bool(let bool): "\(bool)"
    case .labels(let labels):
      "map[" + labels.map { "\($0.name):\($0.value)" }.joined(separator: " ") + "]"
    case .sample(let sample):
      "{\(TemplateValue.labels(sample.labels.labels).printed) \(GoText.shortest(sample.value))}"
    case .samples(let samples):
      "[" + samples.map { TemplateValue.sample($0).printed }.joined(separator: " ") + "]"
    case .map(let entries), .record(let entries):
      "map[" + entries.map { "\($0.key):\($0.value.printed)" }.joined(separator: " ") + "]"
    case .time(let instant): GoText.time(instant)
    case .span(let span): GoText.span(span)
    }
  }

  /// The type in Go's words, for messages.
  var typeName: String {
    switch self {
    case .none: "nil"
    case .text: "string"
    case .number: "float64"
    case .integer: "int"
    case .bool: "bool"
    case .labels: "map[string]string"
    case .sample: "sample"
    case .samples: "queryResult"
    case .map: "map[string]interface {}"
    case .record: "data of the alert"
    case .time: "time"
    case .span: "duration"
    }
  }

  /// The member called `name`.
  func field(_ name: String) throws(TemplateError) -> TemplateValue {
    switch self {
    case .labels(let labels):
      return .text(labels.first { $0.name.hasSameBytes(as: name) }?.value ?? "")
    case .map(let entries):
      return entries.first { $0.key.hasSameBytes(as: name) }?.value ?? .none
    case .record(let entries):
      guard let entry = entries.first(where: { $0.key.hasSameBytes(as: name) }) else {
        throw TemplateError("can't evaluate field \(name) in \(typeName)")
      }
      return entry.value
    case .sample(let sample) where name == "Labels": return .labels(sample.labels.labels)
    case .sample(let sample) where name == "Value": return .number(sample.value)
    default: throw TemplateError("can't evaluate field \(name) in type \(typeName)")
    }
  }
}

/// Why a template cannot be read or expanded.
struct TemplateError: Error, Sendable, CustomStringConvertible {
  let description: String

  init(_ description: String) {
    self.description = description
  }
}

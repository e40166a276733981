public import Telemetry

extension Redactor {
  /// The replacement of a document such as a Kubernetes object or a list of them; nil when it holds
  /// no secret.
  ///
  /// Besides what the rules find in its strings: every value of a Secret's `data` and `stringData`,
  /// values under keys that name a secret, in `name`/`value` pairs such as `env`, and behind flags
  /// such as `--password` in lists of arguments.
  ///
  /// - Throws: `RedactionError` when a rule cannot be run.
  public func redaction(of document: JSONValue) throws -> RedactedDocument? {
    var pass = DocumentPass(redactor: self)
    let redacted = try pass.redacted(document)
    return pass.rules.isEmpty ? nil : RedactedDocument(document: redacted, rules: pass.rules)
  }
}

/// One walk over a document in order of place.
private struct DocumentPass {
  let redactor: Redactor
  private(set) var rules: [String] = []

  /// The rule that names values of Secrets, which need no pattern.
  private static let secretRule = "kubernetes-secret"

  init(redactor: Redactor) {
    self.redactor = redactor
  }

  mutating func redacted(_ value: JSONValue) throws -> JSONValue {
    switch value {
    case .null, .bool: value
    case .number(let text): try redacted(number: text)
    case .string(let text): .string(try redacted(text))
    case .array(let elements): .array(try redacted(elements, under: ""))
    case .object(let members): .object(try redacted(members, of: value))
    }
  }

  // MARK: strings and numbers

  private mutating func redacted(_ text: String) throws -> String {
    try noting(redactor.redaction(ofString: text)) ?? text
  }

  private mutating func redacted(number text: String) throws -> JSONValue {
    let replacement = try noting(redactor.redaction(ofString: text))
    return replacement.map { .string($0) } ?? .number(text)
  }

  private mutating func redacted(_ value: JSONValue, under key: String) throws -> JSONValue {
    let text: String
    switch value {
    case .string(let string): text = string
    case .number(let number): text = number
    case .array(let elements):
      return .array(try redacted(elements, under: key))
    default: return try redacted(value)
    }
    guard let replacement = try noting(redactor.redaction(ofValue: text, named: key)) else {
      return try redacted(value)
    }
    return .string(replacement)
  }

  private mutating func noting(_ redaction: RedactedText?) -> String? {
    guard let redaction else { return nil }
    rules += redaction.rules
    return String(decoding: redaction.bytes, as: UTF8.self)
  }

  // MARK: lists and objects

  private mutating func redacted(
    _ elements: [JSONValue], under key: String
  ) throws -> [JSONValue] {
    var flag: String?
    return try elements.map { element in
      let previous = flag
      flag = element.string.flatMap { $0.hasPrefix("-") && !$0.contains("=") ? $0 : nil }
      let isArgument = element.string != nil && flag == nil
      return try redacted(element, under: isArgument ? previous ?? key : key)
    }
  }

  private mutating func redacted(
    _ members: [JSONMember], of object: JSONValue
  ) throws -> [JSONMember] {
    let isSecret = Self.isSecret(object)
    let name = object["name"]?.string ?? object["key"]?.string
    return try members.map { member in
      let key = try redacted(member.key)
      if isSecret && (member.key == "data" || member.key == "stringData") {
        return JSONMember(key: key, value: withoutValues(member.value))
      }
      if let name, member.key == "value" {
        return JSONMember(key: key, value: try redacted(member.value, under: name))
      }
      return JSONMember(key: key, value: try redacted(member.value, under: member.key))
    }
  }

  private mutating func withoutValues(_ value: JSONValue) -> JSONValue {
    let marker = String(decoding: RedactionMarker.bytes(for: Self.secretRule), as: UTF8.self)
    switch value {
    case .null, .string(marker): return value
    case .object(let members):
      return .object(
        members.map { JSONMember(key: $0.key, value: withoutValues($0.value)) })
    default:
      rules.append(Self.secretRule)
      return .string(marker)
    }
  }

  /// Whether `object` is a Secret; items of a typed list have no kind, but a Secret has a type
  /// beside its data, and only Secrets have `stringData`.
  private static func isSecret(_ object: JSONValue) -> Bool {
    if let kind = object["kind"]?.string { return kind == "Secret" }
    guard object["metadata"] != nil else { return false }
    return object["stringData"] != nil
      || (object["data"] != nil && object["type"]?.string != nil)
  }
}

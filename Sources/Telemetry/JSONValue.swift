/// A parsed JSON document, for small bodies such as one Kubernetes object or a manifest.
///
/// Telemetry never takes this form: samples and log lines are read by the streaming cursor.
public indirect enum JSONValue: Hashable, Sendable {
  case null
  case bool(Bool)
  /// A number as it was written, so that no digit is lost.
  case number(String)
  case string(String)
  case array([JSONValue])
  /// Members in the order they were written; a repeated key keeps its last value.
  case object([JSONMember])

  /// The member called `key`, compared as bytes, or nil.
  public subscript(key: String) -> JSONValue? {
    guard case .object(let members) = self else { return nil }
    return members.first { $0.key.hasSameBytes(as: key) }?.value
  }

  /// The text of a string, or nil.
  public var string: String? {
    if case .string(let text) = self { text } else { nil }
  }

  /// The value of a whole number that fits, or nil.
  public var integer: Int64? {
    if case .number(let text) = self { Int64(text) } else { nil }
  }

  /// The value of a number, or nil.
  public var double: Double? {
    if case .number(let text) = self { Double(text) } else { nil }
  }

  /// The value of a Boolean, or nil.
  public var bool: Bool? {
    if case .bool(let value) = self { value } else { nil }
  }

  /// The elements of an array; empty for anything else.
  public var elements: [JSONValue] {
    if case .array(let elements) = self { elements } else { [] }
  }

  /// The members of an object; empty for anything else.
  public var members: [JSONMember] {
    if case .object(let members) = self { members } else { [] }
  }
}

/// One member of a JSON object.
public struct JSONMember: Hashable, Sendable {
  /// The member's key.
  public let key: String
  /// The member's value.
  public let value: JSONValue

  /// Makes a member.
  public init(key: String, value: JSONValue) {
    self.key = key
    self.value = value
  }
}

/// Replaces secrets in captured values before they reach a bundle.
///
/// Implementations are pure: the same value gives the same replacement, in any order and on any
/// thread. A rule that fails throws, and nothing is written.
public protocol Redacting: Sendable {
  /// The replacement of a line of text or a label value, UTF-8; nil when it holds no secret.
  func redaction(of text: UnsafeRawBufferPointer) throws -> RedactedText?
  /// The replacement of a value that stands under a name, such as a label's; nil when it is no
  /// secret. The name may tell what the value alone does not.
  func redaction(of value: String, under name: String) throws -> RedactedText?
  /// The replacement of a document such as a Kubernetes object; nil when it holds no secret.
  func redaction(of document: JSONValue) throws -> RedactedDocument?
}

extension Redacting {
  /// The replacement of the value as a text, whatever its name.
  public func redaction(of value: String, under name: String) throws -> RedactedText? {
    var copy = value
    return try copy.withUTF8 { try redaction(of: UnsafeRawBufferPointer($0)) }
  }
}

/// Text with its secrets replaced.
public struct RedactedText: Hashable, Sendable {
  /// The text, UTF-8.
  public let bytes: [UInt8]
  /// The rule of every replaced value, in order of place.
  public let rules: [String]

  /// Makes redacted text.
  public init(bytes: [UInt8], rules: [String]) {
    self.bytes = bytes
    self.rules = rules
  }
}

/// A document with its secrets replaced.
public struct RedactedDocument: Hashable, Sendable {
  /// The document.
  public let document: JSONValue
  /// The rule of every replaced value, in order of place.
  public let rules: [String]

  /// Makes a redacted document.
  public init(document: JSONValue, rules: [String]) {
    self.document = document
    self.rules = rules
  }
}

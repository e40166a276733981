import JSONStream
import Policies
import Redaction
import Telemetry

extension Redactor {
  /// The text after redaction, for comparing with literals.
  func redacted(_ text: String) throws -> String {
    try result(text).map { String(decoding: $0.bytes, as: UTF8.self) } ?? text
  }

  func result(_ text: String) throws -> RedactedText? {
    try Array(text.utf8).withUnsafeBytes { try redaction(of: $0) }
  }

  /// The document of a JSON text after redaction.
  func redacted(document text: String) throws -> JSONValue {
    let document = try JSONValue(parsing: Array(text.utf8))
    return try redaction(of: document)?.document ?? document
  }
}

/// The built-in policy, compiled once for all tests.
let standardRedactor = Result { try Redactor() }

import Policies
public import Telemetry

/// Replaces secrets by markers such as `[redacted:jwt]`, keeping the shape around them: a line of
/// JSON stays JSON, logfmt stays logfmt.
///
/// One pass over the bytes decides which rules run at all. Replacing is deterministic, safe on
/// several threads, and changes nothing in text that is already redacted.
public struct Redactor: Redacting {
  let finder: SecretFinder

  /// Makes a redactor of a policy.
  ///
  /// - Throws: `RedactionError` when a pattern of a rule does not compile.
  public init(policy: RedactionPolicy = .builtIn()) throws {
    finder = try SecretFinder(policy)
  }

  /// Makes a redactor of a directory's `redaction.json`; of the built-in policy when it has none or
  /// there is no directory.
  ///
  /// - Throws: `PolicyError` when the file has mistakes, `RedactionError` as above.
  public init(policyDirectory: String?) throws {
    try self.init(policy: policyDirectory.map(RedactionPolicy.load(directory:)) ?? .builtIn())
  }

  /// The ids of the rules in use, in order of the policy.
  public var rules: [String] { finder.rules.map(\.id) }

  /// The replacement of a line of text or a label value, UTF-8; nil when it holds no secret.
  ///
  /// - Throws: `RedactionError` when a rule cannot be run.
  public func redaction(of text: UnsafeRawBufferPointer) throws -> RedactedText? {
    let candidates = try finder.candidates(in: text)
    guard !candidates.isEmpty else { return nil }
    return try redaction(of: Array(text), candidates: candidates, scope: .lines)
  }

  /// Where `text` holds secrets: none after redaction, by any rule in use.
  ///
  /// - Throws: `RedactionError` when a rule cannot be run.
  public func findings(in text: UnsafeRawBufferPointer) throws -> [RedactionFinding] {
    let candidates = try finder.candidates(in: text)
    guard !candidates.isEmpty else { return [] }
    return try finder.secrets(in: Array(text), candidates: candidates, scope: .lines).map {
      RedactionFinding(rule: finder.rules[$0.rule].id, range: $0.range)
    }
  }

  /// The replacement of one string of a document; nil when it holds no secret.
  func redaction(ofString text: String) throws -> RedactedText? {
    var copy = text
    let candidates = try copy.withUTF8 { try finder.candidates(in: UnsafeRawBufferPointer($0)) }
    guard !candidates.isEmpty else { return nil }
    return try redaction(of: Array(text.utf8), candidates: candidates, scope: .documents)
  }

  /// The replacement of a value that stands under `name`, such as a label's or an environment
  /// variable's; nil when neither the name nor the value tells of a secret.
  ///
  /// - Throws: `RedactionError` when a rule cannot be run.
  public func redaction(of value: String, under name: String) throws -> RedactedText? {
    if let whole = try redaction(ofValue: value, named: name) { return whole }
    var copy = value
    return try copy.withUTF8 { try redaction(of: UnsafeRawBufferPointer($0)) }
  }

  /// The replacement of a value because of its name; nil when the name names no secret.
  func redaction(ofValue value: String, named name: String) throws -> RedactedText? {
    let bytes = Array(value.utf8)
    guard let span = try finder.secret(bytes, under: Array(name.utf8)) else { return nil }
    let id = finder.rules[span.rule].id
    return RedactedText(
      bytes: bytes[..<span.range.lowerBound] + RedactionMarker.bytes(for: id)
        + bytes[span.range.upperBound...],
      rules: [id])
  }

  func redaction(
    of text: [UInt8], candidates: [Int], scope: RedactionRule.Scope
  ) throws -> RedactedText? {
    let spans = try finder.secrets(in: text, candidates: candidates, scope: scope)
    guard !spans.isEmpty else { return nil }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.count)
    var copied = 0
    for span in spans {
      bytes += text[copied..<span.range.lowerBound]
      let mark = BareJSONValue(span.range, in: text).quotationMark
      bytes += mark + RedactionMarker.bytes(for: finder.rules[span.rule].id) + mark
      copied = span.range.upperBound
    }
    bytes += text[copied...]
    return RedactedText(bytes: bytes, rules: spans.map { finder.rules[$0.rule].id })
  }
}

/// A secret that a text holds.
public struct RedactionFinding: Hashable, Sendable {
  /// The rule that finds it.
  public let rule: String
  /// Its bytes.
  public let range: Range<Int>

  /// Makes a finding.
  public init(rule: String, range: Range<Int>) {
    self.rule = rule
    self.range = range
  }
}

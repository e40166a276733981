import Telemetry

/// The one place where a redactor meets captured values, before they become entries.
struct Redaction: Sendable {
  private let redactor: (any Redacting)?

  init(_ redactor: (any Redacting)?) {
    self.redactor = redactor
  }

  /// Whether there is a redactor at all.
  var isApplied: Bool { redactor != nil }

  /// The replacement of a text, or nil when it stays.
  func text(_ bytes: UnsafeRawBufferPointer, _ tally: inout RedactionTally) throws -> [UInt8]? {
    guard let redacted = try redactor?.redaction(of: bytes) else { return nil }
    tally.add(redacted.rules)
    return redacted.bytes
  }

  /// The text with its secrets replaced.
  func text(_ text: String, _ tally: inout RedactionTally) throws -> String {
    guard isApplied else { return text }
    var copy = text
    let bytes = try copy.withUTF8 { try self.text(UnsafeRawBufferPointer($0), &tally) }
    return bytes.map { String(decoding: $0, as: UTF8.self) } ?? text
  }

  /// The labels with the secrets in their values replaced; a label's name may tell of one, since
  /// queries make labels of what lines hold.
  func labels(_ labels: LabelSet, _ tally: inout RedactionTally) throws -> LabelSet {
    guard let redactor else { return labels }
    return LabelSet(
      try labels.labels.map { label in
        guard let safe = try redactor.redaction(of: label.value, under: label.name) else {
          return label
        }
        tally.add(safe.rules)
        return Label(name: label.name, value: String(decoding: safe.bytes, as: UTF8.self))
      })
  }

  /// The document with its secrets replaced.
  func document(_ document: JSONValue, _ tally: inout RedactionTally) throws -> JSONValue {
    guard let redacted = try redactor?.redaction(of: document) else { return document }
    tally.add(redacted.rules)
    return redacted.document
  }
}

/// How many values each rule replaced.
struct RedactionTally: Sendable {
  private(set) var counts: [String: Int] = [:]

  mutating func add(_ rules: [String]) {
    for rule in rules { counts[rule, default: 0] += 1 }
  }

  mutating func add(_ other: RedactionTally) {
    counts.merge(other.counts, uniquingKeysWith: +)
  }
}

import Canonical
import Reasoning
import Telemetry

/// The pieces that several JSON documents share, and the last step to bytes.
enum JSONText {
  /// The program and its version.
  static let tool = JSONValue.object([
    "name": .string(ToolIdentity.name), "version": .string(ToolIdentity.version),
  ])

  /// A document as canonical JSON in which characters that would act on a terminal or reverse text
  /// are written as `\u` escapes. The value is the same to any JSON parser.
  static func document(_ value: JSONValue) -> [UInt8] {
    let bytes = Canonical.json(value)
    guard bytes.contains(where: { $0 > 0x7E }) else { return bytes }
    var output: [UInt8] = []
    output.reserveCapacity(bytes.count)
    for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
      if scalar.value > 0x7E, PlainText.isHidden(scalar) || isSeparator(scalar) {
        for unit in UTF16.encode(scalar).map({ Array($0) }) ?? [] { output += escape(unit) }
      } else {
        output += UTF8.encode(scalar).map { Array($0) } ?? []
      }
    }
    return output
  }

  /// A score with one decimal, or null.
  static func score(_ value: Double?) -> JSONValue {
    guard let value, value.isFinite else { return .null }
    return .number(Canonical.text(value, decimals: 1))
  }

  /// A part of a score with two decimals, or null.
  static func part(_ value: Double?) -> JSONValue {
    guard let value, value.isFinite else { return .null }
    return .number(Canonical.text(value, decimals: 2))
  }

  static func time(_ instant: Timestamp?) -> JSONValue {
    instant.map { .time($0) } ?? .null
  }

  static func optional(_ text: String?) -> JSONValue {
    text.map { .string($0) } ?? .null
  }

  static func interval(_ range: TimeRange) -> JSONValue {
    .object(["start": .time(range.start), "end": .time(range.end)])
  }

  static func labels(_ labels: LabelSet) -> JSONValue {
    .object(labels.labels.map { JSONMember(key: $0.name, value: .string($0.value)) })
  }

  static func gap(_ gap: CoverageGap) -> JSONValue {
    .object([
      "source": .string(gap.source.rawValue),
      "subject": .string(gap.subject),
      "from": time(gap.range?.start),
      "to": time(gap.range?.end),
      "code": .string(gap.code.rawValue),
      "losesEvidence": .bool(gap.losesEvidence),
      "detail": .string(gap.detail),
    ])
  }

  static func chronicleEntry(_ entry: ChronicleEntry) -> JSONValue {
    .object([
      "time": .time(entry.time),
      "kind": .string(entry.kind.rawValue),
      "text": .string(entry.text),
      "evidence": .array(entry.evidence.map(JSONValue.string)),
    ])
  }

  private static func isSeparator(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value == 0x2028 || scalar.value == 0x2029
  }

  private static func escape(_ unit: UInt16) -> [UInt8] {
    let digits = Array("0123456789abcdef".utf8)
    return [UInt8(ascii: "\\"), UInt8(ascii: "u")]
      + [12, 8, 4, 0].map { digits[Int(unit >> $0 & 15)] }
  }
}

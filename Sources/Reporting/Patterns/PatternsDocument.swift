import Canonical
import LogPatterns
import Telemetry

/// `patterns --format json`.
public enum PatternsDocument {
  /// The report as one JSON document.
  public static func json(of report: PatternReport) -> [UInt8] {
    JSONText.document(
      .object([
        "schema": .string("oncall.patterns/1"),
        "tool": JSONText.tool,
        "source": .string(report.source),
        "window": report.window.map(JSONText.interval) ?? .null,
        "step": JSONText.optional(report.step.map { Canonical.text($0) }),
        "lines": .number(report.totals.mined.lines),
        "events": .number(report.totals.mined.events),
        "coarselyCounted": .number(report.totals.coarse),
        "longEvents": .number(report.totals.mined.cut),
        "shortenedLines": .number(report.totals.shortened),
        "outsideWindow": .number(report.totals.outside),
        "patterns": .array(report.rows.map { row($0, isTimed: report.window != nil) }),
      ]))
  }

  private static func row(_ row: PatternRow, isTimed: Bool) -> JSONValue {
    let pattern = row.pattern
    let firstKey = isTimed ? "firstSeen" : "firstLine"
    let lastKey = isTimed ? "lastSeen" : "lastLine"
    return .object([
      JSONMember(key: "id", value: .string(pattern.id)),
      JSONMember(key: "template", value: .string(pattern.template)),
      JSONMember(key: "count", value: .number(pattern.count)),
      JSONMember(key: firstKey, value: instant(pattern.first, isTimed)),
      JSONMember(key: lastKey, value: instant(pattern.last, isTimed)),
      JSONMember(key: "levels", value: levels(pattern)),
      JSONMember(
        key: "errorShare", value: .number(Canonical.text(pattern.errorShare, decimals: 4))),
      JSONMember(key: "services", value: .array(row.services.map(JSONValue.string))),
      JSONMember(key: "change", value: JSONText.optional(row.change?.kind.rawValue)),
      JSONMember(key: "suspicious", value: row.change.map { .bool($0.isSuspicious) } ?? .null),
      JSONMember(key: "streams", value: .array(row.streams.map(stream))),
      JSONMember(key: "countsByStep", value: .array(countsByStep(row))),
      JSONMember(key: "similar", value: .array(row.similar.map(JSONValue.string))),
      JSONMember(key: "variables", value: .array(pattern.variables.map(variable))),
      JSONMember(
        key: "example", value: .string(String(decoding: pattern.example, as: UTF8.self))),
    ])
  }

  private static func stream(_ stream: PatternStream) -> JSONValue {
    .object(["labels": JSONText.labels(stream.labels), "count": .number(stream.count)])
  }

  /// Events in each step, for what changed; a steady pattern has its count alone.
  private static func countsByStep(_ row: PatternRow) -> [JSONValue] {
    row.change?.kind == .steady ? [] : row.steps.map { JSONValue.number($0) }
  }

  private static func instant(_ value: Int64, _ isTimed: Bool) -> JSONValue {
    isTimed ? .time(Timestamp(nanoseconds: value)) : .number(value)
  }

  private static func levels(_ pattern: LogPattern) -> JSONValue {
    .object(
      LogLevel.allCases.compactMap { level in
        let count = pattern.levels[Int(level.rawValue)]
        return count > 0 ? JSONMember(key: "\(level)", value: .number(count)) : nil
      })
  }

  private static func variable(_ variable: PatternVariable) -> JSONValue {
    .object([
      "cardinality": .number(variable.cardinality),
      "isExact": .bool(variable.isExact),
      "examples": .array(
        variable.examples.map { .string(String(decoding: $0, as: UTF8.self)) }),
    ])
  }
}

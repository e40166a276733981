import BundleStore
import Canonical
import Telemetry

/// `inspect` as one JSON document; schema `oncall.inspect/1`.
public enum InspectionDocument {
  /// The document with every file, input and gap.
  public static func json(of inspection: BundleInspection) -> [UInt8] {
    let manifest = inspection.manifest
    return JSONText.document(
      .object([
        "schema": .string("oncall.inspect/1"),
        "tool": JSONText.tool,
        "bundle": .object([
          "id": .string(manifest.bundleID),
          "schema": .string(Manifest.schema),
          "writtenBy": .string(manifest.tool),
          "window": JSONText.interval(manifest.window),
          "displayTimeZone": JSONText.optional(manifest.displayTimeZone),
        ]),
        "sources": .array(manifest.sources.map(source)),
        "files": .array(manifest.files.map(file)),
        "inputs": .array(manifest.inputs.map(input)),
        "coverage": .object([
          "verdict": .string(inspection.coverage.rawValue),
          "gaps": .array(manifest.gaps.map(JSONText.gap)),
        ]),
        "redaction": redaction(manifest.redaction),
        "checksums": .object([
          "checked": .number(manifest.files.count),
          "damaged": .array(inspection.damages.map(damage)),
        ]),
      ]))
  }

  private static func source(_ source: BundleSource) -> JSONValue {
    .object([
      "kind": .string(source.kind.rawValue),
      "version": .string(source.version),
      "scrapeInterval": JSONText.optional(source.scrapeInterval.map { Canonical.text($0) }),
      "lookback": JSONText.optional(source.lookback.map { Canonical.text($0) }),
      "eventHorizon": JSONText.time(source.eventHorizon),
    ])
  }

  private static func file(_ file: BundleFile) -> JSONValue {
    .object([
      "path": .string(file.path),
      "role": .string(file.role.rawValue),
      "source": .string(file.source.rawValue),
      "query": JSONText.optional(file.query?.expression),
      "bytes": .number(file.bytes),
      "sha256": .string(file.digest.hex),
      "records": .number(file.records),
      "firstTime": JSONText.time(file.firstTime),
      "lastTime": JSONText.time(file.lastTime),
    ])
  }

  private static func input(_ input: BundleInput) -> JSONValue {
    .object([
      "path": .string(input.path),
      "bytes": .number(input.bytes),
      "outcome": .string(input.outcome.rawValue),
      "entries": .array(input.entries.map(JSONValue.string)),
      "detail": .string(input.detail),
    ])
  }

  private static func redaction(_ summary: RedactionSummary) -> JSONValue {
    .object([
      "applied": .bool(summary.isApplied),
      "counts": .object(
        summary.counts.map { JSONMember(key: $0.rule, value: .number($0.count)) }),
    ])
  }

  private static func damage(_ damage: FileDamage) -> JSONValue {
    .object(["path": .string(damage.path), "reason": .string(damage.reason)])
  }
}

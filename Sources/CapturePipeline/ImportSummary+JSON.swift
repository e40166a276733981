import BundleStore
import Canonical
import Telemetry

extension ImportSummary {
  /// The summary as one JSON document.
  public var json: [UInt8] {
    Canonical.json(
      .object([
        "bundle": .object([
          "path": .string(path), "bytes": .number(bytes), "id": .string(manifest.bundleID),
        ]),
        "window": .object([
          "start": .time(manifest.window.start), "end": .time(manifest.window.end),
          "origin": .string(windowOrigin.rawValue),
        ]),
        "coverage": .string(manifest.coverage.rawValue),
        "volume": .object([
          "series": .number(volume.series), "samples": .number(volume.samples),
          "answers": .number(volume.answers), "streams": .number(volume.streams),
          "lines": .number(volume.lines), "events": .number(volume.events),
          "objects": .number(volume.objects), "documents": .number(volume.documents),
        ]),
        "redaction": .object([
          "applied": .bool(manifest.redaction.isApplied),
          "counts": .object(
            manifest.redaction.counts.map {
              JSONMember(key: $0.rule, value: .number($0.count))
            }),
        ]),
        "inputs": .array(manifest.inputs.map(Self.value)),
        "gaps": .array(manifest.gaps.map(Self.value)),
      ]))
  }

  private static func value(_ input: BundleInput) -> JSONValue {
    .object([
      "path": .string(input.path), "bytes": .number(input.bytes),
      "outcome": .string(input.outcome.rawValue),
      "entries": .array(input.entries.map { .string($0) }), "detail": .string(input.detail),
    ])
  }

  private static func value(_ gap: CoverageGap) -> JSONValue {
    .object([
      "source": .string(gap.source.rawValue), "subject": .string(gap.subject),
      "code": .string(gap.code.rawValue),
      "from": gap.range.map { .time($0.start) } ?? .null,
      "to": gap.range.map { .time($0.end) } ?? .null,
      "losesEvidence": .bool(gap.losesEvidence), "detail": .string(gap.detail),
    ])
  }
}

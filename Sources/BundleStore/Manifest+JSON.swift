import Canonical
import Telemetry

extension Manifest {
  /// The manifest as the document `manifest.json`, its keys in a fixed order.
  ///
  /// - Parameter members: Where each file's gzip member lies, in the order of `files`; nil for a
  ///   document that states no places.
  func document(members: [MemberLocation]?) -> JSONValue {
    var pairs: [JSONMember] = [
      JSONMember(key: "schema", value: .string(Manifest.schema)),
      JSONMember(key: "bundleId", value: .string(bundleID)),
      JSONMember(key: "tool", value: .string(tool)),
      JSONMember(
        key: "window",
        value: .object(["start": .time(window.start), "end": .time(window.end)])),
    ]
    if let displayTimeZone {
      pairs.append(JSONMember(key: "displayTimeZone", value: .string(displayTimeZone)))
    }
    pairs += [
      JSONMember(key: "sources", value: .array(sources.map(\.document))),
      JSONMember(
        key: "coverage",
        value: .object([
          "verdict": .string(coverage.rawValue), "gaps": .array(gaps.map(\.document)),
        ])),
      JSONMember(key: "redaction", value: redaction.document),
      JSONMember(key: "inputs", value: .array(inputs.map(\.document))),
      JSONMember(
        key: "files",
        value: .array(
          files.enumerated().map { index, file in file.document(member: members?[index]) })),
    ]
    return .object(pairs)
  }
}

/// Where the gzip member of one entry lies.
///
/// The offset counts from the end of the manifest's own member. Counted from the start of the file
/// it would depend on the compressed size of the manifest that states it.
struct MemberLocation: Hashable, Sendable {
  /// Bytes between the end of the manifest's member and the first byte of this one.
  let offset: Int
  /// Compressed bytes.
  let bytes: Int

  var document: JSONValue { .object(["offset": .number(offset), "bytes": .number(bytes)]) }
}

extension BundleSource {
  fileprivate var document: JSONValue {
    var pairs = [
      JSONMember(key: "kind", value: .string(kind.rawValue)),
      JSONMember(key: "version", value: .string(version)),
    ]
    if let scrapeInterval {
      pairs.append(JSONMember(key: "scrapeInterval", value: .span(scrapeInterval)))
    }
    if let lookback { pairs.append(JSONMember(key: "lookback", value: .span(lookback))) }
    if let eventHorizon {
      pairs.append(JSONMember(key: "eventHorizon", value: .time(eventHorizon)))
    }
    return .object(pairs)
  }
}

extension BundleFile {
  fileprivate func document(member: MemberLocation?) -> JSONValue {
    var pairs = [
      JSONMember(key: "path", value: .string(path)),
      JSONMember(key: "role", value: .string(role.rawValue)),
      JSONMember(key: "source", value: .string(source.rawValue)),
    ]
    if let query { pairs.append(JSONMember(key: "query", value: query.document)) }
    pairs += [
      JSONMember(key: "bytes", value: .number(bytes)),
      JSONMember(key: "sha256", value: .string(digest.hex)),
      JSONMember(key: "records", value: .number(records)),
    ]
    if let firstTime { pairs.append(JSONMember(key: "firstTime", value: .time(firstTime))) }
    if let lastTime { pairs.append(JSONMember(key: "lastTime", value: .time(lastTime))) }
    if let member { pairs.append(JSONMember(key: "gz", value: member.document)) }
    return .object(pairs)
  }
}

extension RecordedQuery {
  fileprivate var document: JSONValue {
    var pairs = [
      JSONMember(key: "api", value: .string(api)),
      JSONMember(key: "expression", value: .string(expression)),
    ]
    if let start { pairs.append(JSONMember(key: "start", value: .time(start))) }
    if let end { pairs.append(JSONMember(key: "end", value: .time(end))) }
    if let step { pairs.append(JSONMember(key: "step", value: .span(step))) }
    return .object(pairs)
  }
}

extension BundleInput {
  fileprivate var document: JSONValue {
    .object([
      "path": .string(path), "bytes": .number(bytes), "outcome": .string(outcome.rawValue),
      "entries": .array(entries.map(JSONValue.string)), "detail": .string(detail),
    ])
  }
}

extension CoverageGap {
  fileprivate var document: JSONValue {
    var pairs = [
      JSONMember(key: "source", value: .string(source.rawValue)),
      JSONMember(key: "subject", value: .string(subject)),
    ]
    if let range {
      pairs.append(JSONMember(key: "from", value: .time(range.start)))
      pairs.append(JSONMember(key: "to", value: .time(range.end)))
    }
    pairs += [
      JSONMember(key: "code", value: .string(code.rawValue)),
      JSONMember(key: "detail", value: .string(detail)),
      JSONMember(key: "losesEvidence", value: .bool(losesEvidence)),
    ]
    return .object(pairs)
  }
}

extension RedactionSummary {
  fileprivate var document: JSONValue {
    .object([
      "applied": .bool(isApplied),
      "counts": .array(
        counts.map { .object(["rule": .string($0.rule), "count": .number($0.count)]) }),
    ])
  }
}

extension JSONValue {
  /// A span as a Prometheus duration.
  fileprivate static func span(_ span: TimeSpan) -> JSONValue { .string(Canonical.text(span)) }
}

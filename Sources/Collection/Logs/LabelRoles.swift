import JSONStream
import LogQL
import Telemetry

/// Tells the labels that Loki indexes from the structured metadata that it merges into `stream`, so
/// that a pod whose lines carry trace ids is one stream and not thousands of one line each.
///
/// Certain are the names in Loki's own lists of labels and series. Where an export has none, names
/// of categorised answers count, and the rest is decided by what is known of the names (`indexNames`,
/// `metadataNames`) and otherwise by their values: a label whose values are nearly as many as its
/// lines identifies lines, not streams.
struct LabelRoles: Sendable {
  /// What a label of a stream object is.
  enum Role: Sendable {
    case index, metadata
    /// Extracted from the line by the query; the line itself holds it.
    case parsed
  }

  // Two names that Unicode calls equivalent share a role here, which merges no label sets.
  private var roles: [String: Role] = [:]
  private var isCertain = false

  init(_ answers: [ExportAnswer]) {
    let streams = answers.filter(\.holdsLokiStreams)
    let seen = NameStatistics(streams)
    for name in Self.listedNames(answers, seen: seen) {
      roles[name] = .index
      isCertain = true
    }
    for answer in streams where answer.body?.hasCategorisedLabels == true {
      guard case .logs(let table) = answer.content else { continue }
      for labels in table.streams {
        for label in labels.labels { roles[label.name] = .index }
      }
    }
    for name in seen.categorisedMetadata where roles[name] == nil { roles[name] = .metadata }
    for name in seen.names where roles[name] == nil {
      roles[name] = isCertain ? certainRole(name, seen) : guessedRole(name, seen)
    }
  }

  /// The role of the label called `name`.
  func role(of name: String) -> Role { roles[name] ?? .index }

  /// Labels that are index labels on any sensible Loki.
  private static let indexNames: Set = [
    "app", "cluster", "component", "container", "env", "environment", "exporter", "filename",
    "host", "hostname", "instance", "job", "namespace", "node", "node_name", "pod", "region",
    "service", "service_name", "source", "stream", "team", "tenant", "unit", "zone",
  ]

  /// Structured metadata that Loki and its agents add themselves.
  private static let metadataNames: Set = [
    "detected_level", "flags", "observed_timestamp", "request_id", "scope_name", "severity_number",
    "severity_text", "spanID", "spanId", "span_id", "traceID", "traceId", "trace_id",
  ]

  /// With this many lines the number of a label's values says something.
  private static let linesToJudge = 20

  /// A parser's answer may also hold metadata; names that other answers show too are that.
  private func certainRole(_ name: String, _ seen: NameStatistics) -> Role {
    if seen.isOnlyParsed(name), !Self.metadataNames.contains(name) { return .parsed }
    return .metadata
  }

  private func guessedRole(_ name: String, _ seen: NameStatistics) -> Role {
    if Self.indexNames.contains(name) { return .index }
    if Self.metadataNames.contains(name) { return .metadata }
    if seen.isOnlyParsed(name) { return .parsed }
    let (values, lines) = seen.cardinality(of: name)
    return lines >= Self.linesToJudge && values * 2 > lines ? .metadata : .index
  }

  /// The names in Loki's lists of labels and series.
  private static func listedNames(_ answers: [ExportAnswer], seen: NameStatistics) -> [String] {
    answers.flatMap { answer -> [String] in
      guard case .document(let document) = answer.content else { return [] }
      switch answer.kind {
      case .labelList:
        let names = (document["data"] ?? document).elements.compactMap(\.string)
        return isLokiLabelList(answer, names, seen) ? names : []
      case .seriesList:
        let series = (document["data"] ?? document).elements
        let isLoki = answer.request.map(\.isLoki) ?? !series.contains { $0["__name__"] != nil }
        return isLoki ? series.flatMap { $0.members.map(\.key) } : []
      default: return []
      }
    }
  }

  /// Without a request, a list is one of label names when streams show most of them as labels.
  private static func isLokiLabelList(
    _ answer: ExportAnswer, _ names: [String], _ seen: NameStatistics
  ) -> Bool {
    if let request = answer.request { return request.api == "/loki/api/v1/labels" }
    let known = names.filter { seen.names.contains($0) }.count
    return !names.contains("__name__") && known > 0 && known * 2 >= names.count
  }
}

extension ExportAnswer {
  /// Whether it holds log streams with labels as Loki gives them.
  var holdsLokiStreams: Bool { kind == .lokiStreams || kind == .logcliLines }

  /// The log query that it answers, or nil when it is unknown or no log query.
  var logSelector: LogSelector? {
    if case .logs(let selector)? = try? LogQuery.parse(expression) { selector } else { nil }
  }
}

/// Which labels stream objects show, in how many lines, with how many values.
private struct NameStatistics {
  /// The labels of stream objects, sorted by bytes.
  let names: [String]
  /// Names of structured metadata in answers that keep it apart, sorted by bytes.
  let categorisedMetadata: [String]
  private var lines: [String: Int] = [:]
  private var values: [String: Set<String>] = [:]
  private var parsedOnly: Set<String> = []

  init(_ answers: [ExportAnswer]) {
    var metadata: Set<String> = []
    var plain: Set<String> = []
    var parsed: Set<String> = []
    for answer in answers {
      guard case .logs(let table) = answer.content else { continue }
      let counts = Self.lineCounts(table)
      let hasParser = answer.logSelector?.extractsLabels ?? false
      for (labels, count) in zip(table.streams, counts) {
        for label in labels.labels {
          if hasParser { parsed.insert(label.name) } else { plain.insert(label.name) }
          lines[label.name, default: 0] += count
          values[label.name, default: []].insert(label.value)
        }
      }
      for labels in table.metadata { metadata.formUnion(labels.labels.map(\.name)) }
    }
    parsedOnly = parsed.subtracting(plain).subtracting(metadata)
    names = plain.union(parsed).sorted { $0.precedesInBytes($1) }
    categorisedMetadata = metadata.sorted { $0.precedesInBytes($1) }
  }

  /// Whether only answers of queries with a parser show the label.
  func isOnlyParsed(_ name: String) -> Bool { parsedOnly.contains(name) }

  /// The label's values, and the lines that carry it.
  func cardinality(of name: String) -> (values: Int, lines: Int) {
    (values[name]?.count ?? 0, lines[name] ?? 0)
  }

  private static func lineCounts(_ table: LogTable) -> [Int] {
    var counts = Array(repeating: 0, count: table.streams.count)
    for line in table.lines { counts[Int(line.stream)] += 1 }
    return counts
  }
}

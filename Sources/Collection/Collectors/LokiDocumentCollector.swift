import BundleStore
import Canonical
import JSONStream
import Telemetry

/// What Loki says about its logs: statistics, patterns, fields, volumes, labels, series and its
/// build, in `logs/`. The Kubernetes version goes to `kubernetes/`.
struct LokiDocumentCollector: Collector {
  func claims(_ index: Int, in context: CollectionContext) -> Bool {
    let answer = context.answers[index]
    return Self.isVolume(answer) || draft(index, answer) != nil
  }

  func collect(
    _ indices: [Int], in context: CollectionContext, emit: (CollectedEntry) throws -> Void
  ) throws -> Collected {
    let drafts = indices.compactMap { draft($0, context.answers[$0]) }
    var collected = try DocumentEntries.collect(drafts, in: context, emit: emit)
    let volumes = indices.filter { Self.isVolume(context.answers[$0]) }
    for (number, index) in volumes.enumerated() {
      try collect(volume: index, number: number + 1, in: context, &collected, emit: emit)
    }
    return collected
  }

  /// Whether an answer is Loki's own estimate of bytes per stream and not that of a query.
  static func isVolume(_ answer: ExportAnswer) -> Bool {
    guard case .samples = answer.content else { return false }
    return answer.request?.api.hasPrefix("/loki/api/v1/index/volume") ?? false
  }

  private func draft(_ index: Int, _ answer: ExportAnswer) -> DocumentEntries.Draft? {
    guard case .document(let document) = answer.content else { return nil }
    let data = document["data"] ?? document
    func draft(
      _ name: String, _ role: FileRole, _ records: Int, _ noun: String
    )
      -> DocumentEntries.Draft
    {
      DocumentEntries.Draft(
        index: index, name: name, role: role, records: records, detail: "\(records) \(noun)")
    }
    let query =
      answer.expression.isEmpty ? "" : "-" + EntrySlug.slug(answer.expression, fallback: "all")
    switch answer.kind {
    case .lokiStatistics: return draft("logs/index-stats", .logStatistics, 1, "index statistics")
    case .lokiPatterns:
      return draft("logs/patterns\(query)", .logStatistics, data.elements.count, "patterns")
    case .lokiDetectedFields:
      let fields = document["fields"]?.elements.count ?? 0
      return draft("logs/detected-fields\(query)", .logStatistics, fields, "detected fields")
    case .lokiBuild: return draft("logs/status-buildinfo", .status, 1, "status document")
    case .kubernetesVersion: return draft("kubernetes/version", .status, 1, "version document")
    case .labelList where answer.isLokiList:
      let name = EntrySlug.slug(answer.listName, fallback: "labels")
      return draft("logs/\(name)", .labels, data.elements.count, "names or values")
    case .seriesList where answer.isLokiList:
      return draft("logs/series", .labels, data.elements.count, "streams")
    default: return nil
    }
  }

  private func collect(
    volume index: Int, number: Int, in context: CollectionContext, _ collected: inout Collected,
    emit: (CollectedEntry) throws -> Void
  ) throws {
    let answer = context.answers[index]
    guard case .samples(let table) = answer.content else { return }
    let everything = CaptureWindow(
      range: TimeRange(start: Timestamp(nanoseconds: .min), end: Timestamp(nanoseconds: .max)),
      origin: .telemetry)
    let merged = try MergedSamples([table], window: everything) {
      try context.redaction.labels($0, &collected.tally)
    }
    let suffix = number == 1 ? "" : "-\(number)"
    let entry = CollectedEntry(
      path: "logs/index-volume\(suffix).json", role: .logStatistics, source: .loki,
      query: try answer.recordedQuery(context.redaction, &collected.tally), records: merged.count,
      content: merged.body(isVector: answer.kind == .prometheusVector))
    try emit(entry)
    collected.volume.documents += 1
    collected.inputs[index] = CollectedInput(
      outcome: .used, entries: [entry.path], detail: "\(merged.series.count) volumes")
  }
}

import BundleStore
import Canonical
import JSONStream
import Telemetry

/// Answers of PromQL expressions and LogQL metric queries, in `answers/`: derived data that is kept
/// to compare with, not to detect on.
struct RecordedAnswerCollector: Collector {
  func claims(_ index: Int, in context: CollectionContext) -> Bool {
    let answer = context.answers[index]
    if answer.kind == .prometheusScalar { return true }
    return context.groups.contains { !$0.isRaw && $0.indices.contains(index) }
      && !LokiDocumentCollector.isVolume(answer)
  }

  func collect(
    _ indices: [Int], in context: CollectionContext, emit: (CollectedEntry) throws -> Void
  ) throws -> Collected {
    let scalars = indices.filter { context.answers[$0].kind == .prometheusScalar }
    let entries = SampleEntries(folder: "answers", isRaw: false)
    let others = indices.filter { context.answers[$0].kind != .prometheusScalar }
    var collected = try entries.collect(others, in: context, emit: emit)
    for (number, index) in scalars.enumerated() {
      try collect(scalar: index, number: number + 1, in: context, &collected, emit: emit)
    }
    return collected
  }

  private func collect(
    scalar index: Int, number: Int, in context: CollectionContext, _ collected: inout Collected,
    emit: (CollectedEntry) throws -> Void
  ) throws {
    let answer = context.answers[index]
    guard case .document(let document) = answer.content else { return }
    let safe = try context.redaction.document(document.sortedByKey, &collected.tally)
    let name =
      "scalar-\(EntrySlug.numbered(number, EntrySlug.slug(answer.expression, fallback: "answer")))"
    let entry = CollectedEntry(
      path: "answers/\(name).json", role: .recordedAnswer, source: answer.source,
      query: try answer.recordedQuery(context.redaction, &collected.tally), records: 1,
      content: Canonical.json(safe, isPretty: false))
    try emit(entry)
    collected.volume.answers += 1
    collected.inputs[index] = CollectedInput(
      outcome: .recordedAnswer, entries: [entry.path], detail: "a scalar")
  }
}

import BundleStore
import Canonical
import JSONStream
import Telemetry

/// Log answers whose query rewrites lines (`| line_format` and its like): no line of them is a line
/// that was logged, so that they are recorded answers and not part of the log.
struct RewrittenLogCollector: Collector {
  func claims(_ index: Int, in context: CollectionContext) -> Bool {
    guard case .logs = context.answers[index].content else { return false }
    return context.answers[index].logSelector?.rewritesLines ?? false
  }

  func collect(
    _ indices: [Int], in context: CollectionContext, emit: (CollectedEntry) throws -> Void
  ) throws -> Collected {
    var collected = Collected()
    for (number, index) in indices.enumerated() {
      let answer = context.answers[index]
      guard case .logs(let table) = answer.content else { continue }
      let slug = EntrySlug.slug(answer.expression, fallback: "answer")
      let entry = CollectedEntry(
        path: "answers/log-\(EntrySlug.numbered(number + 1, slug)).json", role: .recordedAnswer,
        source: .loki, query: try answer.recordedQuery(context.redaction, &collected.tally),
        records: table.lines.count,
        content: Canonical.json(try body(table, context, &collected.tally), isPretty: false))
      try emit(entry)
      collected.volume.answers += 1
      collected.inputs[index] = CollectedInput(
        outcome: .recordedAnswer, entries: [entry.path],
        detail: "\(table.lines.count) lines that the query rewrote")
    }
    return collected
  }

  private func body(
    _ table: LogTable, _ context: CollectionContext, _ tally: inout RedactionTally
  ) throws -> JSONValue {
    let lines = Dictionary(grouping: table.lines, by: \.stream)
    var streams: [(labels: LabelSet, value: JSONValue)] = []
    for (number, labels) in table.streams.enumerated() {
      let safe = try context.redaction.labels(labels, &tally)
      let values = try (lines[Int32(clamping: number)] ?? []).map { line -> JSONValue in
        let text = String(
          decoding: table.text[Int(line.offset)..<Int(line.offset + line.length)], as: UTF8.self)
        let safeText = try context.redaction.text(text, &tally)
        return .array([.string(String(line.nanoseconds)), .string(safeText)])
      }
      let members = safe.labels.map { JSONMember(key: $0.name, value: .string($0.value)) }
      streams.append((safe, .object(["stream": .object(members), "values": .array(values)])))
    }
    streams.sort { $0.labels < $1.labels }
    let data: JSONValue = .object([
      "resultType": .string("streams"), "result": .array(streams.map(\.value)),
    ])
    return .object(["status": .string("success"), "data": data])
  }
}

import BundleStore
import Canonical
import JSONStream
import Telemetry

/// Makes entries of small JSON documents: one each, in canonical form, equal ones once.
struct DocumentEntries {
  /// One document on its way.
  struct Draft {
    let index: Int
    /// The path without number and suffix, such as `metrics/rules`.
    let name: String
    let role: FileRole
    let records: Int
    let detail: String
  }

  /// Writes the documents; of several with one name, all but the first carry a number.
  static func collect(
    _ drafts: [Draft], in context: CollectionContext, emit: (CollectedEntry) throws -> Void
  ) throws -> Collected {
    var collected = Collected()
    let byName = Dictionary(grouping: drafts, by: \.name)
    for name in byName.keys.sorted(by: { $0.precedesInBytes($1) }) {
      var written: [(content: [UInt8], path: String)] = []
      for draft in (byName[name] ?? []).sorted(by: { precedes($0, $1, in: context) }) {
        let answer = context.answers[draft.index]
        guard case .document(let document) = answer.content else { continue }
        let safe = try context.redaction.document(document.sortedByKey, &collected.tally)
        let content = Canonical.json(safe, isPretty: false)
        if let twin = written.first(where: { $0.content == content }) {
          collected.inputs[draft.index] = CollectedInput(
            outcome: .duplicate, entries: [twin.path], detail: "\(draft.detail), there already")
          continue
        }
        let number = written.isEmpty ? "" : "-\(written.count + 1)"
        let entry = CollectedEntry(
          path: "\(name)\(number).json", role: draft.role, source: answer.source,
          query: try answer.recordedQuery(context.redaction, &collected.tally),
          records: draft.records, content: content)
        try emit(entry)
        written.append((content, entry.path))
        collected.volume.documents += 1
        collected.inputs[draft.index] = CollectedInput(
          outcome: .used, entries: [entry.path], detail: draft.detail)
      }
    }
    return collected
  }

  private static func precedes(_ left: Draft, _ right: Draft, in context: CollectionContext) -> Bool
  {
    let digests = (context.answers[left.index].digest.hex, context.answers[right.index].digest.hex)
    return digests.0 == digests.1 ? left.index < right.index : digests.0.precedesInBytes(digests.1)
  }
}

extension ExportAnswer {
  /// The document of a small body, or null.
  var document: JSONValue {
    if case .document(let document) = content { document } else { .null }
  }
}

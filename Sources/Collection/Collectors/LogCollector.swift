import BundleStore
import Canonical
import JSONStream
import Telemetry

/// Log lines of any origin, Loki's answers, `logcli` output and plain files, as one log store in
/// `logs/`: every line once, in order of time.
///
/// `logs/streams.json` lists the streams as Loki's `/series` does; the parts count them from 0.
struct LogCollector: Collector {
  func claims(_ index: Int, in context: CollectionContext) -> Bool {
    let answer = context.answers[index]
    guard answer.logTable != nil else { return false }
    return !(answer.logSelector?.rewritesLines ?? false)
  }

  func collect(
    _ indices: [Int], in context: CollectionContext, emit: (CollectedEntry) throws -> Void
  ) throws -> Collected {
    var collected = Collected()
    let extracts = try extracts(indices, in: context, &collected.tally)
    let ranks = ranks(indices, in: context)
    let merged = LogStore(extracts, ranks: ranks)
    let (store, tally) = try merged.redacted(by: context.redaction, width: context.width)
    collected.tally.add(tally)
    let isFromLoki = indices.contains { context.answers[$0].holdsLokiStreams }
    let parts = try LogParts(store, source: isFromLoki ? .loki : .export).write(
      width: context.width, emit: emit)
    collected.volume.lines = store.records.count
    collected.volume.streams = store.streams.count
    for (position, index) in indices.enumerated() {
      let answer = context.answers[index]
      account(
        index, answer, extracts[position], contribution: merged.contributions[position],
        entries: parts.paths(covering: extracts[position].span), &collected)
    }
    collected.gaps += completeness(indices, extracts, merged, in: context)
    return collected
  }

  private func extracts(
    _ indices: [Int], in context: CollectionContext, _ tally: inout RedactionTally
  ) throws -> [LogExtract] {
    let made = try indices.orderedParallelMap(width: context.width) { index in
      let answer = context.answers[index]
      guard let table = answer.logTable else { preconditionFailure("BUG: no log at \(index)") }
      let isFile = answer.kind == nil
      var tally = RedactionTally()
      let extract = try LogExtract(
        table, roles: context.roles, window: context.window,
        fileLabels: isFile ? FileLabels.labels(of: answer.path) : nil,
        hasParser: answer.logSelector?.extractsLabels ?? false
      ).redactingLabels { try context.redaction.labels($0, &tally) }
      return (extract, tally)
    }
    for (_, part) in made { tally.add(part) }
    return made.map(\.0)
  }

  /// Answers that keep every line are the origin of lines that several hold, then those first by
  /// path.
  private func ranks(_ indices: [Int], in context: CollectionContext) -> [Int] {
    indices.enumerated().map { position, index in
      let selector = context.answers[index].logSelector
      let isFiltered = !(selector?.keepsEveryLine ?? true)
      let isParsed = selector?.extractsLabels ?? false
      let isPartial = context.answers[index].body?.hasCategorisedLabels ?? false
      let penalty = (isFiltered ? 4 : 0) + (isParsed ? 2 : 0) + (isPartial ? 1 : 0)
      return penalty * indices.count + position
    }
  }

  private func account(
    _ index: Int, _ answer: ExportAnswer, _ extract: LogExtract, contribution: Int,
    entries: [String], _ collected: inout Collected
  ) {
    let count = extract.lines.count
    if extract.outside > 0 {
      let part = OutsideWindow(
        source: answer.source, path: answer.path, count: extract.outside, noun: "lines")
      if count == 0 { return collected.lose(index, part) }
      collected.outside.append(part)
    }
    if let bad = answer.badLines, bad > 0 {
      collected.gaps.append(
        CoverageGap(
          source: answer.source, subject: answer.path, code: .malformed,
          detail: "\(bad) lines are no valid JSON and were left out; export the file again",
          losesEvidence: true))
    }
    let others = count - contribution
    collected.inputs[index] = CollectedInput(
      outcome: contribution == 0 ? .duplicate : .used, entries: entries,
      detail: others == 0
        ? "\(count) lines" : "\(count) lines, \(others) of them also in other answers")
  }

  private func completeness(
    _ indices: [Int], _ extracts: [LogExtract], _ store: LogStore, in context: CollectionContext
  ) -> [CoverageGap] {
    let numbers = Dictionary(
      uniqueKeysWithValues: store.streams.enumerated().map { ($1, Int32(clamping: $0)) })
    let pages = indices.indices.compactMap { position -> LogPage? in
      let (index, extract) = (indices[position], extracts[position])
      let answer = context.answers[index]
      guard answer.holdsLokiStreams, let table = answer.logTable else { return nil }
      let streams = Set(extract.streams.compactMap { numbers[$0] })
      return LogPage(
        answer: answer, table: table, streams: streams,
        isHeldElsewhere: store.shared[position] == extract.lines.count)
    }
    var gaps = LogCompleteness(pages: pages, streams: store.streams, window: context.window).gaps()
    for answer in context.answers where !pages.isEmpty {
      if let counts = LineCounts(answer) { gaps += counts.gaps(answer, store, context.window) }
    }
    return gaps
  }
}

extension ExportAnswer {
  /// The lines of a log, whatever its form; nil for anything else.
  var logTable: LogTable? {
    switch content {
    case .logs(let table), .text(.log(let table)): table
    default: nil
    }
  }

  /// Lines of a file of JSON lines that could not be read.
  var badLines: Int? { logTable?.badLines }
}

import BundleStore
import Canonical
import Telemetry

/// Makes one entry of every group of answers, numbered in order of their queries.
struct SampleEntries {
  /// The folder of the entries.
  let folder: String
  /// Whether they hold raw data.
  let isRaw: Bool

  func collect(
    _ indices: [Int], in context: CollectionContext, emit: (CollectedEntry) throws -> Void
  ) throws -> Collected {
    let wanted = Set(indices)
    let groups = context.groups.filter { $0.isRaw == isRaw && !wanted.isDisjoint(with: $0.indices) }
    var collected = Collected()
    let jobs = groups.enumerated().map { (number: $0 + 1, group: $1) }
    // In batches, so that finished entries do not pile up.
    for start in stride(from: 0, to: jobs.count, by: 16) {
      let batch = Array(jobs[start..<min(start + 16, jobs.count)])
      let results = try batch.orderedParallelMap(width: context.width) {
        try made($0.group, number: $0.number, in: context)
      }
      for (entry, part) in results {
        if let entry { try emit(entry) }
        collected.add(part)
      }
    }
    return collected
  }

  private func made(
    _ group: AnswerGroup, number: Int, in context: CollectionContext
  ) throws
    -> (CollectedEntry?, Collected)
  {
    var collected = Collected()
    let tables = group.indices.compactMap { index -> SampleTable? in
      if case .samples(let table) = context.answers[index].content { table } else { nil }
    }
    let merged = try MergedSamples(tables, window: context.window) {
      try context.redaction.labels($0, &collected.tally)
    }
    guard let span = merged.span else {
      for index in group.indices {
        collected.lose(index, outside(context.answers[index], context.window))
      }
      return (nil, collected)
    }
    var query = group.query
    query.expression = try context.redaction.text(query.expression, &collected.tally)
    let slug = EntrySlug.slug(query.expression, fallback: "answer")
    let entry = CollectedEntry(
      path: "\(folder)/\(EntrySlug.numbered(number, slug)).json", role: role(of: group),
      source: group.source, query: query, records: merged.count,
      firstTime: Timestamp(nanoseconds: span.lowerBound),
      lastTime: Timestamp(nanoseconds: span.upperBound),
      content: merged.body(isVector: group.isVector && !isRaw))
    describe(group, merged, entry, in: context, &collected)
    return (entry, collected)
  }

  private func role(of group: AnswerGroup) -> FileRole {
    guard isRaw else { return .recordedAnswer }
    return group.hasSampleTimes ? .metricSamples : .metricGrid
  }

  private func describe(
    _ group: AnswerGroup, _ merged: MergedSamples, _ entry: CollectedEntry,
    in context: CollectionContext, _ collected: inout Collected
  ) {
    if isRaw {
      collected.volume.series = merged.series.count
      collected.volume.samples = merged.count
    } else {
      collected.volume.answers = 1
    }
    for index in group.indices {
      guard case .samples(let table) = context.answers[index].content else { continue }
      collected.inputs[index] = CollectedInput(
        outcome: isRaw ? .used : .recordedAnswer, entries: [entry.path],
        detail: "\(table.series.count) series, \(table.samples.count) samples")
    }
    let paths = group.indices.map { context.answers[$0].path }
    let subject = paths.first ?? entry.path
    if merged.outside > 0 {
      collected.outside += group.indices.map { outside(context.answers[$0], context.window) }
        .filter { $0.count > 0 }
    }
    if merged.conflicts > 0 {
      collected.gaps.append(
        CoverageGap(
          source: group.source, subject: subject, code: .countMismatch,
          detail: "\(merged.conflicts) samples differ between \(paths.joined(separator: ", "));"
            + " the value of the first was kept",
          losesEvidence: true))
    }
  }

  private func outside(_ answer: ExportAnswer, _ window: CaptureWindow) -> OutsideWindow {
    var count = 0
    if case .samples(let table) = answer.content {
      count = table.samples.count { !window.contains($0.nanoseconds) }
    }
    return OutsideWindow(source: answer.source, path: answer.path, count: count, noun: "samples")
  }
}

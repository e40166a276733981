import BundleStore
import Canonical
import JSONStream
import Telemetry

/// Turns the files of an export into the content of a bundle.
///
/// The result depends on the content of the files and their places below the root of the export,
/// and on nothing else: not on their order, their absolute paths, times of files, or threads.
public struct ExportCollection {
  private let context: CollectionContext
  private let twins: [Int: Int]
  private let unanswered: [UnansweredRequest]

  /// Prepares the import of files that were read.
  ///
  /// - Parameters:
  ///   - answers: Every file found, in any order.
  ///   - window: The window asked for, or nil to take it from the export.
  ///   - redactor: Replaces secrets before anything is written; nil keeps them.
  ///   - width: Threads to use.
  /// - Throws: `CollectionError` when no window can be found.
  public init(
    _ answers: [ExportAnswer], window: TimeRange?, redactor: (any Redacting)?, width: Int
  ) throws {
    let roots = ExportRoots(answers)
    let placed = roots.placed(answers)
    unanswered = roots.unanswered(placed)
    twins = Self.twins(placed)
    let isUsable = placed.contains { $0.mayHoldTelemetry }
    guard isUsable else {
      throw CollectionError.nothingUsable(files: placed.count, gaps: Self.verdicts(placed))
    }
    guard let chosen = CaptureWindow.chosen(asked: window, answers: placed) else {
      throw CollectionError.noWindow(files: placed.count)
    }
    context = CollectionContext(
      answers: placed, window: chosen, roles: LabelRoles(placed),
      groups: AnswerGroup.groups(of: placed, excluding: Set(twins.keys)),
      redaction: Redaction(redactor), width: max(1, width))
  }

  /// The files of the export.
  public var fileCount: Int { context.answers.count }

  /// Makes the entries, giving each to `emit`, and says what became of every file.
  ///
  /// - Throws: `CollectionError` when nothing usable is left; errors of the redactor and of `emit`
  ///   pass through.
  public func collect(emit: (CollectedEntry) throws -> Void) throws -> CollectedExport {
    var collected = Collected()
    for (collector, indices) in assignments() where !indices.isEmpty {
      collected.add(try collector.collect(indices, in: context, emit: emit))
    }
    for (twin, original) in twins.sorted(by: { $0.key < $1.key }) {
      collected.inputs[twin] = CollectedInput(
        outcome: .duplicate, entries: collected.inputs[original]?.entries ?? [],
        detail: "the same bytes as \(context.answers[original].path)")
    }
    let isBeside = context.window.isAsked && !collected.volume.hasTimes
    guard !collected.volume.isEmpty, !(isBeside && !collected.outside.isEmpty) else {
      throw nothingLeft(collected)
    }
    let facts = SourceFacts(context)
    let sources = facts.sources(collected.volume)
    let warnings = try warningGaps(&collected.tally)
    let gaps =
      collected.gaps + OutsideWindow.gaps(collected.outside) + facts.gaps(collected.volume)
      + warnings + UnansweredRequest.gaps(unanswered)
    return CollectedExport(
      window: context.window.range, windowOrigin: context.window.origin, sources: sources,
      inputs: inputs(collected), gaps: gaps.sorted(),
      redaction: RedactionSummary(
        isApplied: context.redaction.isApplied,
        counts: collected.tally.counts.sorted { $0.key.precedesInBytes($1.key) }
          .map { RedactionSummary.RuleCount(rule: $0.key, count: $0.value) }),
      volume: collected.volume)
  }

  /// Which collector gets which answers, each exactly one.
  private func assignments() -> [(any Collector, [Int])] {
    let collectors = BuiltinCollectors.all
    var indices = Array(repeating: [Int](), count: collectors.count)
    for index in context.answers.indices where twins[index] == nil {
      let taker = collectors.firstIndex { $0.claims(index, in: context) }
      guard let taker else { preconditionFailure("BUG: no collector takes \(index)") }
      indices[taker].append(index)
    }
    return Array(zip(collectors, indices))
  }

  private func inputs(_ collected: Collected) -> [BundleInput] {
    context.answers.enumerated().map { index, answer in
      guard let input = collected.inputs[index] else {
        preconditionFailure("BUG: nobody says what became of \(answer.path)")
      }
      let entries = Set(input.entries).sorted { $0.precedesInBytes($1) }
      let notes = [input.detail] + answer.blemishes
      return BundleInput(
        path: answer.path, bytes: answer.bytes, outcome: input.outcome, entries: entries,
        detail: notes.joined(separator: "; "))
    }
  }

  private func nothingLeft(_ collected: Collected) -> CollectionError {
    let data = CaptureWindow.chosen(asked: nil, answers: context.answers)?.range
    return !collected.outside.isEmpty
      ? .nothingInWindow(context.window.range, data: data)
      : .nothingUsable(files: context.answers.count, gaps: collected.gaps)
  }
}

// MARK: Gaps that concern every kind of answer

extension ExportCollection {
  private static let wordsOfPartialAnswers = [
    "partial", "truncated", "unavailable", "limit", "omitted", "timeout", "timed out",
  ]

  /// Answers whose server warned that they are not whole.
  private func warningGaps(_ tally: inout RedactionTally) throws -> [CoverageGap] {
    var gaps: [CoverageGap] = []
    for answer in context.answers {
      let warnings = (answer.body?.warnings ?? []).filter { warning in
        let lower = warning.lowercased()
        return Self.wordsOfPartialAnswers.contains { lower.contains($0) }
      }
      guard !warnings.isEmpty else { continue }
      let words = warnings.sorted { $0.precedesInBytes($1) }.joined(separator: "; ")
      gaps.append(
        CoverageGap(
          source: answer.source, subject: answer.path, code: .serverPartial,
          detail: "the server says: \(try context.redaction.text(words, &tally))",
          losesEvidence: true))
    }
    return gaps
  }

  /// Files with the bytes and request of an earlier one; each maps to it.
  private static func twins(_ answers: [ExportAnswer]) -> [Int: Int] {
    var first: [String: Int] = [:]
    var twins: [Int: Int] = [:]
    for (index, answer) in answers.enumerated() where answer.mayHoldTelemetry {
      let request = answer.request
      let times = "\(request?.start?.nanoseconds ?? 0) \(request?.end?.nanoseconds ?? 0)"
      let key = "\(answer.digest.hex) \(request?.api ?? "") \(answer.expression) \(times)"
      if let original = first[key] { twins[index] = original } else { first[key] = index }
    }
    return twins
  }

  private static func verdicts(_ answers: [ExportAnswer]) -> [CoverageGap] {
    answers.map { answer in
      CoverageGap(
        source: .export, subject: answer.path, code: .unrecognised, detail: answer.verdict,
        losesEvidence: true)
    }
  }
}

extension ExportAnswer {
  /// Whether the file can hold telemetry at all.
  fileprivate var mayHoldTelemetry: Bool {
    switch content {
    case .samples(let table): !table.samples.isEmpty
    case .logs(let table), .text(.log(let table)): !table.lines.isEmpty
    case .objects(let objects, let events): !(objects.isEmpty && events.isEmpty)
    case .document: kind == .prometheusScalar
    default: false
    }
  }

  /// Why the file holds no telemetry, in words.
  fileprivate var verdict: String {
    switch content {
    case .malformed(let words): return words
    case .skipped(let reason, _): return reason
    case .text(let text): return Self.verdict(text)
    default: break
    }
    guard let body else { return "nothing recognisable" }
    if body.kind == .queryTable { return "a table of queries without the answers that it names" }
    return body.error ?? "\(body.kind.rawValue), which holds no telemetry by itself"
  }

  private static func verdict(_ text: PlainText) -> String {
    switch text {
    case .serverError(let words), .unrecognised(let words): words
    case .webPage(let title): "a web page (\(title))"
    case .empty: "an empty file"
    case .kubectlText: "a table for people"
    case .log: "a log without lines"
    }
  }

  /// What was repaired while reading.
  fileprivate var blemishes: [String] {
    var notes: [String] = []
    if let count = body?.replacedUTF8, count > 0 { notes.append("\(count) bytes were not UTF-8") }
    if let count = body?.duplicateKeys, count > 0 { notes.append("\(count) repeated keys") }
    return notes
  }
}

import BundleStore
import Telemetry

/// Turns the answers of one kind into entries of a bundle.
///
/// A new kind of input is one file in `Collectors/` and one line in `BuiltinCollectors.all`.
protocol Collector: Sendable {
  /// Whether the collector takes the answer at `index`. Of several, the first in the list gets it.
  func claims(_ index: Int, in context: CollectionContext) -> Bool

  /// Makes entries of the answers at `indices`, in ascending order, and says what became of each.
  func collect(
    _ indices: [Int], in context: CollectionContext, emit: (CollectedEntry) throws -> Void
  ) throws -> Collected
}

/// What every collector may know about the whole export.
struct CollectionContext: Sendable {
  /// Every file of the export, sorted by path.
  let answers: [ExportAnswer]
  let window: CaptureWindow
  /// Which labels of log streams are index labels.
  let roles: LabelRoles
  /// Answers of samples that belong together, raw ones told from derived ones.
  let groups: [AnswerGroup]
  let redaction: Redaction
  /// Threads to use; decides nothing about the result.
  let width: Int
}

/// One entry on its way into a bundle.
public struct CollectedEntry: Sendable {
  /// Its path in the bundle.
  public let path: String
  /// What it holds.
  public let role: FileRole
  /// Where it came from.
  public let source: SourceKind
  /// The query that it answers.
  public var query: RecordedQuery?
  /// Samples, lines, objects or documents.
  public let records: Int
  /// The earliest and latest time in it.
  public var firstTime: Timestamp?
  /// See `firstTime`.
  public var lastTime: Timestamp?
  /// Its bytes.
  public let content: [UInt8]
}

/// What a collector did.
struct Collected: Sendable {
  /// What became of each answer, by index.
  var inputs: [Int: CollectedInput] = [:]
  var gaps: [CoverageGap] = []
  /// What lies outside the window and was left out.
  var outside: [OutsideWindow] = []
  var tally = RedactionTally()
  var volume = CapturedVolume()

  mutating func add(_ other: Collected) {
    inputs.merge(other.inputs) { first, _ in first }
    gaps.append(contentsOf: other.gaps)
    outside.append(contentsOf: other.outside)
    tally.add(other.tally)
    volume.add(other.volume)
  }

  /// Records that everything in an answer lies outside the window.
  mutating func lose(_ index: Int, _ part: OutsideWindow) {
    inputs[index] = CollectedInput(
      outcome: .gap, detail: "all \(part.count) \(part.noun) lie outside the window")
    outside.append(part)
  }

  /// Records that an answer did not reach the bundle, and why.
  mutating func lose(_ index: Int, _ gap: CoverageGap) {
    inputs[index] = CollectedInput(outcome: .gap, detail: gap.detail)
    gaps.append(gap)
  }
}

/// Telemetry of one answer that lies outside the window.
struct OutsideWindow: Sendable {
  let source: SourceKind
  /// The answer's path.
  let path: String
  let count: Int
  /// What was counted: samples, lines or events.
  let noun: String

  /// One gap for each source and noun, so that a window cut from a long export stays readable.
  static func gaps(_ parts: [OutsideWindow]) -> [CoverageGap] {
    let groups = Dictionary(grouping: parts) { "\($0.source.rawValue) \($0.noun)" }
    return groups.keys.sorted { $0.precedesInBytes($1) }.compactMap { key in
      let group = (groups[key] ?? []).sorted { $0.path.precedesInBytes($1.path) }
      guard let first = group.first else { return nil }
      let total = group.reduce(0) { $0 + $1.count }
      let files = group.count == 1 ? first.path : "\(group.count) files"
      return CoverageGap(
        source: first.source, subject: first.noun, code: .outsideWindow,
        detail: "\(total) \(first.noun) of \(files) lie outside the window and were left out; widen"
          + " it with --from and --to to keep them",
        losesEvidence: false)
    }
  }
}

/// What became of one answer.
struct CollectedInput: Sendable {
  var outcome: InputOutcome
  /// Paths of the entries that hold its data.
  var entries: [String] = []
  var detail: String
}

/// How much telemetry a bundle holds.
public struct CapturedVolume: Hashable, Sendable {
  /// Raw metric series, and the samples in them.
  public var series = 0
  /// See `series`.
  public var samples = 0
  /// Recorded answers of expressions.
  public var answers = 0
  /// Log streams, and the lines in them.
  public var streams = 0
  /// See `streams`.
  public var lines = 0
  /// Kubernetes events.
  public var events = 0
  /// Kubernetes objects other than events.
  public var objects = 0
  /// Documents such as rules, targets and status.
  public var documents = 0

  /// Whether there is nothing to analyze.
  public var isEmpty: Bool { samples + lines + events + objects + answers == 0 }

  /// Whether there is anything that happened at a time, as opposed to objects as they were found.
  var hasTimes: Bool { samples + lines + events + answers > 0 }

  mutating func add(_ other: CapturedVolume) {
    series += other.series
    samples += other.samples
    answers += other.answers
    streams += other.streams
    lines += other.lines
    events += other.events
    objects += other.objects
    documents += other.documents
  }
}

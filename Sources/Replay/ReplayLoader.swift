import BundleStore
import Canonical
import JSONStream
import LogPatterns
import Telemetry

/// Reads a bundle into observations, up to one instant.
///
/// Every entry is read to its end, so every digest is verified. An entry that is damaged, missing
/// or malformed becomes a gap and adds nothing; the rest is used. Of the metrics, only raw ones
/// become series, and `ALERTS` wherever it stands; buckets of histograms are left out, since
/// nothing reads them. A window of very many steps gets wider ones. The result does not depend on
/// the number of threads.
public struct ReplayLoader {
  private let bundle: BundleReader
  private let step: TimeSpan
  private let threads: Int

  /// Makes a loader.
  ///
  /// - Parameters:
  ///   - step: The time between steps of the replay, positive.
  ///   - threads: Entries read at a time, at least 1.
  public init(_ bundle: BundleReader, step: TimeSpan = .minutes(1), threads: Int) {
    self.bundle = bundle
    self.step = step
    self.threads = threads
  }

  /// Reads everything at or before `asOf`; to the window's end when it is nil or later.
  ///
  /// - Throws: `ReplayError` when `asOf` is before the window; `BundleError` when the bundle was
  ///   refused or cannot be read at all.
  public func load(asOf: Timestamp? = nil) throws -> LoadedReplay {
    let manifest = bundle.manifest
    let window = manifest.window
    if let asOf, asOf < window.start { throw ReplayError.beforeWindow(asOf, window) }
    let end = min(asOf ?? window.end, window.end)
    let step = Self.step(step, over: TimeRange(start: window.start, end: end))
    let clock = ReplayClock(start: window.start, end: end, step: step)
    let (tables, others) = manifest.files.partitioned { $0.role == .logStreams }
    let streamFacts = try facts(of: tables, clock: clock, streams: [])
    let streams = streamFacts.flatMap { $0.streams }
    let facts = try streamFacts + facts(of: others, clock: clock, streams: streams)
    let observations = Observations(
      window: window, end: clock.end, step: step,
      series: SeriesChoice.withoutDuplicates(facts.flatMap(\.series)),
      logs: LogMerge.activity(of: facts.compactMap(\.logs), streams: streams, clock: clock),
      objects: Self.ordered(facts.flatMap(\.objects)),
      events: EventMerge.events(facts.flatMap(\.events), until: clock.end),
      sources: manifest.sources.map {
        ObservedSource(
          kind: $0.kind, scrapeInterval: $0.scrapeInterval, eventHorizon: $0.eventHorizon)
      })
    return LoadedReplay(
      observations: observations, gaps: facts.compactMap(\.gap).sorted(),
      patterns: LoadedPatterns(of: facts.compactMap(\.logs), streams: streams, clock: clock))
  }

  /// Reads the logs alone, over the whole window.
  public func loadLogPatterns() throws -> (patterns: LoadedPatterns, gaps: [CoverageGap]) {
    let window = bundle.manifest.window
    let clock = ReplayClock(
      start: window.start, end: window.end, step: Self.step(step, over: window))
    let tables = try facts(
      of: bundle.manifest.files.filter { $0.role == .logStreams }, clock: clock, streams: [])
    let streams = tables.flatMap { $0.streams }
    let parts = try facts(
      of: bundle.manifest.files.filter { $0.role == .logs }, clock: clock, streams: streams)
    return (
      LoadedPatterns(of: parts.compactMap(\.logs), streams: streams, clock: clock),
      (tables + parts).compactMap(\.gap).sorted()
    )
  }

  /// Reads `files`, the largest first so that threads finish together; results keep their order.
  private func facts(
    of files: [BundleFile], clock: ReplayClock, streams: [LabelSet]
  ) throws -> [EntryFacts] {
    let order = files.indices.sorted {
      files[$0].bytes == files[$1].bytes ? $0 < $1 : files[$0].bytes > files[$1].bytes
    }
    let reader = EntryReader(bundle: bundle, clock: clock, streams: streams)
    let found = try order.orderedParallelMap(width: threads) { try reader.facts(of: files[$0]) }
    var facts = Array(repeating: EntryFacts(), count: files.count)
    for (index, entry) in zip(order, found) { facts[index] = entry }
    return facts
  }

  /// `step`, doubled until the window has no more than `mostSteps`.
  static func step(_ step: TimeSpan, over window: TimeRange) -> TimeSpan {
    var wide = step
    while window.length.nanoseconds / wide.nanoseconds >= Int64(mostSteps) {
      wide = TimeSpan(nanoseconds: wide.nanoseconds * 2)
    }
    return wide
  }

  /// More steps than this, 34 days of minutes, are read in wider ones: a window is a stranger's
  /// word, and every step costs memory.
  static let mostSteps = 50_000

  private static func ordered(_ objects: [RecordedObject]) -> [RecordedObject] {
    objects.sorted { left, right in
      left.object.ref == right.object.ref
        ? left.path.precedesInBytes(right.path) : left.object.ref < right.object.ref
    }
  }
}

/// A bundle's content as observations, and what of it could not be read.
public struct LoadedReplay: Sendable {
  /// What was read.
  public let observations: Observations
  /// Entries that were damaged, missing or malformed, sorted.
  public let gaps: [CoverageGap]
  /// What the log lines say, by pattern.
  public let patterns: LoadedPatterns
}

/// The patterns of a bundle's logs; steps are those of the replay.
public struct LoadedPatterns: Sendable {
  /// What was counted, by numbers of `streams`.
  public let counts: PatternCounts
  /// The labels of each stream.
  public let streams: [LabelSet]
  /// The steps in which lines were counted.
  public let clock: ReplayClock
  /// Lines outside the window or of unknown streams, which count nowhere.
  public let outside: Int

  init(of parts: [LogPartCounts], streams: [LabelSet], clock: ReplayClock) {
    self.clock = clock
    counts = PatternCounts(joining: parts.compactMap(\.patterns))
    self.streams = streams
    outside = parts.reduce(0) { $0 + $1.outside }
  }
}

/// Why a bundle cannot be replayed.
public enum ReplayError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The instant to stop at lies before the window.
  case beforeWindow(Timestamp, TimeRange)

  /// What is wrong and what to do.
  public var description: String {
    switch self {
    case .beforeWindow(let instant, let window):
      "\(Canonical.text(instant)) is before the window of the bundle, which begins at"
        + " \(Canonical.text(window.start)): choose an instant inside it"
    }
  }
}

extension Array {
  /// The elements that satisfy `predicate`, and the others, both in their order.
  fileprivate func partitioned(_ predicate: (Element) -> Bool) -> ([Element], [Element]) {
    (filter(predicate), filter { !predicate($0) })
  }
}

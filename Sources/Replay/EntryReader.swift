import BundleStore
import JSONStream
import Telemetry

/// What one entry of a bundle contributes to observations.
struct EntryFacts: Sendable {
  var series: [RecordedSeries] = []
  var logs: LogPartCounts?
  var streams: [LabelSet] = []
  var objects: [RecordedObject] = []
  var events: [RecordedEvent] = []
  var gap: CoverageGap?
}

/// Reads one entry by its role.
struct EntryReader: Sendable {
  let bundle: BundleReader
  let clock: ReplayClock
  let streams: [LabelSet]

  /// The facts of `file`, or the gap that its damage leaves.
  ///
  /// - Throws: `BundleError` for what concerns more than this entry.
  func facts(of file: BundleFile) throws -> EntryFacts {
    do {
      return try bundle.read(file) { try facts(of: file, in: $0) }
    } catch let error as BundleError where error.severity == .damaged {
      if case .missing = error { return gap(file, .missingFile, "\(error)") }
      return gap(file, .damaged, "\(error)")
    } catch let error as JSONStreamError {
      return gap(file, .malformed, "\(file.path) is malformed: \(error)")
    } catch let error as LogPart.DamagedLine {
      return gap(file, .malformed, "\(file.path) is malformed: \(error)")
    }
  }

  private func gap(_ file: BundleFile, _ code: GapCode, _ detail: String) -> EntryFacts {
    var range: TimeRange?
    if let first = file.firstTime, let last = file.lastTime {
      range = TimeRange(start: first, end: last + TimeSpan(nanoseconds: 1))
    }
    var facts = EntryFacts()
    facts.gap = CoverageGap(
      source: file.source, subject: file.path, range: range, code: code, detail: detail,
      losesEvidence: true)
    return facts
  }

  private func facts(of file: BundleFile, in source: any ByteSource) throws -> EntryFacts {
    var facts = EntryFacts()
    switch file.role {
    case .metricGrid, .metricSamples:
      let sink = try seriesSink(of: file, in: source) { !$0.hasSuffix("_bucket") }
      facts = sink.histogramSeries.isEmpty ? facts : histogramGap(file, sink.histogramSeries.count)
      facts.series = recorded(sink, file)
    case .recordedAnswer:
      facts.series = recorded(
        try seriesSink(of: file, in: source) { $0 == "ALERTS" }, file)
    case .alerts:
      facts.series = try alerts(of: file, in: source)
    case .logs:
      var counter = LogPartCounter(path: file.path, clock: clock, streams: streams)
      try LogPart.read(source) { counter.add(at: $0, stream: $1, line: $2, metadata: $3) }
      facts.logs = counter.counts
    case .logStreams:
      let cursor = JSONCursor(source)
      facts.streams =
        try cursor.beginDocument() ? LogStreamTable.labels(in: cursor.readValue()) : []
    case .objects, .events:
      var sink = KubeSink(path: file.path, end: clock.end)
      _ = try ExportReader(source).read(into: &sink)
      facts.objects = sink.objects
      facts.events = sink.events
    case .rules, .targets, .metadata, .status, .labels, .logStatistics:
      break
    }
    return facts
  }

  private func seriesSink(
    of file: BundleFile, in source: any ByteSource, where isWanted: @escaping (String) -> Bool
  ) throws -> SeriesSink {
    var sink = SeriesSink(
      window: TimeRange(start: clock.start, end: clock.end),
      step: file.role == .metricSamples ? nil : file.query?.step, isWanted: isWanted)
    _ = try ExportReader(source).read(into: &sink)
    return sink
  }

  private func recorded(_ sink: SeriesSink, _ file: BundleFile) -> [RecordedSeries] {
    sink.finish().map { RecordedSeries(series: $0, path: file.path) }
  }

  /// No detector reads native histograms; what they would have told is missing.
  private func histogramGap(_ file: BundleFile, _ count: Int) -> EntryFacts {
    let series = count == 1 ? "1 series holds" : "\(count) series hold"
    return gap(
      file, .unrecognised,
      "\(series) native histograms, which this version does not read: export their classic"
        + " _bucket, _sum and _count series too")
  }

  /// Alerts that were firing at capture, as series from the time at which they became active.
  private func alerts(of file: BundleFile, in source: any ByteSource) throws -> [RecordedSeries] {
    var sink = SeriesSink(
      window: TimeRange(start: clock.start, end: clock.end), step: nil
    ) { _ in false }
    let document = try ExportReader(source).read(into: &sink).document
    let alerts = document?["data"]?["alerts"] ?? document?["alerts"]
    return (alerts?.elements ?? []).compactMap { AlertState.series(of: $0, file.path, clock) }
  }
}

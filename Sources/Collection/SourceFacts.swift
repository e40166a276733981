import BundleStore
import Canonical
import JSONStream
import Telemetry

/// What the documents of an export say about the systems that it came from.
struct SourceFacts {
  /// How long an API server keeps events unless `--event-ttl` says otherwise.
  ///
  /// - Source: kube-apiserver, `--event-ttl`, default 1h0m0s.
  private static let eventTTL = TimeSpan.minutes(60)

  private let context: CollectionContext

  init(_ context: CollectionContext) {
    self.context = context
  }

  /// The systems whose data is in the bundle, in order of kind.
  func sources(_ volume: CapturedVolume) -> [BundleSource] {
    var sources: [BundleSource] = []
    let answers = context.answers
    if volume.samples > 0 || answers.contains(where: { $0.source == .prometheus && $0.kind != nil })
    {
      sources.append(
        BundleSource(
          kind: .prometheus, version: prometheusVersion, scrapeInterval: scrapeInterval,
          lookback: lookback))
    }
    let isFromLoki = answers.contains { $0.source == .loki && $0.kind != nil }
    if isFromLoki { sources.append(BundleSource(kind: .loki, version: lokiVersion)) }
    if volume.objects + volume.events > 0 {
      sources.append(
        BundleSource(
          kind: .kubernetes, version: kubernetesVersion, eventHorizon: eventHorizon))
    }
    if volume.lines > 0, !isFromLoki { sources.append(BundleSource(kind: .export)) }
    return sources
  }

  /// Gaps that follow from what the sources are: expired events, steps wider than scrapes, and
  /// systems of which nothing was handed in.
  func gaps(_ volume: CapturedVolume) -> [CoverageGap] {
    [eventGap, stepGap].compactMap { $0 } + unaskedGaps(volume)
  }

  // MARK: Versions

  private var prometheusVersion: String {
    text(of: .prometheusStatus) { StatusPage($0) == .buildinfo ? $0["version"] : nil }
  }

  private var lokiVersion: String { text(of: .lokiBuild) { $0["version"] } }

  private var kubernetesVersion: String {
    text(of: .kubernetesVersion) { $0["gitVersion"] ?? $0["serverVersion"]?["gitVersion"] }
  }

  private func text(of kind: ExportKind, _ member: (JSONValue) -> JSONValue?) -> String {
    documents(kind).compactMap { member($0)?.string }.first ?? ""
  }

  private func documents(_ kind: ExportKind) -> [JSONValue] {
    context.answers.filter { $0.kind == kind }.map { $0.document["data"] ?? $0.document }
  }

  // MARK: Intervals

  /// From the spacing of samples where the export holds sample times, else from the targets, the
  /// configuration, or the finest step of a grid.
  private var scrapeInterval: TimeSpan? { statedInterval ?? gridStep }

  private var statedInterval: TimeSpan? {
    let targets = documents(.prometheusTargets).flatMap { $0["activeTargets"]?.elements ?? [] }
    let stated = targets.compactMap { $0["scrapeInterval"]?.string.flatMap(Canonical.span) }
    return sampleSpacing ?? mostCommon(stated) ?? configured
  }

  /// The most common distance of samples, to the second: scrapes are a few milliseconds off.
  private var sampleSpacing: TimeSpan? {
    let groups = context.groups.filter { $0.selector != nil && $0.hasSampleTimes }
    var spacings: [TimeSpan] = []
    for index in groups.flatMap(\.indices) {
      guard case .samples(let table) = context.answers[index].content else { continue }
      for series in table.series {
        let times = table.samples[series.samples].map(\.nanoseconds)
        spacings += zip(times.dropFirst(), times).map { later, earlier in
          .seconds((later &- earlier &+ 500_000_000) / 1_000_000_000)
        }
      }
    }
    return mostCommon(spacings.filter { $0 > .zero })
  }

  private var configured: TimeSpan? {
    for document in documents(.prometheusStatus) {
      guard let yaml = document["yaml"]?.string else { continue }
      for line in yaml.split(separator: "\n") {
        let parts = line.split(separator: ":").map { $0.filter { $0 != " " && $0 != "\r" } }
        if parts.count == 2, parts[0] == "scrape_interval" { return Canonical.span(parts[1]) }
      }
    }
    return nil
  }

  private var gridStep: TimeSpan? {
    context.groups.filter { $0.isRaw && !$0.hasSampleTimes }.compactMap(\.query.step).min()
  }

  private var lookback: TimeSpan? {
    documents(.prometheusStatus).compactMap {
      $0["query.lookback-delta"]?.string.flatMap(Canonical.span)
    }.first
  }

  /// Of equally common spans the shortest.
  private func mostCommon(_ spans: [TimeSpan]) -> TimeSpan? {
    let counts = Dictionary(grouping: spans, by: { $0 }).mapValues(\.count)
    return counts.keys.min { left, right in
      let pair = (counts[left] ?? 0, counts[right] ?? 0)
      return pair.0 == pair.1 ? left < right : pair.0 > pair.1
    }
  }

  private var stepGap: CoverageGap? {
    guard let scrape = statedInterval else { return nil }
    let coarse = context.groups.filter { $0.isRaw && ($0.query.step ?? .zero) > scrape }
    guard let widest = coarse.compactMap(\.query.step).max() else { return nil }
    return CoverageGap(
      source: .prometheus, subject: "metrics", code: .coarseStep,
      detail: "\(coarse.count) metrics have a step of up to \(Canonical.text(widest)), but are"
        + " scraped every \(Canonical.text(scrape)); what is shorter than a step can be invisible",
      losesEvidence: true)
  }

  // MARK: Events

  private var eventTimes: [Timestamp] {
    context.answers.flatMap { answer -> [Timestamp] in
      guard case .objects(_, let events) = answer.content else { return [] }
      return events.compactMap { $0.event.lastSeen ?? $0.event.firstSeen }
    }
  }

  /// The latest time at which the table says that something was captured, in whole seconds.
  private var capturedAt: Timestamp? {
    context.answers.compactMap { $0.request?.capturedAt }.max()
      .map { Timestamp(seconds: $0.nanoseconds / 1_000_000_000) }
  }

  /// The time before which events had expired at capture: its time less the default lifetime, or
  /// the earliest event when that is older, since then the lifetime was longer.
  private var eventHorizon: Timestamp? {
    guard let capturedAt else { return nil }
    let expired = capturedAt - Self.eventTTL
    return min(eventTimes.min() ?? expired, expired)
  }

  private var eventGap: CoverageGap? {
    let holdsEvents = !eventTimes.isEmpty
    guard holdsEvents, let horizon = eventHorizon, context.window.range.start < horizon else {
      return nil
    }
    return CoverageGap(
      source: .kubernetes, subject: "events",
      range: TimeRange(
        start: context.window.range.start, end: min(horizon, context.window.range.end)),
      code: .eventTTL,
      detail: "events are kept for a time only (1h by default); those before"
        + " \(Canonical.text(horizon)) had expired or may have when the export was made; export"
        + " sooner, or raise --event-ttl",
      losesEvidence: true)
  }

  private func unaskedGaps(_ volume: CapturedVolume) -> [CoverageGap] {
    let missing: [(SourceKind, Bool, String)] = [
      (.prometheus, volume.samples == 0, "no raw metrics; export plain selectors with query_range"),
      (.loki, volume.lines == 0, "no log lines; export the streams from Loki, or add log files"),
      (
        .kubernetes, volume.objects + volume.events == 0,
        "no Kubernetes objects; export them with `kubectl get … -o json`"
      ),
    ]
    return missing.filter(\.1).map { source, _, detail in
      CoverageGap(
        source: source, subject: source.rawValue, code: .notRequested, detail: detail,
        losesEvidence: true)
    }
  }
}

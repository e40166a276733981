import Canonical
import Telemetry

/// What a bundle says about itself; the entry `manifest.json`.
public struct Manifest: Sendable {
  /// The schema this version writes and the only major version it reads.
  public static let schema = "incident-bundle/1"

  /// `sha256:` and the digest over the sorted content lines.
  public var bundleID: String
  /// The captured window.
  public var window: TimeRange
  /// The incident's IANA time zone for display, when the capture named one.
  public var displayTimeZone: String?
  /// The tool that wrote the bundle; no part of the bundle id.
  public var tool: String
  /// Where the telemetry came from.
  public var sources: [BundleSource]
  /// Every entry but the manifest itself, sorted by path as bytes.
  public var files: [BundleFile]
  /// What was handed in or asked for, and what became of it.
  public var inputs: [BundleInput]
  /// How much of what was asked for is there.
  public var coverage: CoverageVerdict
  /// Everything that is missing.
  public var gaps: [CoverageGap]
  /// What redaction did.
  public var redaction: RedactionSummary

  /// Makes a manifest.
  public init(
    bundleID: String, window: TimeRange, displayTimeZone: String? = nil, tool: String,
    sources: [BundleSource], files: [BundleFile], inputs: [BundleInput],
    coverage: CoverageVerdict, gaps: [CoverageGap], redaction: RedactionSummary
  ) {
    self.bundleID = bundleID
    self.window = window
    self.displayTimeZone = displayTimeZone
    self.tool = tool
    self.sources = sources
    self.files = files
    self.inputs = inputs
    self.coverage = coverage
    self.gaps = gaps
    self.redaction = redaction
  }
}

/// One system that telemetry came from.
public struct BundleSource: Hashable, Sendable {
  /// Which system.
  public var kind: SourceKind
  /// Its version as it stated it; empty when it did not.
  public var version: String
  /// The scrape interval, when it is known.
  public var scrapeInterval: TimeSpan?
  /// How far back an instant query looks for a sample, when the server's flags say so.
  public var lookback: TimeSpan?
  /// For Kubernetes, the time before which events had expired at capture, when it is known.
  public var eventHorizon: Timestamp?

  /// Makes a source.
  public init(
    kind: SourceKind, version: String = "", scrapeInterval: TimeSpan? = nil,
    lookback: TimeSpan? = nil, eventHorizon: Timestamp? = nil
  ) {
    self.kind = kind
    self.version = version
    self.scrapeInterval = scrapeInterval
    self.lookback = lookback
    self.eventHorizon = eventHorizon
  }
}

/// One entry of a bundle.
public struct BundleFile: Hashable, Sendable {
  /// The entry's path, `[a-z0-9][a-z0-9._-]*` joined by `/`.
  public var path: String
  /// What the entry holds.
  public var role: FileRole
  /// Where it came from.
  public var source: SourceKind
  /// The query that produced it, for metrics and recorded answers.
  public var query: RecordedQuery?
  /// Uncompressed bytes.
  public var bytes: Int
  /// The digest of the uncompressed bytes.
  public var digest: ContentDigest
  /// Samples, lines, objects or documents.
  public var records: Int
  /// The earliest and latest time in it, both included; nil when it holds no times.
  public var firstTime: Timestamp?
  /// See `firstTime`.
  public var lastTime: Timestamp?

  /// Makes a file description.
  public init(
    path: String, role: FileRole, source: SourceKind, query: RecordedQuery? = nil, bytes: Int,
    digest: ContentDigest, records: Int, firstTime: Timestamp? = nil, lastTime: Timestamp? = nil
  ) {
    self.path = path
    self.role = role
    self.source = source
    self.query = query
    self.bytes = bytes
    self.digest = digest
    self.records = records
    self.firstTime = firstTime
    self.lastTime = lastTime
  }
}

/// What an entry holds.
public enum FileRole: String, Hashable, Sendable, CaseIterable {
  /// A matrix that answers a plain selector over a grid: `metrics/…`.
  case metricGrid = "metric-grid"
  /// A matrix with original sample times, from a range selector: `metrics/…`.
  case metricSamples = "metric-samples"
  /// The recorded answer of an expression: `answers/…`.
  case recordedAnswer = "recorded-answer"
  /// Prometheus rules, alerts, targets, metadata, status, lists: `metrics/…`.
  case rules, alerts, targets, metadata, status, labels
  /// Log lines in time order as JSON Lines: `logs/part-000000.jsonl`.
  case logs
  /// The table of log streams: `logs/streams.json`.
  case logStreams = "log-streams"
  /// Statistics, patterns and fields as Loki reported them: `logs/…`.
  case logStatistics = "log-statistics"
  /// A list of Kubernetes objects of one kind: `kubernetes/…`.
  case objects
  /// The list of Kubernetes events: `kubernetes/events.json`.
  case events
}

/// The query that produced a recorded body.
public struct RecordedQuery: Hashable, Sendable {
  /// The path of the API, such as `/api/v1/query_range`; empty when it is not known.
  public var api: String
  /// PromQL or LogQL; for a plain selector found without a table of queries, the metric name.
  public var expression: String
  /// The first and last step, both included; equal for an instant query; nil when not known.
  public var start: Timestamp?
  /// See `start`.
  public var end: Timestamp?
  /// The step of a grid; nil for an instant query or when not known.
  public var step: TimeSpan?

  /// Makes a query description.
  public init(
    api: String, expression: String, start: Timestamp? = nil, end: Timestamp? = nil,
    step: TimeSpan? = nil
  ) {
    self.api = api
    self.expression = expression
    self.start = start
    self.end = end
    self.step = step
  }
}

/// One file of an export, or one request of a capture, and what became of it.
public struct BundleInput: Hashable, Sendable {
  /// The path inside the export, below the folder that holds its table of queries.
  public var path: String
  /// Its size in bytes.
  public var bytes: Int
  /// What became of it.
  public var outcome: InputOutcome
  /// Bundle entries that hold its data, sorted.
  public var entries: [String]
  /// What a person should know: what it was recognised as, what was left out and why.
  public var detail: String

  /// Makes an input description.
  public init(path: String, bytes: Int, outcome: InputOutcome, entries: [String], detail: String) {
    self.path = path
    self.bytes = bytes
    self.outcome = outcome
    self.entries = entries
    self.detail = detail
  }
}

/// What became of an input file.
public enum InputOutcome: String, Hashable, Sendable, CaseIterable {
  /// Its data is in the bundle as raw telemetry or documents.
  case used
  /// It is in the bundle as the recorded answer of an expression.
  case recordedAnswer = "recorded-answer"
  /// Everything in it reached the bundle through another input.
  case duplicate
  /// It is not in the bundle; a gap says why.
  case gap
}

/// What redaction did to a bundle.
public struct RedactionSummary: Hashable, Sendable {
  /// Whether redaction ran.
  public var isApplied: Bool
  /// How many values each rule replaced, sorted by rule.
  public var counts: [RuleCount]

  /// Makes a summary.
  public init(isApplied: Bool, counts: [RuleCount] = []) {
    self.isApplied = isApplied
    self.counts = counts
  }

  /// How many values one rule replaced.
  public struct RuleCount: Hashable, Sendable {
    /// The rule's id, such as `jwt`.
    public var rule: String
    /// Replaced values.
    public var count: Int

    /// Makes a count.
    public init(rule: String, count: Int) {
      self.rule = rule
      self.count = count
    }
  }
}

import BundleStore
import Canonical
import JSONStream
import PromQL
import Telemetry

/// How the server that a bundle was captured from evaluated queries.
public struct RecordedServer: Hashable, Sendable {
  /// Its version; empty when the bundle does not state it.
  public let version: String
  /// Its `--query.lookback-delta`, when the bundle states it.
  public let lookback: TimeSpan?
  /// Its global evaluation interval, the inner step of a subquery that names none; nil when the
  /// bundle does not state it.
  public let evaluationInterval: TimeSpan?
  /// How often it scraped, when the bundle states it.
  public let scrapeInterval: TimeSpan?

  /// What a bundle says about its Prometheus.
  public init(of bundle: BundleReader) {
    let source = bundle.manifest.sources.first { $0.kind == .prometheus }
    version = source?.version ?? ""
    lookback = source?.lookback
    scrapeInterval = source?.scrapeInterval
    evaluationInterval =
      bundle.manifest.files.lazy
      .filter { $0.role == .status && $0.bytes <= Self.largestStatus }
      .compactMap { Self.evaluationInterval(of: $0, in: bundle) }.first
  }

  /// The options that evaluate as the server did; without a version, as Prometheus 3 does.
  ///
  /// - Parameters:
  ///   - lookback: What stands in for the server's own.
  ///   - readsScrapesFromGrid: Whether samples come from a grid as fine as the scrapes. An instant
  ///     of such a grid stands for a scrape before it, so the one at the left edge of a range
  ///     stands for a scrape that the server's range did not hold.
  public func options(lookback: TimeSpan? = nil, readsScrapesFromGrid: Bool) -> QueryOptions {
    var options = QueryOptions()
    if let lookback = lookback ?? self.lookback { options.lookback = lookback }
    if let evaluationInterval { options.defaultSubqueryStep = evaluationInterval }
    if isLeftClosed, !readsScrapesFromGrid { options.rangeBoundary = .leftClosed }
    return options
  }

  /// Whether ranges hold both of their ends, as before Prometheus 3.
  private var isLeftClosed: Bool {
    let digits = version.drop { $0 == "v" }.prefix { $0.isASCII && $0.isNumber }
    return Int(digits).map { $0 < 3 } ?? false
  }

  private static let largestStatus = 1 << 20

  /// The `global.evaluation_interval` of a recorded configuration; nil for another status or a
  /// damaged one.
  private static func evaluationInterval(of file: BundleFile, in bundle: BundleReader) -> TimeSpan?
  {
    let yaml = try? bundle.read(file) { source -> String? in
      let cursor = JSONCursor(source)
      guard try cursor.beginDocument() else { return nil }
      return try cursor.readValue()["data"]?["yaml"]?.string
    }
    for line in yaml?.split(separator: "\n") ?? [] {
      let parts = line.split(separator: ":").map { $0.filter { $0 != " " && $0 != "\r" } }
      guard parts.count == 2, parts[0] == "evaluation_interval" else { continue }
      return Canonical.span(String(parts[1])).flatMap { $0 > .zero ? $0 : nil }
    }
    return nil
  }
}

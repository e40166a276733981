import BundleStore
import Canonical
import Foundation
import PromQL
import Queries
import Reporting
import Telemetry

/// Measures PromQL over a bundle beside a real Prometheus with the same samples.
struct QueryBench {
  /// Realistic range queries over the recorded shop.
  static let queries = [
    "sum by (service) (rate(http_requests_total[5m]))",
    #"sum by (service) (rate(http_requests_total{code=~"5.."}[5m]))"#
      + " / sum by (service) (rate(http_requests_total[5m]))",
    "sum by (service, code) (rate(http_requests_total[1m]))",
    "histogram_quantile(0.99, sum by (service, le)"
      + " (rate(http_request_duration_seconds_bucket[5m])))",
    "histogram_quantile(0.5, sum by (le) (rate(http_request_duration_seconds_bucket[2m])))",
    "topk(5, sum by (pod) (rate(container_cpu_usage_seconds_total[5m])))",
    "container_memory_working_set_bytes / container_spec_memory_limit_bytes",
    "sum by (namespace, phase) (kube_pod_status_phase)",
    "max_over_time(container_memory_working_set_bytes[30m])",
    "avg_over_time(node_load1[10m])",
    #"1 - avg by (node) (rate(node_cpu_seconds_total{mode="idle"}[2m]))"#,
    #"predict_linear(node_filesystem_avail_bytes{mountpoint="/"}[1h], 4*3600)"#,
    "max_over_time(sum by (service) (rate(http_requests_total[1m]))[10m:30s])",
    #"{__name__=~"redis_.*|db_connections_.*"}"#,
    #"kube_pod_status_ready{condition="true"} * on (namespace, pod) group_left (node)"#
      + " kube_pod_info",
    "increase(kube_pod_container_status_restarts_total[15m]) > 0",
    "quantile_over_time(0.9, http_requests_in_flight[10m])",
    #"sum by (service, upstream) (irate(upstream_requests_total{result!="ok"}[5m]))"#,
    "count by (service) (http_requests_in_flight > 2) or sum by (service) (up{job!=\"\"} * 0)",
    "stddev_over_time(process_resident_memory_bytes[15m])",
  ]

  private let bundle: BundleReader
  private let path: String
  private let desk: BundleQueries
  private let work: String

  /// Opens the bundle at `path`; blocks and files go below `work`.
  init(bundle path: String, work: String) throws {
    self.path = path
    self.work = work
    bundle = try BundleReader(path: path)
    desk = BundleQueries(bundle, threads: 2)
  }

  /// The comparison as text.
  ///
  /// - Parameters:
  ///   - analyze: Path of `oncall-analyze`, for what a whole process costs.
  ///   - runs: Runs per median.
  func report(analyze: String, runs: Int) throws -> String {
    guard PrometheusServer.isInstalled else {
      return "  skipped: prometheus and promtool are not installed (apt install prometheus)\n"
    }
    let metrics = try Self.metrics()
    let samples = try OpenMetricsFile(metrics, of: desk.source, to: "\(work)/samples.om")
    guard samples.samples > 0 else {
      return "  skipped: the bundle holds none of the metrics that the queries name\n"
    }
    let lookback = desk.options(for: try Expression.parse("up")).lookback
    let server = try PrometheusServer(
      samples: "\(work)/samples.om", folder: work, lookback: Canonical.text(lookback))
    defer { server.stop() }
    let grid = QueryGrid(
      from: bundle.manifest.window.start, to: bundle.manifest.window.end, step: .seconds(15))
    let connection = try LoopbackConnection(port: server.port)
    let boundary: RangeBoundary = server.version.hasPrefix("2.") ? .leftClosed : .leftOpen
    var table = TextTable([
      "query", "points", "Prometheus ms", "ours ms", "ratio", "process ms", "equal",
    ])
    var ratios: [Double] = []
    for (number, query) in Self.queries.enumerated() {
      let row = try compared(query, grid, boundary, connection, runs: runs)
      ratios.append(row.theirs / row.ours)
      let process = try processSeconds(query, analyze: analyze, runs: min(runs, 3))
      table.add([
        "\(number + 1) \(query.prefix(58))", "\(row.points)", fixed(row.theirs * 1000, 2),
        fixed(row.ours * 1000, 2), fixed(row.theirs / row.ours, 1), fixed(process * 1000, 0),
        fixed(row.equalShare * 100, 1) + "%",
      ])
    }
    return """
        \(samples.samples) samples of \(samples.series) series, \(grid.count) steps;\
       Prometheus \(server.version) over loopback, its JSON read; ours with the series loaded,\
       its JSON written
      \(table.text)\
        ratio: median \(fixed(median(ratios), 1)), least \(fixed(ratios.min() ?? 0, 1)),\
       faster in \(ratios.count { $0 > 1 }) of \(ratios.count)

      """
  }

  /// What one query costs on both sides.
  private struct Comparison {
    var theirs: Double
    var ours: Double
    var points: Int
    /// The share of points that both have and that agree within 1e-9.
    var equalShare: Double
  }

  private func compared(
    _ query: String, _ grid: QueryGrid, _ boundary: RangeBoundary,
    _ connection: LoopbackConnection, runs: Int
  ) throws -> Comparison {
    let request = Self.request(query, grid)
    // The first answers warm both sides and are compared.
    let answer = try connection.get(request)
    guard answer.status == 200 else {
      throw BenchError.failed(
        "\(query): \(String(decoding: answer.body.prefix(200), as: UTF8.self))", status: 1)
    }
    let own = try ownAnswer(query, grid, boundary)
    let agreement = try Agreement(theirs: answer.body, ours: own)
    var (theirs, ours): ([Double], [Double]) = ([], [])
    for _ in 0..<runs {
      theirs.append(try seconds { _ = try connection.get(request) })
      ours.append(try seconds { _ = try ownAnswer(query, grid, boundary) })
    }
    return Comparison(
      theirs: median(theirs), ours: median(ours), points: agreement.points,
      equalShare: agreement.equalShare)
  }

  /// Parses, evaluates and writes the envelope, over series that are loaded already.
  /// Ranges are cut as the server beside us cuts them.
  private func ownAnswer(
    _ query: String, _ grid: QueryGrid, _ boundary: RangeBoundary
  ) throws -> [UInt8] {
    let expression = try Expression.parse(query)
    var options = desk.options(for: expression)
    options.rangeBoundary = boundary
    let engine = QueryEngine(source: desk.source, options: options)
    return QueryDocument.json(of: try engine.result(of: expression, over: grid), isRange: true)
  }

  private func processSeconds(_ query: String, analyze: String, runs: Int) throws -> Double {
    let command = ChildProcess(arguments: [
      analyze, "query", path, "--promql", query, "--step", "15s", "--format", "json",
    ])
    return median(try (0..<runs).map { _ in try command.run().wallSeconds })
  }

  /// The metrics that the queries name, each once.
  private static func metrics() throws -> [String] {
    let names = try queries.flatMap { BundleQueries.metricNames(in: try Expression.parse($0)) }
    let byPattern = [
      "db_connections_in_use", "db_connections_max", "redis_commands_processed_total",
      "redis_connected_clients", "redis_up",
    ]
    return Set(names + byPattern).sorted()
  }

  private static func request(_ query: String, _ grid: QueryGrid) -> String {
    let allowed = CharacterSet.alphanumerics
    let text = query.addingPercentEncoding(withAllowedCharacters: allowed) ?? ""
    return "/api/v1/query_range?query=\(text)&start=\(grid.start / 1000)&end=\(grid.end / 1000)"
      + "&step=\(grid.step / 1000)"
  }

  private func seconds(_ work: () throws -> Void) rethrows -> Double {
    try ContinuousClock().measure(work).inSeconds
  }
}

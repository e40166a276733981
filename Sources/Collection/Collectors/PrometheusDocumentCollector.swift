import BundleStore
import JSONStream
import Telemetry

/// Rules, alerts, targets, metadata, status and lists of labels and series of Prometheus, in
/// `metrics/`.
struct PrometheusDocumentCollector: Collector {
  func claims(_ index: Int, in context: CollectionContext) -> Bool {
    let answer = context.answers[index]
    return draft(index, answer) != nil
  }

  func collect(
    _ indices: [Int], in context: CollectionContext, emit: (CollectedEntry) throws -> Void
  ) throws -> Collected {
    let drafts = indices.compactMap { draft($0, context.answers[$0]) }
    return try DocumentEntries.collect(drafts, in: context, emit: emit)
  }

  private func draft(_ index: Int, _ answer: ExportAnswer) -> DocumentEntries.Draft? {
    guard case .document(let document) = answer.content, !isLokiList(answer) else { return nil }
    let data = document["data"] ?? document
    func draft(
      _ name: String, _ role: FileRole, _ records: Int, _ noun: String
    )
      -> DocumentEntries.Draft
    {
      DocumentEntries.Draft(
        index: index, name: "metrics/\(name)", role: role, records: records,
        detail: "\(records) \(noun)")
    }
    switch answer.kind {
    case .prometheusRules:
      let rules = data["groups"]?.elements.reduce(0) { $0 + ($1["rules"]?.elements.count ?? 0) }
      return draft("rules", .rules, rules ?? 0, "rules")
    case .prometheusAlerts:
      return draft("alerts", .alerts, data["alerts"]?.elements.count ?? 0, "alerts")
    case .prometheusTargets:
      return draft("targets", .targets, data["activeTargets"]?.elements.count ?? 0, "targets")
    case .prometheusMetadata:
      let count = data.members.isEmpty ? data.elements.count : data.members.count
      return draft("metadata", .metadata, count, "metrics with metadata")
    case .prometheusStatus:
      return draft("status-\(StatusPage(data).rawValue)", .status, 1, "status document")
    case .labelList:
      let name = EntrySlug.slug(answer.listName, fallback: "labels")
      return draft(name, .labels, data.elements.count, "names or values")
    case .seriesList:
      return draft("series", .labels, data.elements.count, "series")
    default: return nil
    }
  }

  private func isLokiList(_ answer: ExportAnswer) -> Bool {
    guard answer.kind == .labelList || answer.kind == .seriesList else { return false }
    return answer.isLokiList
  }
}

/// What a status document of Prometheus describes, told by its keys.
enum StatusPage: String {
  case buildinfo, config, flags, runtimeinfo, tsdb

  init(_ data: JSONValue) {
    if data["goVersion"] != nil {
      self = .buildinfo
    } else if data["yaml"] != nil {
      self = .config
    } else if data["headStats"] != nil {
      self = .tsdb
    } else if data["startTime"] != nil {
      self = .runtimeinfo
    } else {
      self = .flags
    }
  }
}

extension ExportAnswer {
  /// `labels` or `label-<name>-values`, from the request of a list.
  var listName: String {
    guard let api = request?.api, !api.isEmpty else { return "labels" }
    return api.split(separator: "/").drop { $0 == "loki" || $0 == "api" || $0 == "v1" }
      .joined(separator: "-")
  }

  /// Whether a list of labels or series is Loki's: its request says so, or a metric name is absent
  /// where Prometheus would have one.
  var isLokiList: Bool {
    if let api = request?.api, !api.isEmpty { return isFromLoki }
    if kind == .seriesList {
      return !(document["data"] ?? document).elements.contains { $0["__name__"] != nil }
    }
    return false
  }
}

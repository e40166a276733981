import Replay
import Telemetry

/// Finds series by metric name, in an order that does not depend on the order of input.
public struct MetricIndex: Sendable {
  /// Metric names, sorted by bytes.
  public let names: [String]
  private let series: [RecordedSeries]
  private let indices: [String: [Int]]

  /// Indexes `series`; those without a metric name are left out.
  public init(_ series: [RecordedSeries]) {
    self.series = series.sorted { left, right in
      left.series.labels == right.series.labels
        ? left.path.precedesInBytes(right.path) : left.series.labels < right.series.labels
    }
    var indices: [String: [Int]] = [:]
    for (index, recorded) in self.series.enumerated() {
      guard let name = recorded.series.labels.metricName else { continue }
      indices[name, default: []].append(index)
    }
    self.indices = indices
    names = indices.keys.sorted { $0.precedesInBytes($1) }
  }

  /// The series of the metric called `name`, sorted by labels.
  public func series(of name: String) -> [RecordedSeries] {
    indices[name, default: []].map { series[$0] }
  }

  /// The names that `pattern` stands for: itself, or with a leading `*` all that end like it.
  public func names(matching pattern: String) -> [String] {
    guard pattern.hasPrefix("*") else { return indices[pattern] == nil ? [] : [pattern] }
    let ending = pattern.dropFirst()
    return names.filter { $0.utf8.count > ending.utf8.count && $0.hasSuffix(ending) }
  }
}

extension LabelSet {
  /// The labels as a selector, such as `up{job="node"}`.
  var selector: String {
    let rest = labels.filter { $0.name != "__name__" }
    guard !rest.isEmpty else { return metricName ?? "{}" }
    let pairs = rest.map { label in
      let value = label.value.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
        .replacing("\n", with: "\\n")
      return "\(label.name)=\"\(value)\""
    }
    return "\(metricName ?? ""){\(pairs.joined(separator: ","))}"
  }

  /// What the exporter itself said under `name`.
  ///
  /// Prometheus renames an exporter's label to `exported_…` where the scrape's own target has one
  /// of that name: kube-state-metrics' `pod` would else be the pod of kube-state-metrics.
  func own(_ name: String) -> String? { self["exported_" + name] ?? self[name] }

  /// The value of the first of `names` that is there and not empty.
  func firstValue(of names: [String]) -> String? {
    for name in names {
      if let value = own(name), !value.isEmpty { return value }
    }
    return nil
  }
}

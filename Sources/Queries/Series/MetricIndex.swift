import BundleStore
import PromQL
import Telemetry

/// Which entries of a bundle hold the series of which metrics.
///
/// Entries of metrics belong to it, and recorded answers that turn out to be raw samples: the
/// answer of `name[30m]` over a metric that the bundle holds as a grid, too.
struct MetricIndex: Sendable {
  /// One entry of the index.
  struct Entry: Sendable {
    let file: BundleFile
    /// What it answers; nil when the query cannot be read, so that anything may be in it.
    let selector: PlainSelector?
    let coverage: EntryCoverage

    /// The only metric in it, when its query fixes one.
    var metricName: String? { selector?.metricName }
  }

  /// The entries in order of their paths.
  let entries: [Entry]
  private let fixed: [Label: [Int]]
  private let open: [Int]

  /// Makes the index of a bundle's metrics.
  init(_ manifest: Manifest) {
    entries = manifest.files.compactMap { Self.entry($0, window: manifest.window) }
    var fixed: [Label: [Int]] = [:]
    var open: [Int] = []
    for (index, entry) in entries.enumerated() {
      if let name = entry.metricName {
        fixed[Label(metric: name), default: []].append(index)
      } else {
        open.append(index)
      }
    }
    self.fixed = fixed
    self.open = open
  }

  private static func entry(_ file: BundleFile, window: TimeRange) -> Entry? {
    let selector = file.query.flatMap { PlainSelector($0.expression) }
    switch file.role {
    case .metricGrid, .metricSamples: break
    case .recordedAnswer where file.source == .prometheus && selector?.range != nil: break
    default: return nil
    }
    return Entry(
      file: file, selector: selector,
      coverage: EntryCoverage(of: file, selector: selector, window: window))
  }

  /// The metrics that entries name, sorted.
  var metricNames: [String] { fixed.keys.map(\.value).sorted { $0.precedesInBytes($1) } }

  /// The entries that may hold series of the metric `name`, ascending.
  func entries(holding name: String) -> [Int] {
    let others = open.filter { index in
      entries[index].selector?.matchers.allSatisfy { !$0.isOnName || $0.isSatisfied(by: name) }
        ?? true
    }
    return ((fixed[Label(metric: name)] ?? []) + others).sorted()
  }

  /// The entries that may hold series that satisfy `matchers`, ascending.
  func entries(for matchers: [LabelMatcher]) -> [Int] {
    if let name = matchers.fixedMetricName { return entries(holding: name) }
    return entries.indices.filter { index in
      guard let name = entries[index].metricName else { return true }
      return matchers.allSatisfy { !$0.isOnName || $0.isSatisfied(by: name) }
    }
  }
}

extension Label {
  /// The label of a metric's name; compared by bytes, so that it can be a key.
  init(metric name: String) {
    self.init(name: "__name__", value: name)
  }
}

extension PlainSelector {
  /// Whether every series that satisfies `wanted` satisfies this selector too, as far as equal
  /// matchers show.
  func covers(_ wanted: [LabelMatcher]) -> Bool {
    matchers.allSatisfy { matcher in
      wanted.contains(matcher)
        || wanted.contains {
          $0.comparison == .equal && $0.name.hasSameBytes(as: matcher.name)
            && matcher.isSatisfied(by: $0.value)
        }
    }
  }
}

extension LabelMatcher {
  /// Whether it fixes the metric's name to `metric`.
  func isOnName(equal metric: String) -> Bool {
    isOnName && comparison == .equal && value.hasSameBytes(as: metric)
  }
}

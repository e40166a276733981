import BundleStore
import PromQL
import Telemetry

/// The series read so far, by metric, and the columns made of them.
///
/// A metric's columns are made once every entry that may hold it was read; a selector always reads
/// all of those first.
struct MetricHoldings {
  private struct Copy {
    let covered: CoveredSeries
    /// The entry's place in the index.
    let entry: Int
  }

  private var readEntries: Set<Int> = []
  private var copies: [Label: [Copy]] = [:]
  private var histograms: [Label: Set<LabelSet>] = [:]
  private var columns: [Label: [SampleColumn]] = [:]
  private var builder = ColumnBuilder()
  /// What damage hides.
  private(set) var gaps: [CoverageGap] = []

  /// Whether an entry was read.
  func hasRead(_ entry: Int) -> Bool { readEntries.contains(entry) }

  /// The metrics with series, in any order.
  var metricNames: [String] {
    let made = columns.filter { !$0.value.isEmpty }.keys
    return Set(copies.keys).union(made).union(histograms.keys).map(\.value)
  }

  /// Adds what an entry holds.
  mutating func add(_ series: EntrySeries, of entry: Int, _ coverage: EntryCoverage) {
    readEntries.insert(entry)
    if let gap = series.gap { gaps.append(gap) }
    var name = Label(metric: "")
    for one in series.series {
      let own = one.labels.metricName ?? ""
      if !own.hasSameBytes(as: name.value) { name = Label(metric: own) }
      copies[name, default: []].append(
        Copy(covered: CoveredSeries(series: one, coverage: coverage), entry: entry))
    }
    for labels in series.histogramSeries {
      histograms[Label(metric: labels.metricName ?? ""), default: []].insert(labels)
    }
  }

  /// The columns that satisfy every matcher, sorted by labels.
  mutating func columns(matching matchers: [LabelMatcher]) -> [SampleColumn] {
    if let name = matchers.fixedMetricName {
      return table(of: Label(metric: name)).matching(matchers.filter { !$0.isOnName(equal: name) })
    }
    let onName = matchers.filter(\.isOnName)
    let names = metricNames.filter { name in onName.allSatisfy { $0.isSatisfied(by: name) } }
    let others = matchers.filter { !$0.isOnName }
    return names.flatMap { table(of: Label(metric: $0)).matching(others) }
      .sorted { $0.labels < $1.labels }
  }

  private mutating func table(of name: Label) -> [SampleColumn] {
    if let made = columns[name] { return made }
    let sorted = (copies.removeValue(forKey: name) ?? []).sorted(by: Self.precedes)
    let marked = histograms[name] ?? []
    var made: [SampleColumn] = []
    var start = 0
    while start < sorted.count {
      let labels = sorted[start].covered.series.labels
      var end = start + 1
      while end < sorted.count, sorted[end].covered.series.labels == labels { end += 1 }
      var column = builder.column(of: sorted[start..<end].map(\.covered))
      column.holdsHistograms = marked.contains(labels)
      made.append(column)
      start = end
    }
    let withFloats = marked.isEmpty ? [] : Set(made.map(\.labels))
    made += marked.subtracting(withFloats).map {
      SampleColumn(labels: $0, times: [], values: [], holdsHistograms: true)
    }
    if !marked.isEmpty { made.sort { $0.labels < $1.labels } }
    columns[name] = made
    return made
  }

  private static func precedes(_ left: Copy, _ right: Copy) -> Bool {
    let labels = (left.covered.series.labels, right.covered.series.labels)
    if labels.0 != labels.1 { return labels.0 < labels.1 }
    return CoveredSeries.isPreferred(left.covered, over: right.covered)
      ?? (left.entry < right.entry)
  }
}

extension [SampleColumn] {
  /// The columns whose labels satisfy every matcher.
  func matching(_ matchers: [LabelMatcher]) -> [SampleColumn] {
    guard !matchers.isEmpty else { return self }
    return filter { column in matchers.allSatisfy { $0.isSatisfied(by: column.labels) } }
  }
}

import BundleStore
import Canonical
import PromQL
import Telemetry

/// The metrics of a bundle as the source of queries.
///
/// Only the entries that a selector needs are read, each once, whole and verified; what was read is
/// kept. Samples with their own times stand before grids. Safe for several threads at a time; the
/// series do not depend on the order of questions or on the number of threads.
public final class BundleSeriesSource: SeriesSource {
  private let reader: MetricEntryReader
  let index: MetricIndex
  private let threads: Int
  private let monitor = Monitor()
  // Guarded by the monitor.
  private nonisolated(unsafe) var holdings = MetricHoldings()

  /// Makes a source; nothing is read yet.
  ///
  /// - Parameter threads: Entries read at a time, at least 1.
  public init(_ bundle: BundleReader, threads: Int) {
    reader = MetricEntryReader(bundle: bundle)
    index = MetricIndex(bundle.manifest)
    self.threads = threads
  }

  /// See `SeriesSource`; the times asked for decide nothing, since an entry is read whole.
  ///
  /// - Throws: `BundleError` when the bundle was refused or cannot be read at all.
  public func series(
    matching matchers: [LabelMatcher], from first: Int64, to last: Int64
  ) throws -> [SampleColumn] {
    try monitor.locked {
      let needed = index.entries(for: matchers)
      try load(needed)
      return holdings.columns(matching: matchers)
    }
  }

  /// What damage hides in the entries read so far, sorted.
  public var gaps: [CoverageGap] { monitor.locked { holdings.gaps.sorted() } }

  /// The metrics that the bundle is known to hold, sorted: those that its queries name and those
  /// found in the entries read so far.
  public var metricNames: [String] {
    let found = monitor.locked { holdings.metricNames }
    return Set((index.metricNames + found).map(Label.init(metric:)))
      .map(\.value).sorted { $0.precedesInBytes($1) }
  }

  private func load(_ needed: [Int]) throws {
    let missing = needed.filter { !holdings.hasRead($0) }
    // The largest first, so that threads finish together.
    let order = missing.sorted {
      let bytes = (index.entries[$0].file.bytes, index.entries[$1].file.bytes)
      return bytes.0 == bytes.1 ? $0 < $1 : bytes.0 > bytes.1
    }
    let found = try order.orderedParallelMap(width: threads) {
      try reader.series(of: index.entries[$0])
    }
    for (entry, series) in zip(order, found) {
      holdings.add(series, of: entry, index.entries[entry].coverage)
    }
  }
}

import BundleStore
import JSONStream
import Telemetry

/// What one entry of metrics holds.
struct EntrySeries: Sendable {
  /// Its series, in the order of the entry.
  var series: [Series] = []
  /// The series with native histograms.
  var histogramSeries: [LabelSet] = []
  /// What its damage leaves unknown; nil for a sound entry.
  var gap: CoverageGap?
}

/// Reads entries of metrics, verified.
struct MetricEntryReader: Sendable {
  let bundle: BundleReader

  /// The series of an entry; a damaged, missing or malformed one is empty and says so.
  ///
  /// - Throws: `BundleError` for what concerns more than this entry.
  func series(of entry: MetricIndex.Entry) throws -> EntrySeries {
    let file = entry.file
    do {
      return try bundle.read(file) { source in
        var sink = SeriesSink(window: bundle.manifest.window, step: entry.coverage.step) { _ in
          true
        }
        _ = try ExportReader(source).read(into: &sink)
        return EntrySeries(series: sink.finish(), histogramSeries: sink.histogramSeries)
      }
    } catch let error as BundleError where error.severity == .damaged {
      if case .missing = error { return lost(file, .missingFile, "\(error)") }
      return lost(file, .damaged, "\(error)")
    } catch let error as JSONStreamError {
      return lost(file, .malformed, "\(file.path) is malformed: \(error)")
    }
  }

  private func lost(_ file: BundleFile, _ code: GapCode, _ detail: String) -> EntrySeries {
    var range: TimeRange?
    if let first = file.firstTime, let last = file.lastTime {
      range = TimeRange(start: first, end: last + TimeSpan(nanoseconds: 1))
    }
    return EntrySeries(
      gap: CoverageGap(
        source: file.source, subject: file.path, range: range, code: code, detail: detail,
        losesEvidence: true))
  }
}

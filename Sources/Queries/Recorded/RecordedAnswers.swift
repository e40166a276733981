import BundleStore
import Canonical
import JSONStream
import PromQL
import Telemetry

/// The answers of the recorded server to whole expressions.
struct RecordedAnswers {
  private let bundle: BundleReader
  private let answers: [(text: String, file: BundleFile, query: RecordedQuery)]

  init(_ bundle: BundleReader) {
    self.bundle = bundle
    answers = bundle.manifest.files.compactMap { file in
      guard file.role == .recordedAnswer, file.source == .prometheus, let query = file.query,
        let expression = try? Expression.parse(query.expression)
      else { return nil }
      return (expression.text, file, query)
    }
  }

  /// A recorded answer and what it says at the instants that were asked.
  struct Found {
    let file: BundleFile
    let columns: [Column]
  }

  /// The recorded answer to `expression` that covers `grid`; nil when there is none or it cannot
  /// be read.
  func answer(to expression: Expression, over grid: QueryGrid) throws -> Found? {
    guard expression.type == .vector else { return nil }
    let text = expression.text
    for answer in answers where answer.text.hasSameBytes(as: text) {
      guard Self.covers(answer.query, grid) else { continue }
      do {
        return Found(file: answer.file, columns: try columns(of: answer.file, over: grid))
      } catch let error as BundleError where error.severity == .damaged {
        continue
      } catch is JSONStreamError {
        continue
      }
    }
    return nil
  }

  /// Recorded expressions with a selector of `metric`, sorted.
  func expressions(with metric: String) -> [String] {
    let found = answers.filter { answer in
      guard let expression = try? Expression.parse(answer.text) else { return false }
      return SelectorUse.all(in: expression).contains {
        $0.selector.metricName?.hasSameBytes(as: metric) == true
      }
    }
    return Set(found.map { Label(metric: $0.text) }).map(\.value)
      .sorted { $0.precedesInBytes($1) }
  }

  /// Whether every instant of `grid` is a step of the recorded query.
  private static func covers(_ query: RecordedQuery, _ grid: QueryGrid) -> Bool {
    guard let start = query.start?.milliseconds, let end = query.end?.milliseconds,
      grid.start >= start, grid.end <= end
    else { return false }
    guard let step = query.step.map({ $0.nanoseconds / 1_000_000 }), step > 0 else {
      return grid.count == 1 && grid.start == start
    }
    return (grid.start - start) % step == 0 && (grid.count == 1 || grid.step % step == 0)
  }

  private func columns(of file: BundleFile, over grid: QueryGrid) throws -> [Column] {
    let series = try bundle.read(file) { source in
      var sink = SeriesSink(window: bundle.manifest.window, step: file.query?.step) { _ in true }
      _ = try ExportReader(source).read(into: &sink)
      return sink.finish()
    }
    return series.compactMap { Self.column(of: $0, over: grid) }.sorted { $0.labels < $1.labels }
  }

  private static func column(of series: Series, over grid: QueryGrid) -> Column? {
    var values = [Double](repeating: .absent, count: grid.count)
    var isEmpty = true
    var sample = 0
    for step in 0..<grid.count {
      while sample < series.count, series.times[sample].milliseconds < grid[step] { sample += 1 }
      guard sample < series.count else { break }
      guard series.times[sample].milliseconds == grid[step] else { continue }
      values[step] = series.values[sample]
      isEmpty = false
    }
    return isEmpty ? nil : Column(labels: series.labels, values: values)
  }
}

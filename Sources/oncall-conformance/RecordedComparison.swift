import BundleStore
import Canonical
import PromQL
import Queries
import Telemetry

/// The recorded answers of one bundle beside ours.
struct RecordedComparison {
  /// What an expression reads at a point.
  enum Reading: String, CaseIterable {
    /// Instant selectors only.
    case instants = "instant selectors"
    /// Ranges that hold the scrapes themselves.
    case scrapes = "ranges of scrapes"
    /// Ranges that hold instants of a grid.
    case grid = "ranges of a grid"
  }

  /// One recorded expression.
  private struct Row {
    let expression: String
    let isInstant: Bool
    let tallies: [Reading: PointTally]

    var tally: PointTally {
      Reading.allCases.reduce(into: PointTally()) { $0.add(tallies[$1] ?? PointTally()) }
    }
  }

  private var rows: [Row] = []
  private var skipped: [String] = []

  /// All points of the bundle.
  var total: [Reading: PointTally] {
    rows.reduce(into: [:]) { Self.add($1.tallies, to: &$0) }
  }

  /// Adds the tallies of each reading.
  static func add(_ tallies: [Reading: PointTally], to total: inout [Reading: PointTally]) {
    for reading in Reading.allCases {
      if let tally = tallies[reading] { total[reading, default: PointTally()].add(tally) }
    }
  }

  /// A line for each reading, and one for all.
  static func summary(_ total: [Reading: PointTally]) -> String {
    var all = PointTally()
    var text = ""
    for reading in Reading.allCases {
      guard let tally = total[reading] else { continue }
      all.add(tally)
      text += "  \(reading.rawValue): \(tally.summary)\n"
    }
    return text + "  sum: \(all.summary)\n"
  }

  /// Computes every recorded expression of which the bundle holds the raw series.
  init(of bundle: BundleReader) throws {
    let queries = BundleQueries(bundle, threads: 2)
    let start = bundle.manifest.window.start.milliseconds
    let end = bundle.manifest.window.end.milliseconds
    for file in bundle.manifest.files where file.role == .recordedAnswer {
      guard file.source == .prometheus, let query = file.query,
        let expression = try? Expression.parse(query.expression), expression.type == .vector,
        let (times, grid) = Self.times(of: query)
      else { continue }
      guard let recorded = try queries.recordedAnswer(to: expression, over: grid) else {
        continue
      }
      let ours = try queries.answer(
        to: BundleQuestion(query.expression, at: times), usesRecordedAnswers: false)
      guard ours.absentMetrics.isEmpty else {
        let names = ours.absentMetrics.map(\.name).joined(separator: ", ")
        skipped.append("\(query.expression)  (no raw \(names))")
        continue
      }
      guard case .vector(let columns) = ours.result.value else { continue }
      let reach = BundleQueries.reach(of: expression).nanoseconds / 1_000_000
      let scrapesBegin = queries.scrapesBegin(for: expression)?.milliseconds
      var sorter = PointSorter(
        grid: grid, complete: (start + reach)...max(start + reach, end),
        readsRanges: BundleQueries.readsRanges(expression),
        scrapesBegin: scrapesBegin,
        scraped: scrapesBegin == nil ? [] : try Self.scraped(expression, grid, queries))
      sorter.add(recorded, columns)
      rows.append(
        Row(
          expression: query.expression, isInstant: grid.count == 1, tallies: sorter.tallies))
    }
  }

  /// The value of an expression over the series alone of which there are scrapes.
  private static func scraped(
    _ expression: Expression, _ grid: QueryGrid, _ queries: BundleQueries
  ) throws -> [Column] {
    let engine = QueryEngine(
      source: ScrapedSeries(base: queries.source), options: queries.options(for: expression))
    let result =
      grid.count == 1
      ? try engine.result(of: expression, at: Timestamp(milliseconds: grid.start))
      : try engine.result(of: expression, over: grid)
    guard case .vector(let columns) = result.value else { return [] }
    return columns
  }

  private static func times(of query: RecordedQuery) -> (BundleQuestion.Times, QueryGrid)? {
    guard let start = query.start, let end = query.end else { return nil }
    guard let step = query.step else {
      return start == end ? (.instant(start), QueryGrid(at: start)) : nil
    }
    return (
      .range(from: start, to: end, step: step), QueryGrid(from: start, to: end, step: step)
    )
  }

  /// A row for each expression, then the sum.
  func text(showsWorst: Bool) -> String {
    var text = "      points   1e-9    1e-4      5%  theirs   ours   largest  expression\n"
    for row in rows {
      let tally = row.tally
      let shares = [tally.equal, tally.near, tally.rough, tally.onlyTheirs, tally.onlyOurs]
        .map { tally.percent($0).right(8) }.joined()
      text +=
        "  \("\(tally.all)".right(8)) \(shares) "
        + Canonical.text(tally.largest, significant: 2).right(9)
        + "  \(row.isInstant ? "@ " : "")\(row.expression)\n"
      if showsWorst, tally.largest > 1e-9 { text += "            \(tally.worst)\n" }
    }
    for line in skipped { text += "  not computed: \(line)\n" }
    return text + Self.summary(total)
  }
}

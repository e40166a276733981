import BundleStore
import Canonical
import Foundation
import PromQL
import Queries
import Telemetry

/// The recorded answers of one bundle beside ours.
struct RecordedComparison {
  /// One recorded expression.
  private struct Row {
    let expression: String
    /// `range` or `instant`.
    let kind: String
    let tally: PointTally
  }

  private var rows: [Row] = []
  private var skipped: [String] = []

  /// All points of the bundle.
  var total: PointTally {
    rows.reduce(into: PointTally()) { $0.add($1.tally) }
  }

  /// Computes every recorded expression of which the bundle holds the raw series.
  init(of bundle: BundleReader) throws {
    let queries = BundleQueries(bundle, threads: 2)
    let start = bundle.manifest.window.start.milliseconds
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
      rows.append(
        Row(
          expression: query.expression, kind: grid.count == 1 ? "instant" : "range",
          tally: Self.tally(recorded, columns, grid, from: start + reach)))
    }
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

  /// Compares the points of two answers, from the instant at which every window is complete.
  private static func tally(
    _ theirs: [Column], _ ours: [Column], _ grid: QueryGrid, from start: Int64
  ) -> PointTally {
    var tally = PointTally()
    let other = Dictionary(uniqueKeysWithValues: ours.map { ($0.labels, $0.values) })
    let none = [Double](repeating: .absent, count: grid.count)
    for column in theirs {
      let values = other[column.labels] ?? none
      for step in 0..<grid.count {
        add(column.values[step], values[step], column.labels, grid[step], from: start, to: &tally)
      }
    }
    let known = Set(theirs.map(\.labels))
    for column in ours where !known.contains(column.labels) {
      for step in 0..<grid.count {
        add(.absent, column.values[step], column.labels, grid[step], from: start, to: &tally)
      }
    }
    return tally
  }

  private static func add(
    _ theirs: Double, _ ours: Double, _ labels: LabelSet, _ time: Int64, from start: Int64,
    to tally: inout PointTally
  ) {
    switch (theirs.isAbsent, ours.isAbsent) {
    case (true, true): break
    case _ where time < start: tally.leadIn += 1
    case (false, true):
      tally.recorded += 1
      tally.onlyTheirs += 1
    case (true, false): tally.onlyOurs += 1
    case (false, false):
      tally.add(theirs: theirs, ours: ours) {
        let pairs = labels.labels.map { "\($0.name)=\($0.value)" }.joined(separator: ",")
        return "\(Canonical.text(Timestamp(milliseconds: time))) {\(pairs)}"
      }
    }
  }

  /// A row for each expression, then the sum.
  func text(showsWorst: Bool) -> String {
    var text = "      points   1e-9    1e-4      5%  theirs   ours   largest  expression\n"
    for row in rows {
      let tally = row.tally
      let shares = [tally.equal, tally.near, tally.rough, tally.onlyTheirs, tally.onlyOurs]
        .map { Self.padded(tally.percent($0), to: 8) }.joined()
      text +=
        "  \(Self.padded("\(tally.all)", to: 8)) \(shares) "
        + Self.padded(String(format: "%.2g", tally.largest), to: 9)
        + "  \(row.kind == "instant" ? "@ " : "")\(row.expression)\n"
      if showsWorst, tally.largest > 1e-9 { text += "            \(tally.worst)\n" }
    }
    for line in skipped { text += "  not computed: \(line)\n" }
    return text + "  sum: \(total.summary)\n"
  }

  private static func padded(_ text: String, to width: Int) -> String {
    String(repeating: " ", count: max(0, width - text.count)) + text
  }
}

import BundleStore
import Canonical
import JSONStream
import LogQL
import PromQL
import Queries
import Telemetry

/// The recorded answers of a bundle's Loki beside ours.
struct RecordedLogComparison {
  private var rows: [(query: String, tally: PointTally)] = []
  private var skipped: [String] = []

  /// All points of the bundle.
  var total: PointTally {
    rows.reduce(into: PointTally()) { $0.add($1.tally) }
  }

  /// Computes every recorded metric query.
  init(of bundle: BundleReader) throws {
    let queries = BundleLogQueries(bundle)
    let window = bundle.manifest.window
    for file in bundle.manifest.files where file.role == .recordedAnswer && file.source == .loki {
      guard let asked = file.query, let from = asked.start, let to = asked.end,
        let step = asked.step, case .metric(let expression)? = try? LogQuery.parse(asked.expression)
      else {
        skipped.append(file.query?.expression ?? file.path)
        continue
      }
      let answer = try queries.answer(
        to: LogQuestion(asked.expression, at: .range(from: from, to: to, step: step)))
      guard case .metrics(let metrics) = answer.value, case .vector(let ours) = metrics.result.value
      else { continue }
      let grid = metrics.result.grid
      let theirs = try Self.columns(of: file, in: bundle, over: grid)
      let first = window.start.milliseconds + expression.reach.nanoseconds / 1_000_000
      var sorter = PointSorter(
        grid: grid, complete: first...max(first, window.end.milliseconds))
      sorter.add(theirs, ours)
      rows.append((asked.expression, sorter.tallies[.instants] ?? PointTally()))
    }
  }

  /// The recorded series over the grid.
  private static func columns(
    of file: BundleFile, in bundle: BundleReader, over grid: QueryGrid
  ) throws -> [Column] {
    let document = try bundle.read(file) { source in try JSONValue(parsing: source) }
    return (document["data"]?["result"]?.elements ?? []).map { series in
      var values = [Double](repeating: .absent, count: grid.count)
      for sample in series["values"]?.elements ?? [] {
        let pair = sample.elements
        guard pair.count == 2, case .number(let time) = pair[0],
          let seconds = Double(time), let value = pair[1].string.flatMap(Double.init)
        else { continue }
        let index = (Int64(seconds * 1000) - grid.start) / grid.step
        if (0..<Int64(grid.count)).contains(index) { values[Int(index)] = value }
      }
      let labels = (series["metric"]?.members ?? []).compactMap { member in
        member.value.string.map { Label(name: member.key, value: $0) }
      }
      return Column(labels: LabelSet(labels), values: values)
    }
  }

  /// A row for each query, then the sum.
  func text(showsWorst: Bool) -> String {
    var text = "     points   equal  only theirs  only ours  outside   largest  query\n"
    for (query, tally) in rows {
      let counts = [tally.all, tally.equal, tally.onlyTheirs, tally.onlyOurs, tally.leadIn]
      let widths = [11, 8, 13, 11, 9]
      text += zip(counts, widths).map { "\($0)".right($1) }.joined()
      text += Canonical.text(tally.largest, significant: 2).right(10) + "  \(query)\n"
      if showsWorst, !tally.worst.isEmpty { text += "            \(tally.worst)\n" }
    }
    for line in skipped { text += "  not compared: \(line)\n" }
    return text + "  sum: \(total.summary)\n"
  }
}

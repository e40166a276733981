import Telemetry

extension VectorAlgebra {
  /// `topk`, `bottomk`, `limitk`, `limit_ratio`: some of the series' own values.
  ///
  /// On a grid of one step, results stand by groups, the best first.
  func selection(
    _ vector: [Column], _ op: AggregationOperator, in grouping: Grouping, parameter: [Double]
  ) -> [Column] {
    grouping.members.flatMap { members in
      selection(members.map { vector[$0] }, op, of: vector.count, parameter: parameter)
    }
  }

  /// What is selected from one group; no more than `count`, the series of the whole vector.
  private func selection(
    _ group: [Column], _ op: AggregationOperator, of count: Int, parameter: [Double]
  ) -> [Column] {
    let offsets = op == .limitRatio ? group.map { LabelHash.share(of: $0.labels) } : []
    var results: [Column] = []
    var places = [Int?](repeating: nil, count: group.count)
    var ranking = RankedSamples(isTop: op == .topk, limit: 1)
    for step in 0..<grid.count {
      let chosen: [Int]
      switch op {
      case .topk, .bottomk:
        ranking.restart(limit: Self.limit(parameter[step], of: count))
        offer(group, at: step, to: &ranking)
        chosen = grid.count == 1 ? ranking.best : ranking.kept
      case .limitk:
        let present = group.indices.lazy.filter { !group[$0].values[step].isAbsent }
        chosen = Array(present.prefix(Self.limit(parameter[step], of: count)))
      default:
        chosen = group.indices.filter {
          !group[$0].values[step].isAbsent && Self.isChosen(offsets[$0], ratio: parameter[step])
        }
      }
      for series in chosen {
        let place = places[series] ?? results.count
        if place == results.count {
          places[series] = place
          results.append(group[series].withoutValues)
        }
        results[place].values[step] = group[series].values[step]
      }
    }
    return results
  }

  private func offer(_ group: [Column], at step: Int, to ranking: inout RankedSamples) {
    for series in group.indices {
      let value = group[series].values[step]
      if !value.isAbsent {
        ranking.offer(RankedSamples.Entry(value: value, series: series))
      }
    }
  }

  /// k as a whole number, none below 1 and at most as many as there are series.
  private static func limit(_ parameter: Double, of count: Int) -> Int {
    parameter < 1 ? 0 : parameter < Double(count) ? Int(parameter) : count
  }

  /// Whether a series at `offset` in 0…1 belongs to a ratio; a negative one takes from the end.
  private static func isChosen(_ offset: Double, ratio: Double) -> Bool {
    let ratio = min(1, max(-1, ratio))
    return ratio >= 0 ? offset < ratio : offset >= 1 + ratio
  }
}

extension Column {
  /// The column with no value at any step.
  fileprivate var withoutValues: Column {
    Column(
      labels: labels, values: [Double](repeating: .absent, count: values.count),
      dropsName: dropsName)
  }
}

import Telemetry

extension VectorAlgebra {
  /// `topk`, `bottomk`, `limitk`, `limit_ratio`: some of the series' own values.
  ///
  /// On a grid of one step, results stand by groups, the best first.
  func selection(
    _ vector: [Column], _ op: AggregationOperator, in grouping: Grouping, parameter: [Double]
  ) -> [Column] {
    grouping.members.flatMap { members -> [Column] in
      let group = members.map { vector[$0] }
      let offsets = op == .limitRatio ? group.map { LabelHash.share(of: $0.labels) } : []
      var kept = [[Double]?](repeating: nil, count: group.count)
      var order: [Int] = []
      var ranking = RankedSamples(isTop: op == .topk, limit: 1)
      for step in 0..<grid.count {
        let chosen: [Int]
        switch op {
        case .topk, .bottomk:
          let limit = Self.limit(parameter[step], of: vector.count)
          ranking.restart(limit: limit)
          if limit > 0 { offer(group, at: step, to: &ranking) }
          chosen = grid.count == 1 ? ranking.best : ranking.kept
        case .limitk:
          let present = group.indices.lazy.filter { !group[$0].values[step].isAbsent }
          chosen = Array(present.prefix(Self.limit(parameter[step], of: vector.count)))
        default:
          chosen = group.indices.filter {
            !group[$0].values[step].isAbsent
              && Self.isChosen(offsets[$0], ratio: parameter[step])
          }
        }
        for series in chosen {
          if kept[series] == nil {
            kept[series] = [Double](repeating: .absent, count: grid.count)
            order.append(series)
          }
          kept[series]?[step] = group[series].values[step]
        }
      }
      return order.compactMap { series in
        kept[series].map {
          Column(labels: group[series].labels, values: $0, dropsName: group[series].dropsName)
        }
      }
    }
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

import Telemetry

extension VectorAlgebra {
  /// `topk`, `bottomk`, `limitk`, `limit_ratio`: some of the series' own values.
  ///
  /// On a grid of one step, results stand by groups, the best first.
  func selection(
    _ vector: [Column], _ op: AggregationOperator, in grouping: Grouping, parameter: [Double]
  ) -> [Column] {
    var kept = [[Double]?](repeating: nil, count: vector.count)
    var order: [Int] = []
    let offsets = op == .limitRatio ? vector.map { LabelHash.share(of: $0.labels) } : []
    for step in 0..<grid.count {
      for members in grouping.members {
        let present = members.filter { !vector[$0].values[step].isAbsent }
        let chosen =
          op == .limitRatio
          ? present.filter { Self.isChosen(offsets[$0], ratio: parameter[step]) }
          : leading(present, of: vector, op, step: step, count: parameter[step])
        for series in chosen {
          if kept[series] == nil {
            kept[series] = [Double](repeating: .absent, count: grid.count)
            order.append(series)
          }
          kept[series]?[step] = vector[series].values[step]
        }
      }
    }
    return order.compactMap { series in
      kept[series].map {
        Column(labels: vector[series].labels, values: $0, dropsName: vector[series].dropsName)
      }
    }
  }

  private func leading(
    _ present: [Int], of vector: [Column], _ op: AggregationOperator, step: Int, count: Double
  ) -> [Int] {
    guard count >= 1 else { return [] }
    let limit = count < Double(vector.count) ? Int(count) : vector.count
    if op == .limitk { return Array(present.prefix(limit)) }
    var ranking = RankedSamples(isTop: op == .topk, limit: limit)
    for series in present {
      ranking.offer(RankedSamples.Entry(value: vector[series].values[step], series: series))
    }
    return ranking.best.map(\.series)
  }

  /// Whether a series at `offset` in 0…1 belongs to a ratio; a negative one takes from the end.
  private static func isChosen(_ offset: Double, ratio: Double) -> Bool {
    let ratio = min(1, max(-1, ratio))
    return ratio >= 0 ? offset < ratio : offset >= 1 + ratio
  }
}

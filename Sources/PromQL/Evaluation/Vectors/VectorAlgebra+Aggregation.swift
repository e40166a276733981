import Telemetry

extension VectorAlgebra {
  /// `sum by (…) (vector)` and its like: one series for each group.
  ///
  /// - Parameters:
  ///   - names: The labels of `by` or `without`.
  ///   - parameter: k, q or the ratio at each step, for the operators that take one; not checked
  ///     for sense, see `RankingLimit`.
  /// - Precondition: `op` is not `count_values`, for which see `valueCounts`.
  public func aggregated(
    _ vector: [Column], _ op: AggregationOperator, by names: [String] = [],
    isWithout: Bool = false, parameter: [Double]? = nil
  ) throws -> [Column] {
    let grouping = Grouping(vector, by: names, isWithout: isWithout)
    switch op {
    case .topk, .bottomk, .limitk, .limitRatio:
      return selection(vector, op, in: grouping, parameter: parameter ?? [])
    case .countValues: preconditionFailure("BUG: count_values needs a label")
    default: break
    }
    return grouping.members.indices.map { group in
      let members = grouping.members[group].map { vector[$0] }
      return Column(
        labels: grouping.labels[group],
        values: reduced(members.map(\.values), op, quantile: parameter ?? []),
        dropsName: members.contains { $0.dropsName })
    }
  }

  private func reduced(
    _ columns: [[Double]], _ op: AggregationOperator, quantile: [Double]
  ) -> [Double] {
    switch op {
    case .sum: AggregationKernel.sums(columns, steps: grid.count)
    case .avg: AggregationKernel.means(columns, steps: grid.count)
    case .count: AggregationKernel.counts(columns, steps: grid.count)
    case .min: AggregationKernel.minima(columns, steps: grid.count)
    case .max: AggregationKernel.maxima(columns, steps: grid.count)
    case .group: AggregationKernel.presence(columns, steps: grid.count)
    case .stddev: AggregationKernel.deviations(columns, steps: grid.count)
    case .stdvar: AggregationKernel.variances(columns, steps: grid.count)
    case .quantile: quantiles(columns, quantile)
    case .topk, .bottomk, .countValues, .limitk, .limitRatio:
      preconditionFailure("BUG: \(op.rawValue) does not reduce")
    }
  }

  private func quantiles(_ columns: [[Double]], _ quantile: [Double]) -> [Double] {
    var sample: [Double] = []
    return (0..<grid.count).map { step in
      sample.removeAll(keepingCapacity: true)
      for column in columns where !column[step].isAbsent { sample.append(column[step]) }
      return sample.isEmpty ? .absent : Self.quantile(quantile[step], of: &sample)
    }
  }

  /// The quantile of a sample that is not empty, between neighbours in proportion; NaN sorts first.
  /// The sample is sorted.
  ///
  /// - Source: Prometheus 3, promql/quantile.go, `quantile`.
  static func quantile(_ quantile: Double, of sample: inout [Double]) -> Double {
    if quantile.isNaN { return .nan }
    if quantile < 0 { return -.infinity }
    if quantile > 1 { return .infinity }
    sample.sort { $0 < $1 || $0.isNaN && !$1.isNaN }
    let rank = quantile * Double(sample.count - 1)
    let lower = max(0, rank.rounded(.down))
    let upper = min(Double(sample.count - 1), lower + 1)
    let weight = rank - rank.rounded(.down)
    return sample[Int(lower)] * (1 - weight) + sample[Int(upper)] * weight
  }
}

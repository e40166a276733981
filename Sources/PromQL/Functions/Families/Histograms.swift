import Telemetry

/// Figures from classic histograms; those of native histograms have no value for plain samples.
enum Histograms {
  static let functions: [Function] = [
    Function(
      "histogram_quantile", [.scalar, .vector],
      body: .general { arguments, context in
        let groups = context.bucketGroups(arguments[1], argument: 1)
        return try context.quantiles(
          of: groups, argument: 1, [Quantile(arguments[0], argument: 0)], label: nil)
      }),
    Function(
      "histogram_quantiles", [.vector, .string, .scalar], repeatsLast: true,
      body: .general { arguments, context in
        let groups = context.bucketGroups(arguments[0], argument: 0)
        let quantiles = arguments.indices.dropFirst(2).map {
          Quantile(arguments[$0], argument: $0)
        }
        return try context.quantiles(
          of: groups, argument: 0, quantiles, label: arguments[1].text)
      }),
    Function(
      "histogram_fraction", [.scalar, .scalar, .vector],
      body: .general { arguments, context in
        let (lower, upper) = (arguments[0].numbers, arguments[1].numbers)
        let groups = context.bucketGroups(arguments[2], argument: 2)
        let columns = groups.map { group in
          var values = [Double](repeating: .absent, count: context.grid.count)
          group.forEachStep { step, buckets in
            values[step] = ClassicHistogram.fraction(buckets, from: lower[step], to: upper[step])
          }
          return Column(labels: group.labels, values: values)
        }
        return .vector(try context.algebra.withoutNames(columns))
      }),
    ofNativeOnly("histogram_avg"),
    ofNativeOnly("histogram_count"),
    ofNativeOnly("histogram_stddev"),
    ofNativeOnly("histogram_stdvar"),
    ofNativeOnly("histogram_sum"),
  ]

  private static func ofNativeOnly(_ name: String) -> Function {
    Function(name, [.vector], body: .general { _, _ in .vector([]) })
  }
}

/// A wanted quantile at each step.
private struct Quantile {
  let values: [Double]
  let argument: Int

  init(_ operand: Operand, argument: Int) {
    values = operand.numbers
    self.argument = argument
  }
}

extension FunctionContext {
  fileprivate mutating func bucketGroups(
    _ vector: Operand, argument: Int
  ) -> [BucketGroups.Group] {
    BucketGroups(
      vector.columns, warningAt: position(ofArgument: argument), &annotations
    ).groups
  }

  /// One series for each histogram and quantile; `label`, if there is one, tells the quantile.
  fileprivate mutating func quantiles(
    of groups: [BucketGroups.Group], argument: Int, _ quantiles: [Quantile], label: String?
  ) throws -> Operand {
    var columns: [Column] = []
    var repairs: [String: BucketRepair] = [:]
    for quantile in quantiles {
      for q in quantile.values where !(0...1).contains(q) {
        annotations.warnOfQuantile(q, at: position(ofArgument: quantile.argument))
      }
      for group in groups {
        let metric = options.delaysNameRemoval ? group.labels.metricName ?? "" : ""
        var values = [Double](repeating: .absent, count: grid.count)
        group.forEachStep { step, buckets in
          let (value, repair) = ClassicHistogram.quantile(quantile.values[step], &buckets)
          values[step] = value
          if let repair {
            repairs[metric, default: BucketRepair()].include(repair, at: grid[step])
          }
        }
        columns += labelled(Column(labels: group.labels, values: values), quantile, label)
      }
    }
    for (metric, repair) in repairs.sorted(by: { $0.key.precedesInBytes($1.key) }) {
      annotations.note(repair, metric: metric, at: position(ofArgument: argument))
    }
    return .vector(try algebra.withoutNames(columns))
  }

  /// The column, split by the text of its quantile where the quantile changes from step to step.
  private func labelled(_ column: Column, _ quantile: Quantile, _ label: String?) -> [Column] {
    guard let label else { return [column] }
    var parts: [Column] = []
    var numbers: [UInt64: Int] = [:]
    for step in column.values.indices where !column.values[step].isAbsent {
      let q = quantile.values[step]
      let number = numbers[q.bitPattern] ?? parts.count
      if number == parts.count {
        numbers[q.bitPattern] = number
        parts.append(
          Column(
            labels: column.labels.setting(label, to: q.openMetricsText),
            values: [Double](repeating: .absent, count: column.values.count)))
      }
      parts[number].values[step] = column.values[step]
    }
    return parts
  }
}

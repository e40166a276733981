/// One figure from all samples of a window.
///
/// - Source: https://prometheus.io/docs/prometheus/latest/querying/functions, `<aggregation>_over_time`.
enum OverTime {
  static let functions: [Function] = [
    figure("avg_over_time") { SampleStatistics.mean($0.values) },
    figure("count_over_time") { Double($0.count) },
    figure("mad_over_time") { SampleStatistics.medianAbsoluteDeviation($0.values) },
    figure("max_over_time") { SampleStatistics.maximum($0.values) },
    figure("min_over_time") { SampleStatistics.minimum($0.values) },
    figure("present_over_time") { _ in 1 },
    figure("stddev_over_time") { SampleStatistics.variance($0.values).squareRoot() },
    figure("stdvar_over_time") { SampleStatistics.variance($0.values) },
    figure("sum_over_time") { SampleStatistics.sum($0.values) },
    figure("ts_of_first_over_time") { seconds($0.times[0]) },
    figure("ts_of_last_over_time") { seconds($0.times[$0.count - 1]) },
    figure("ts_of_max_over_time") { seconds($0.times[lastIndex(in: $0.values, where: >=)]) },
    figure("ts_of_min_over_time") { seconds($0.times[lastIndex(in: $0.values, where: <=)]) },
    Function(
      "first_over_time", [.matrix],
      body: .overWindow(keepsName: true) { window, _ in window.values[0] }),
    Function(
      "last_over_time", [.matrix],
      body: .overWindow(keepsName: true) { window, _ in window.values[window.count - 1] }),
    Function("quantile_over_time", [.scalar, .matrix], body: .overWindow(quantile)),
  ]

  private static func figure(
    _ name: String, _ figure: @escaping @Sendable (RangeWindow) -> Double
  ) -> Function {
    Function(name, [.matrix], body: .overWindow { window, _ in figure(window) })
  }

  @Sendable
  private static func quantile(
    _ window: RangeWindow, _ context: inout FunctionContext
  ) -> Double? {
    let q = window.parameters[0]
    if !(0...1).contains(q) {
      context.annotations.warnOfQuantile(q, at: context.position(ofArgument: 0))
    }
    return SampleStatistics.quantile(q, of: window.values)
  }

  /// The last place of the extreme value; a NaN gives way to anything after it.
  private static func lastIndex(
    in values: UnsafeBufferPointer<Double>, where replaces: (Double, Double) -> Bool
  ) -> Int {
    var found = 0
    for index in values.indices where replaces(values[index], values[found]) || values[found].isNaN
    {
      found = index
    }
    return found
  }

  private static func seconds(_ milliseconds: Int64) -> Double { Double(milliseconds) / 1000 }
}

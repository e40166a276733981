import Telemetry

/// Every function, one entry each: signature and body together, so that nothing can drift.
enum FunctionTable {
  /// All functions, by family.
  static let all: [Function] = pending

  /// Names that Prometheus knows and this version refuses by name.
  static let unsupported = ["info", "integral"]

  /// The function with a canonical name, or nil.
  static func function(named name: String) -> Function? {
    byName[name]
  }

  /// Other names of a function: `holt_winters`.
  static let aliases: KeyValuePairs = ["holt_winters": "double_exponential_smoothing"]

  private static let byName = Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0) })

  // Signatures whose bodies are still to come.
  private static let pending: [Function] = {
    func names(_ text: String) -> [String] { text.split(separator: " ").map(String.init) }
    let missing = Function.Body.general { _, context in
      throw QueryError.unsupported(context.call.name)
    }
    let perValue = """
      abs absent acos acosh asin asinh atan atanh ceil cos cosh deg exp floor histogram_avg \
      histogram_count histogram_stddev histogram_stdvar histogram_sum ln log10 log2 rad sgn sin \
      sinh sort sort_desc sqrt tan tanh timestamp
      """
    let overWindow = """
      absent_over_time avg_over_time changes count_over_time delta deriv first_over_time idelta \
      increase irate last_over_time mad_over_time max_over_time min_over_time present_over_time \
      rate resets stddev_over_time stdvar_over_time sum_over_time ts_of_first_over_time \
      ts_of_last_over_time ts_of_max_over_time ts_of_min_over_time
      """
    let calendar = "day_of_month day_of_week day_of_year days_in_month hour minute month year"
    return names(perValue).map { Function($0, [.vector], body: missing) }
      + names(overWindow).map { Function($0, [.matrix], body: missing) }
      + names(calendar).map { Function($0, [.vector], optional: 1, body: missing) }
      + names("end pi range start step time").map {
        Function($0, [], result: .scalar, body: missing)
      } + [
        Function("clamp", [.vector, .scalar, .scalar], body: missing),
        Function("clamp_max", [.vector, .scalar], body: missing),
        Function("clamp_min", [.vector, .scalar], body: missing),
        Function("double_exponential_smoothing", [.matrix, .scalar, .scalar], body: missing),
        Function("histogram_fraction", [.scalar, .scalar, .vector], body: missing),
        Function("histogram_quantile", [.scalar, .vector], body: missing),
        Function(
          "histogram_quantiles", [.vector, .string, .scalar], repeatsLast: true, body: missing),
        Function(
          "label_join", [.vector, .string, .string, .string], optional: 1, repeatsLast: true,
          body: missing),
        Function("label_replace", [.vector, .string, .string, .string, .string], body: missing),
        Function("predict_linear", [.matrix, .scalar], body: missing),
        Function("quantile_over_time", [.scalar, .matrix], body: missing),
        Function("round", [.vector, .scalar], optional: 1, body: missing),
        Function("scalar", [.vector], result: .scalar, body: missing),
        Function(
          "sort_by_label", [.vector, .string], optional: 1, repeatsLast: true, body: missing),
        Function(
          "sort_by_label_desc", [.vector, .string], optional: 1, repeatsLast: true, body: missing),
        Function("vector", [.scalar], body: missing),
      ]
  }()
}

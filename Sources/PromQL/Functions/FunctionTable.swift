import Telemetry

/// Every function, one entry each: signature and body together, so that nothing can drift.
enum FunctionTable {
  /// All functions, by family.
  static let all: [Function] =
    Absence.functions + Arithmetic.functions + Calendar.functions + Counters.functions
    + Histograms.functions + Labels.functions + OverTime.functions + Regression.functions
    + Scalars.functions + Sorting.functions + Trigonometry.functions

  /// Names that Prometheus knows and this version refuses by name.
  static let unsupported = ["info", "integral", "start_timestamp"]

  /// The function with a canonical name, or nil.
  static func function(named name: String) -> Function? {
    byName[name]
  }

  /// Other names of a function: `holt_winters`.
  static let aliases: KeyValuePairs = ["holt_winters": "double_exponential_smoothing"]

  private static let byName = Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0) })
}

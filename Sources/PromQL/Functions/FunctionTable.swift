import Telemetry

/// Every function, one entry each: signature and body together, so that nothing can drift.
enum FunctionTable {
  /// All functions, by family.
  static let all: [Function] = []

  /// Names that Prometheus knows and this version refuses by name.
  static let unsupported: [String] = []

  /// The function with a canonical name, or nil.
  static func function(named name: String) -> Function? {
    byName[name]
  }

  /// Other names of a function: `holt_winters`.
  static let aliases: KeyValuePairs = ["holt_winters": "double_exponential_smoothing"]

  private static let byName = Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0) })
}

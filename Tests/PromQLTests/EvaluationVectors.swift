import Telemetry

@testable import PromQL

/// A column written short: nil for a step without a value.
func column(
  _ labels: KeyValuePairs<String, String>, _ values: [Double?], dropsName: Bool = false
) -> Column {
  Column(labels: LabelSet(labels), values: values.map { $0 ?? .absent }, dropsName: dropsName)
}

/// The values of columns by their written labels, nil for a step without one.
func written(_ columns: [Column]) -> [String: [Double?]] {
  var values: [String: [Double?]] = [:]
  for column in columns {
    values[column.labels.written] = column.values.map { $0.isAbsent ? nil : $0 }
  }
  return values
}

/// Operations over so many steps.
func algebra(steps: Int, delaysNameRemoval: Bool = false) -> VectorAlgebra {
  VectorAlgebra(
    over: QueryGrid(start: 0, step: 1000, count: steps), delaysNameRemoval: delaysNameRemoval)
}

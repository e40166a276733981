import Telemetry

/// The parameter of an aggregation over all steps, checked as Prometheus does before it starts.
struct AggregationParameter {
  private let values: [Double]
  private let position: SourceRange

  init(_ values: [Double], at position: SourceRange) {
    self.values = values
    self.position = position
  }

  /// Whether any step can have a result; adds warnings about values out of range.
  ///
  /// - Throws: `QueryError.execution` in Prometheus's words for a parameter that has no meaning.
  func isWorthwhile(
    for op: AggregationOperator, _ annotations: inout Annotations
  ) throws(QueryError) -> Bool {
    let hasNaN = values.contains { $0.isNaN }
    let numbers = values.filter { !$0.isNaN }
    let (least, greatest) = (numbers.min() ?? .nan, numbers.max() ?? .nan)
    switch op {
    case .topk, .bottomk, .limitk:
      if !hasNaN && greatest < 1 { return false }
      if hasNaN { throw .execution("Parameter value is NaN") }
      if least <= -0x1p63 {
        throw .execution("Scalar value \(least.shortText) underflows int64")
      }
      // Prometheus's greatest value that fits, 9223372036854774784.
      if greatest >= (0x1p63).nextDown {
        throw .execution("Scalar value \(greatest.shortText) overflows int64")
      }
    case .limitRatio:
      if !hasNaN && greatest == 0 && least == 0 { return false }
      if hasNaN { throw .execution("Ratio value is NaN") }
      if greatest > 1 { warnOfRatio(greatest, cappedTo: "1", &annotations) }
      if least < -1 { warnOfRatio(least, cappedTo: "-1", &annotations) }
    case .quantile:
      if hasNaN { warnOfQuantile(.nan, &annotations) }
      if greatest > 1 { warnOfQuantile(greatest, &annotations) }
      if least < 0 { warnOfQuantile(least, &annotations) }
    default: break
    }
    return true
  }

  private func warnOfRatio(_ ratio: Double, cappedTo cap: String, _ annotations: inout Annotations)
  {
    annotations.warn(
      "ratio value should be between -1 and 1, got \(ratio.shortText), capping to \(cap)",
      at: position)
  }

  private func warnOfQuantile(_ quantile: Double, _ annotations: inout Annotations) {
    annotations.warn(
      "quantile value should be between 0 and 1, got \(quantile.shortText)", at: position)
  }
}

import PromQL

extension Double {
  /// Whether two values are equal up to a relative error, as Prometheus's tests see it.
  ///
  /// NaN equals NaN, but the stale marker only itself. Beside zero, only what lies far below the
  /// least normal number passes.
  ///
  /// - Source: prometheus/prometheus, util/almost/almost.go; http://floating-point-gui.de.
  public func isAlmost(_ other: Double, within epsilon: Double = 1e-6) -> Bool {
    if isAbsent || other.isAbsent { return isAbsent && other.isAbsent }
    if isNaN && other.isNaN { return true }
    if self == other { return true }
    let sum = magnitude + other.magnitude
    let difference = (self - other).magnitude
    if self == 0 || other == 0 || sum < .leastNormalMagnitude {
      return difference < epsilon * .leastNormalMagnitude
    }
    return difference / min(sum, .greatestFiniteMagnitude) < epsilon
  }
}

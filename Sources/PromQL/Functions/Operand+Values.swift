import Telemetry

/// The value of an argument whose type the parser has checked.
extension Operand {
  /// The windows of a range vector.
  var windows: RangeOperand {
    guard case .matrix(let operand) = self else { preconditionFailure("BUG: no matrix") }
    return operand
  }

  /// The text of a string.
  var text: String {
    guard case .string(let text) = self else { preconditionFailure("BUG: no string") }
    return text
  }
}

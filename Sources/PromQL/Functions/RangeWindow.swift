/// The samples of one series inside one range, for a function over time.
///
/// Valid only during the call that receives it. Stale markers have been taken out; common NaN
/// values have not.
struct RangeWindow {
  /// Milliseconds since the epoch, ascending; never empty.
  let times: UnsafeBufferPointer<Int64>
  /// The values in order of `times`.
  let values: UnsafeBufferPointer<Double>
  /// The start of the range in milliseconds: its end less its length.
  let start: Int64
  /// The end of the range in milliseconds: the step's time, moved by offset and `@`.
  let end: Int64
  /// The time of the step itself in milliseconds.
  let evaluatedAt: Int64
  /// The scalar arguments of the call at this step, in order, without the range vector.
  let parameters: UnsafeBufferPointer<Double>

  /// How many values are less than the one before them, both inside the window.
  let falls: Int

  /// The number of samples.
  var count: Int { values.count }
}

/// The four types of PromQL; the raw value is the word Prometheus uses in its errors.
public enum ValueType: String, Hashable, Sendable {
  /// A number at each step.
  case scalar
  /// A set of series, each with at most one sample at each step.
  case vector = "instant vector"
  /// A set of series, each with the samples of a range that ends at each step.
  case matrix = "range vector"
  /// A text.
  case string
}

extension VectorMatching {
  /// How vectors match without `fill`, for languages that share the operators.
  public init(cardinality: Cardinality, isOn: Bool, labels: [String], included: [String]) {
    self.init(
      cardinality: cardinality, isOn: isOn, labels: labels, included: included, fill: Fill())
  }
}

internal import Glibc

/// Arithmetic on each value of an instant vector.
enum Arithmetic {
  static let functions: [Function] = [
    perValue("abs") { $0.magnitude },
    perValue("ceil") { $0.rounded(.up) },
    perValue("exp") { exp($0) },
    perValue("floor") { $0.rounded(.down) },
    perValue("ln") { log($0) },
    perValue("log10") { log10($0) },
    perValue("log2") { log2($0) },
    perValue("sgn") { $0 < 0 ? -1 : $0 > 0 ? 1 : $0 },
    perValue("sqrt") { $0.squareRoot() },
    // Ties go up. The inverse loses less than dividing, as in Prometheus.
    Function(
      "round", [.vector, .scalar], optional: 1,
      body: .perValue { value, scalars in
        let inverse = 1 / (scalars.first ?? 1)
        return (value * inverse + 0.5).rounded(.down) / inverse
      }),
    Function(
      "clamp", [.vector, .scalar, .scalar],
      body: .general { arguments, context in
        try clamped(arguments[0], from: arguments[1], to: arguments[2], context)
      }),
    Function(
      "clamp_max", [.vector, .scalar],
      body: .perValue { value, scalars in lesser(scalars[0], value) }),
    Function(
      "clamp_min", [.vector, .scalar],
      body: .perValue { value, scalars in greater(scalars[0], value) }),
    ofTwo("max_of", greater),
    ofTwo("min_of", lesser),
  ]

  static func perValue(
    _ name: String, _ body: @escaping @Sendable (Double) -> Double
  ) -> Function {
    Function(name, [.vector], body: .perValue { value, _ in body(value) })
  }

  private static func ofTwo(
    _ name: String, _ body: @escaping @Sendable (Double, Double) -> Double
  ) -> Function {
    Function(
      name, [.scalar, .scalar], result: .scalar,
      body: .general { arguments, _ in
        .scalar(zip(arguments[0].numbers, arguments[1].numbers).map { body($0, $1) })
      })
  }

  /// Limits values to a range; a step whose range is empty has no values.
  private static func clamped(
    _ vector: Operand, from lowest: Operand, to highest: Operand, _ context: FunctionContext
  ) throws -> Operand {
    let (lowest, highest) = (lowest.numbers, highest.numbers)
    return try .vector(
      context.mapped(vector.columns) { value, step in
        highest[step] < lowest[step]
          ? .absent : greater(lowest[step], lesser(highest[step], value))
      })
  }

  /// The lesser number; NaN when either is, unless the other is the least of all.
  @Sendable
  private static func lesser(_ left: Double, _ right: Double) -> Double {
    if left == -.infinity || right == -.infinity { return -.infinity }
    return left.isNaN || right.isNaN ? .nan : Double.minimum(left, right)
  }

  /// The greater number; NaN when either is, unless the other is the greatest of all.
  @Sendable
  private static func greater(_ left: Double, _ right: Double) -> Double {
    if left == .infinity || right == .infinity { return .infinity }
    return left.isNaN || right.isNaN ? .nan : Double.maximum(left, right)
  }
}

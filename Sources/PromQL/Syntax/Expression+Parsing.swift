extension Expression {
  /// Reads an expression and checks its types.
  ///
  /// `holt_winters` is read as `double_exponential_smoothing`. Durations are computed as far as they
  /// do not ask for `step()` or `range()`.
  ///
  /// - Throws: `QuerySyntaxError` with the place of the first mistake.
  public static func parse(
    _ text: String, limits: SyntaxLimits = SyntaxLimits()
  ) throws(QuerySyntaxError) -> Expression {
    var parser = try Parser(text, limits: limits)
    return try parser.parse()
  }
}

/// What a stranger's query may cost to read.
public struct SyntaxLimits: Hashable, Sendable {
  /// The longest query in UTF-8 bytes.
  public var bytes = 100_000
  /// The deepest nesting of expressions; a chain such as `a + b + c` nests once for each operator.
  public var depth = 200

  /// The usual limits.
  public init() {}
}

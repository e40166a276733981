extension Expression {
  /// Reads an expression and checks its types.
  ///
  /// `holt_winters` is read as `double_exponential_smoothing`.
  ///
  /// - Throws: `QuerySyntaxError` with the place of the first mistake.
  public static func parse(
    _ text: String, limits: SyntaxLimits = SyntaxLimits()
  ) throws(QuerySyntaxError) -> Expression {
    fatalError("owner: syntax")
  }

  /// The canonical text: parsing it gives an equal expression, and equal expressions have equal
  /// texts.
  public var text: String { fatalError("owner: syntax") }
}

/// What a stranger's query may cost to read.
public struct SyntaxLimits: Hashable, Sendable {
  /// The longest query in UTF-8 bytes.
  public var bytes = 100_000
  /// The deepest nesting of expressions.
  public var depth = 200

  /// The usual limits.
  public init() {}
}

/// Why a text is no PromQL expression.
public struct QuerySyntaxError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The line, from 1.
  public let line: Int
  /// The column in bytes, from 1.
  public let column: Int
  /// What is wrong and what was expected, in Prometheus's words where it has some.
  public let message: String

  /// Makes an error.
  public init(line: Int, column: Int, message: String) {
    self.line = line
    self.column = column
    self.message = message
  }

  /// `1:6: parse error: …`
  public var description: String { "\(line):\(column): parse error: \(message)" }
}

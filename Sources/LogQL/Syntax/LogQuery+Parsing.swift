import PromQL

extension LogQuery {
  /// Reads a query.
  ///
  /// - Throws: `LogSyntaxError` with the place of the first mistake.
  public static func parse(
    _ text: String, limits: SyntaxLimits = SyntaxLimits()
  ) throws(LogSyntaxError) -> LogQuery {
    guard text.utf8.count <= limits.bytes else {
      throw LogSyntaxError(
        line: 1, column: 1,
        message: "input size too long (\(text.utf8.count) > \(limits.bytes) bytes)")
    }
    var parser = LogParser(
      tokens: try LogLexer.tokens(of: text), depthLimit: limits.depth)
    return try parser.query()
  }
}

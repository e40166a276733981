extension String {
  /// The text on one line, cut at `limit` characters with an ellipsis, with a full stop at its end.
  ///
  /// Findings may quote log lines, which hold line breaks and no end.
  func asSentence(limit: Int = 260) -> String {
    let line = split { $0.isWhitespace || $0.isNewline }.joined(separator: " ")
    if line.count > limit { return line.prefix(limit - 1) + "…" }
    return line.last.map { ".!?…".contains($0) } == false ? line + "." : line
  }
}

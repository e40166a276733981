import Patterns

extension LabelReplacement {
  /// The compiled pattern, which must match a whole value; nil when RE2 refuses it.
  static func compiled(_ text: String) -> Pattern? {
    try? Pattern(text, options: PatternOptions(dotMatchesNewline: true))
  }
}

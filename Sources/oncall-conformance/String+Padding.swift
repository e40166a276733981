extension String {
  /// The text with blanks before it, so that it is at least `width` characters wide.
  func right(_ width: Int) -> String {
    String(repeating: " ", count: max(0, width - count)) + self
  }
}

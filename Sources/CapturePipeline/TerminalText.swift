/// Text from an export on its way to a terminal.
public enum TerminalText {
  /// The text with control characters, and those that change the direction of writing, replaced by
  /// U+FFFD, so that no export can steer a terminal.
  public static func safe(_ text: String) -> String {
    var safe = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      let isUnsafe: Bool
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator: isUnsafe = true
      default: isUnsafe = false
      }
      safe.append(isUnsafe ? "\u{FFFD}" : scalar)
    }
    return String(safe)
  }
}

/// How text for a terminal may look. The command line decides; this target only obeys.
public struct TerminalStyle: Hashable, Sendable {
  /// Whether colours may be used.
  public let isColoured: Bool
  /// Columns of the terminal.
  public let width: Int

  /// Makes a style; a width outside 40...240 is brought into it.
  public init(isColoured: Bool, width: Int) {
    self.isColoured = isColoured
    self.width = min(240, max(40, width))
  }

  /// No colours, 80 columns: what a pipe gets.
  public static let plain = TerminalStyle(isColoured: false, width: 80)

  /// The few meanings that have a colour.
  enum Tone: String {
    case strong = "1"
    case faint = "2"
    case bad = "31"
    case good = "32"
    case warning = "33"
  }

  /// `text` in the colour of `tone`. `text` must be harmless already.
  func paint(_ text: String, _ tone: Tone) -> String {
    isColoured && !text.isEmpty ? "\u{1B}[\(tone.rawValue)m\(text)\u{1B}[0m" : text
  }

  /// `text` made harmless and broken at blanks into lines that fit, each begun with `indent`.
  ///
  /// A word that is longer than a line stays whole, so that it can be copied.
  func wrapped(_ text: String, indent: String = "", limit: Int = PlainText.defaultLimit) -> [String]
  {
    var lines: [String] = []
    var line = indent
    for word in PlainText.line(text, limit: limit).split(separator: " ") {
      if line.count + word.count + 1 > width, line != indent {
        lines.append(line)
        line = indent
      }
      line += line == indent ? String(word) : " \(word)"
    }
    return line == indent ? lines : lines + [line]
  }
}

import Reporting

/// How a result is shown on standard output.
public struct Presentation: Hashable, Sendable {
  /// Text for people or one JSON document.
  public let format: OutputFormat
  let style: TerminalStyle

  /// Makes a presentation.
  ///
  /// - Parameters:
  ///   - isColoured: Whether standard output is a terminal that wants colours.
  ///   - width: Columns of the terminal, 80 for anything else.
  public init(format: OutputFormat, isColoured: Bool, width: Int) {
    self.format = format
    style = TerminalStyle(isColoured: isColoured, width: width)
  }
}

/// What `--format` selects.
public enum OutputFormat: String, Hashable, Sendable, CaseIterable {
  case text, json
}

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

/// What a command leaves behind: text, a note, an exit code.
public struct CommandResult: Hashable, Sendable {
  /// For standard output.
  public let output: [UInt8]
  /// One sentence for standard error, or nil when there is nothing to add.
  public let note: String?
  /// What the command exits with.
  public let exitCode: ExitCode

  init(output: [UInt8], damaged: Int, path: String) {
    self.output = output
    exitCode = damaged == 0 ? .done : .doneWithDamage
    let files = damaged == 1 ? "1 file" : "\(damaged) files"
    note =
      damaged == 0
      ? nil
      : PlainText.line(
        "\(path): \(files) of the bundle damaged or missing, the result rests on the others; "
          + "`\(ToolIdentity.name) inspect` lists them")
  }
}

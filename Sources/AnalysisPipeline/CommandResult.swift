import Reporting

/// What a command leaves behind: text, a note, an exit code.
public struct CommandResult: Hashable, Sendable {
  /// For standard output.
  public let output: [UInt8]
  /// One sentence for standard error, or nil when there is nothing to add.
  public let note: String?
  /// What the command exits with.
  public let exitCode: ExitCode

  /// - Parameter isAnswerNo: Whether the command was asked a question and the answer is no.
  init(output: [UInt8], damaged: Int, path: String, isAnswerNo: Bool = false) {
    self.output = output
    exitCode = isAnswerNo ? .answerIsNo : damaged == 0 ? .done : .doneWithDamage
    let files = damaged == 1 ? "1 file" : "\(damaged) files"
    note =
      damaged == 0
      ? nil
      : PlainText.line(
        "\(path): \(files) of the bundle damaged or missing, the result rests on the others; "
          + "`\(ToolIdentity.name) inspect` lists them")
  }

  /// The document of a refusal: a mistake in what was asked.
  init(refusal output: [UInt8], note: String) {
    self.output = output
    self.note = note
    exitCode = .usage
  }
}

import Reporting

/// What a command leaves behind: text, a note, an exit code.
public struct CommandResult: Hashable, Sendable {
  /// For standard output.
  public let output: [UInt8]
  /// One sentence for standard error, or nil when there is nothing to add.
  public let note: String?
  /// What the command exits with.
  public let exitCode: ExitCode

  /// - Parameters:
  ///   - isAnswerNo: Whether the command was asked a question and the answer is no.
  ///   - remarks: What else a person should know, in sentences.
  init(
    output: [UInt8], damaged: Int, path: String, isAnswerNo: Bool = false, remarks: [String] = []
  ) {
    self.output = output
    exitCode = isAnswerNo ? .answerIsNo : damaged == 0 ? .done : .doneWithDamage
    let files = damaged == 1 ? "1 file" : "\(damaged) files"
    let damage =
      "\(path): \(files) of the bundle damaged or missing, the result rests on the others; "
      + "`\(ToolIdentity.name) inspect` lists them"
    let sentences = (damaged == 0 ? [] : [damage]) + remarks
    note =
      sentences.isEmpty
      ? nil : sentences.map { PlainText.line($0) }.joined(separator: "; ")
  }

  /// The document of a refusal: a mistake in what was asked.
  init(refusal output: [UInt8], note: String) {
    self.output = output
    self.note = note
    exitCode = .usage
  }
}

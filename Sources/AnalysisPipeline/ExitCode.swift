/// The exit codes that scripts rely on.
public enum ExitCode: Int32, Sendable {
  /// Done.
  case done = 0
  /// Done, and the answer is no: an expectation was not met.
  case answerIsNo = 1
  /// A mistake in the flags or the policies, or an output that cannot be written.
  case usage = 2
  /// The bundle cannot be read.
  case unreadable = 3
  /// Refused for safety.
  case refused = 4
  /// Done on what could be read; part of the bundle was damaged or missing.
  case doneWithDamage = 5
}

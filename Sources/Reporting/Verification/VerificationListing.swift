import Canonical
import Reasoning
import Telemetry

/// What `verify` prints: one line an expectation.
public enum VerificationListing {
  /// The lines for a terminal; the last counts.
  public static func lines(of verification: Verification, style: TerminalStyle) -> [String] {
    let met = verification.outcomes.filter(\.isMet).count
    let total = verification.outcomes.count
    return verification.outcomes.map { outcome in
      let mark = outcome.isMet ? style.paint("passed", .good) : style.paint("FAILED", .bad)
      return "\(mark)  "
        + PlainText.line("\(outcome.name): expected \(outcome.expected), found \(outcome.found)")
    } + ["\(met) of \(Quantity.count(total, "expectation")) met"]
  }

  /// The same as one JSON document.
  public static func json(of verification: Verification) -> [UInt8] {
    JSONText.document(
      .object([
        "schema": .string("oncall.verification/1"),
        "tool": JSONText.tool,
        "passed": .bool(verification.isPassed),
        "expectations": .array(
          verification.outcomes.map { outcome in
            .object([
              "name": .string(outcome.name),
              "expected": .string(outcome.expected),
              "found": .string(outcome.found),
              "passed": .bool(outcome.isMet),
            ])
          }),
      ]))
  }
}

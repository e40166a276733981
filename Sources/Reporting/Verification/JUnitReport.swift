import Canonical
import Reasoning

/// A verification as JUnit XML, which CI servers show.
///
/// - Source: the common subset of Jenkins and GitLab: `testsuite`, `testcase`, `failure`.
public enum JUnitReport {
  /// The document.
  ///
  /// - Parameter suite: The name of the suite, such as the bundle's file name.
  public static func xml(of verification: Verification, suite: String) -> [UInt8] {
    let outcomes = verification.outcomes
    let failures = outcomes.filter { !$0.isMet }.count
    var text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    text += "<testsuite name=\"\(escaped(suite))\" tests=\"\(outcomes.count)\""
    text += " failures=\"\(failures)\">\n"
    for outcome in outcomes {
      let title = escaped("\(outcome.name): \(outcome.expected)")
      text += "  <testcase classname=\"oncall-analyze.verify\" name=\"\(title)\""
      if outcome.isMet {
        text += "/>\n"
      } else {
        let message = escaped("expected \(outcome.expected), found \(outcome.found)")
        text += ">\n    <failure message=\"\(message)\"/>\n  </testcase>\n"
      }
    }
    return Array((text + "</testsuite>\n").utf8)
  }

  /// Text for an attribute; what XML 1.0 does not allow is shown as `PlainText` shows it.
  private static func escaped(_ text: String) -> String {
    PlainText.line(text, limit: 4096).unicodeScalars.reduce(into: "") { output, scalar in
      switch scalar {
      case "&": output += "&amp;"
      case "<": output += "&lt;"
      case ">": output += "&gt;"
      case "\"": output += "&quot;"
      default: output.unicodeScalars.append(scalar)
      }
    }
  }
}

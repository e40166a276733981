import Canonical
import Policies
import PromQL
import Telemetry

/// Reads rule files as Prometheus does.
///
/// - Source: https://prometheus.io/docs/prometheus/latest/configuration/recording_rules, and
///   prometheus/prometheus, model/rulefmt.
public enum RuleFile {
  /// Reads the groups of files of YAML, or of the body of `/api/v1/rules`.
  ///
  /// - Parameters:
  ///   - files: Each file's name, for messages, and its text.
  ///   - foreign: What stands for an expression of another language, such as LogQL; nil for PromQL.
  ///     A mistake is thrown.
  /// - Throws: `PolicyError` with every mistake of every file: unknown keys, groups of one name in
  ///   a file, the same rule twice, expressions that cannot be read.
  public static func groups(
    in files: [(name: String, text: String)],
    foreign: (String) throws -> Expression? = { _ in nil }
  ) throws -> [RuleGroup] {
    var groups: [RuleGroup] = []
    var found: [PolicyProblem] = []
    for file in files {
      let problems = PolicyProblems(file: file.name)
      if let root = PolicyNode(text: file.text, problems: problems), holdsFewRules(root) {
        groups +=
          isServerAnswer(root)
          ? ServerRules(file: file.name).groups(in: root)
          : withoutActuallyEscaping(foreign) {
            RuleFileReader(file: file.name, foreign: $0).groups(in: root)
          }
      }
      found += problems.found
    }
    guard found.isEmpty else { throw PolicyError(problems: found) }
    return groups
  }

  /// The most rules that a file may hold: the largest clusters have some hundreds, and a file of a
  /// few lines can name millions by repeating an anchor.
  static let mostRules = 5000

  /// Whether a file keeps to `mostRules`; otherwise that is a mistake of it.
  private static func holdsFewRules(_ root: PolicyNode) -> Bool {
    let groups = root.member("groups") ?? root.member("data")?.member("groups")
    var count = 0
    for group in groups?.elements() ?? [] {
      count += 1 + (group.member("rules")?.elements().count ?? 0)
      guard count <= mostRules else {
        root.fail("holds more than \(mostRules) groups and rules: give fewer at a time")
        return false
      }
    }
    return true
  }

  private static func isServerAnswer(_ root: PolicyNode) -> Bool {
    root.member("data") != nil && root.member("groups") == nil
  }
}

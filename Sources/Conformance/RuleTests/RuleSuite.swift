import Foundation
import Policies
import Rules
import Telemetry

/// The outcomes of a folder of unit tests of rules.
public struct RuleSuite: Sendable {
  /// A test that the suite means to fail: promtool's own tests of its runner.
  public struct MeantToFail: Hashable, Sendable {
    /// The test file.
    public let file: String
    /// The test's name; nil for every test of the file.
    public let test: String?
  }

  /// The tests that Prometheus's suite expects promtool to fail.
  ///
  /// - Source: prometheus/prometheus, cmd/promtool/unittest_test.go.
  public static let promtoolFailures: Set<MeantToFail> = [
    MeantToFail(file: "failing.yml", test: nil),
    MeantToFail(file: "rules_run_fuzzy.yml", test: "wrong fuzzy match"),
    MeantToFail(file: "rules_run_no_fuzzy.yml", test: nil),
  ]

  /// One outcome for each expectation, by file and in order.
  public let outcomes: [RuleTestOutcome]
  /// The test files, sorted by name.
  public let files: [String]

  /// Runs every test file of a folder; rule files among them are left out.
  ///
  /// - Throws: `ConformanceError.unreadable`.
  public init(runningTestsIn folder: String) throws(ConformanceError) {
    guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder) else {
      throw .unreadable(path: folder, message: "no folder of tests")
    }
    var outcomes: [RuleTestOutcome] = []
    var files: [String] = []
    for name in names.filter({ $0.hasSuffix(".yml") }).sorted(by: { $0.precedesInBytes($1) }) {
      let text = try Self.text(ofFileAt: "\(folder)/\(name)")
      do {
        guard let file = try RuleTestReader.file(name: name, text: text) else { continue }
        files.append(name)
        let texts = try file.ruleFiles.map { rules throws(ConformanceError) in
          (name: rules, text: try Self.text(ofFileAt: "\(folder)/\(rules)"))
        }
        outcomes += RuleTestRun(file: file, groups: try RuleFile.groups(in: texts)).outcomes()
      } catch let error as ConformanceError {
        throw error
      } catch {
        outcomes.append(
          RuleTestOutcome(file: name, test: "", subject: "reading", verdict: .failed("\(error)")))
      }
    }
    self.outcomes = outcomes
    self.files = files
  }

  /// Whether everything passed, and what is meant to fail failed.
  public var isClean: Bool { outcomes.allSatisfy { !Self.isUnexpected($0) } }

  /// A table of files, then every outcome that should be another.
  public var text: String {
    var rows = [["file", "as promtool", "apart", "otherwise"]]
    for file in files {
      let own = outcomes.filter { $0.file == file }
      let apart = own.count { if case .apart = $0.verdict { true } else { false } }
      let wrong = own.count(where: Self.isUnexpected)
      rows.append([
        file, "\(own.count - apart - wrong)/\(own.count - apart)", "\(apart)", "\(wrong)",
      ])
    }
    let unexpected = outcomes.filter(Self.isUnexpected).map { outcome in
      let difference = if case .failed(let text) = outcome.verdict { text } else { "must fail" }
      return "\nfailed \(outcome.file) \(outcome.test): \(outcome.subject)\n  \(difference)\n"
    }
    return SuiteReport.aligned(rows) + unexpected.joined()
  }

  private static func isUnexpected(_ outcome: RuleTestOutcome) -> Bool {
    let mustFail =
      promtoolFailures.contains(MeantToFail(file: outcome.file, test: nil))
      || promtoolFailures.contains(MeantToFail(file: outcome.file, test: outcome.test))
    switch outcome.verdict {
    case .passed: return mustFail
    case .failed: return !mustFail
    case .apart: return false
    }
  }

  private static func text(ofFileAt path: String) throws(ConformanceError) -> String {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw .unreadable(path: path, message: "cannot be read")
    }
    return String(decoding: data, as: UTF8.self)
  }
}

import Foundation
import PromQL
import Telemetry

/// The outcomes of a folder of scripts.
public struct SuiteReport: Sendable {
  /// One script's outcomes.
  public struct File: Sendable {
    /// The script's file name.
    public let name: String
    /// One for each statement that asks, in order.
    public let outcomes: [StatementOutcome]

    /// How many gave the expected answer.
    public var passed: Int {
      outcomes.count { if case .passed = $0.verdict { true } else { false } }
    }
    /// How many need what this version leaves out by name.
    public var apart: Int { outcomes.count { if case .apart = $0.verdict { true } else { false } } }
    /// How many gave another answer.
    public var failed: Int { outcomes.count - passed - apart }
  }

  /// The scripts, sorted by name.
  public let files: [File]

  /// Runs every `.test` file of a folder, or the one file that `path` names.
  ///
  /// - Throws: `ConformanceError.unreadable`.
  public init(runningScriptsAt path: String) throws(ConformanceError) {
    var files: [File] = []
    for script in try Self.paths(at: path) {
      let name = String(script.split(separator: "/").last ?? "")
      let text = try Self.text(ofFileAt: script)
      files.append(
        File(name: name, outcomes: ScriptRun.outcomes(of: TestScript(name: name, text: text))))
    }
    self.files = files
  }

  /// Whether no answer differed.
  public var isClean: Bool { files.allSatisfy { $0.failed == 0 } }

  private static func paths(at path: String) throws(ConformanceError) -> [String] {
    if path.hasSuffix(".test") { return [path] }
    do {
      let names = try FileManager.default.contentsOfDirectory(atPath: path)
      return names.filter { $0.hasSuffix(".test") }.sorted { $0.precedesInBytes($1) }
        .map { "\(path)/\($0)" }
    } catch {
      throw .unreadable(path: path, message: "no folder of scripts")
    }
  }

  private static func text(ofFileAt path: String) throws(ConformanceError) -> String {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw .unreadable(path: path, message: "cannot be read")
    }
    return String(decoding: data, as: UTF8.self)
  }
}

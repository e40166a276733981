import Canonical
internal import Foundation

/// The text of policy files by name, such as `slo.json`.
public struct PolicyFiles: Sendable {
  private let texts: [(name: String, text: String)]

  /// Makes a set of files; names must differ.
  public init(_ texts: [(name: String, text: String)]) {
    self.texts = texts.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
  }

  /// The files of `policies/` as they were when this tool was built.
  public static var builtIn: PolicyFiles { PolicyFiles(BuiltInPolicyText.files) }

  /// Reads the JSON and YAML files at the top of `directory`, and the rule files in its `rules/`.
  ///
  /// - Throws: `PolicyError` when the directory or a file cannot be read, or a file has a name that
  ///   no policy has.
  public init(directory: String) throws {
    let known = Self.builtIn.texts.map(\.name).filter { !$0.hasPrefix(Self.rulesFolder) }
    guard let names = try? FileManager.default.contentsOfDirectory(atPath: directory) else {
      throw PolicyError(problems: [
        PolicyProblem(
          file: directory, line: 0, key: "", reason: "cannot be read as a directory of policies")
      ])
    }
    var texts: [(name: String, text: String)] = []
    var problems: [PolicyProblem] = []
    for name in names.sorted() where name.hasSuffix(".json") || name.hasSuffix(".yaml") {
      if !known.contains(name) {
        let reason = "is no policy file; there are \(known.joined(separator: ", "))"
        problems.append(PolicyProblem(file: name, line: 0, key: "", reason: reason))
      } else if let text = Self.text(at: directory + "/" + name) {
        texts.append((name, text))
      } else {
        problems.append(
          PolicyProblem(file: name, line: 0, key: "", reason: "cannot be read as UTF-8 text"))
      }
    }
    let rules = Self.rules(in: directory)
    problems += rules.problems
    guard problems.isEmpty else { throw PolicyError(problems: problems) }
    self.init(texts + rules.texts)
  }

  private static func text(at path: String) -> String? {
    FileManager.default.contents(atPath: path).flatMap { String(validating: $0, as: UTF8.self) }
  }

  private static let rulesFolder = "rules/"

  /// The YAML files in `rules/` of a directory; they may have any name.
  private static func rules(
    in directory: String
  ) -> (texts: [(name: String, text: String)], problems: [PolicyProblem]) {
    let folder = directory + "/" + rulesFolder
    var texts: [(name: String, text: String)] = []
    var problems: [PolicyProblem] = []
    func refuse(_ file: String, _ reason: String) {
      problems.append(PolicyProblem(file: file, line: 0, key: "", reason: reason))
    }
    guard FileManager.default.fileExists(atPath: folder) else { return ([], []) }
    guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder) else {
      refuse(rulesFolder, "cannot be read as a directory of rule files")
      return ([], problems)
    }
    for name in names.sorted() where !name.hasPrefix(".") {
      if !name.hasSuffix(".yml"), !name.hasSuffix(".yaml") {
        refuse(rulesFolder + name, "is no rule file; those end in .yml or .yaml")
      } else if let text = text(at: folder + name) {
        texts.append((rulesFolder + name, text))
      } else {
        refuse(rulesFolder + name, "cannot be read as UTF-8 text")
      }
    }
    return (texts, problems)
  }

  /// The rule files, sorted by name.
  var rules: [(name: String, text: String)] {
    texts.filter { $0.name.hasPrefix(Self.rulesFolder) }
  }

  /// The text of the file called `name`, or nil.
  public func text(of name: String) -> String? {
    texts.first { $0.name == name }?.text
  }

  /// These files, and those of `base` that are not among them.
  func merged(over base: PolicyFiles) -> PolicyFiles {
    PolicyFiles(texts + base.texts.filter { text(of: $0.name) == nil })
  }

  /// One digest over the names and contents of all files.
  var digest: ContentDigest {
    ContentDigest(
      of: texts.map { "\($0.name) \(ContentDigest(of: $0.text).hex)\n" }.joined())
  }
}

import Canonical

/// Everything that a person tunes, read and checked.
public struct Policy: Sendable {
  /// What users were promised; `slo.json`.
  public let objectives: ObjectivePolicy
  /// Settings of detectors; `detectors.json`.
  public let detectors: DetectorPolicy
  /// Weights and thresholds; `score.json`.
  public let score: ScorePolicy
  /// Possible causes and how evidence is weighed; `causes.json`.
  public let causes: CausePolicy
  /// Rule files of Prometheus, by name; `rules/`. They are read where rules are replayed.
  public let rules: [(name: String, text: String)]
  /// The digest of every policy file in effect, for reports.
  public let digest: ContentDigest

  /// The policies that are part of the tool: the files of `policies/` as they were at its build.
  public static func builtIn() -> Policy {
    do {
      return try Policy(files: .builtIn, over: nil)
    } catch {
      preconditionFailure("BUG: built-in policies:\n\(error)")
    }
  }

  /// The policies of a directory; a file, or a key of a file, that it does not have keeps its
  /// built-in value.
  ///
  /// - Throws: `PolicyError` with every mistake of every file.
  public static func load(directory: String) throws -> Policy {
    try Policy(files: PolicyFiles(directory: directory), over: builtIn())
  }

  /// Reads `files`; what they leave out is taken from `base`, or is a mistake when there is none.
  ///
  /// - Throws: `PolicyError` with every mistake of every file.
  public init(files: PolicyFiles, over base: Policy?) throws {
    var problems: [PolicyProblem] = []
    func read<Value>(
      _ file: String, _ base: Value?, _ reader: (PolicyNode, Value?) -> Value?
    )
      -> Value?
    {
      guard let text = files.text(of: file) else { return base }
      let noted = PolicyProblems(file: file)
      let value = PolicyNode(text: text, problems: noted).flatMap { reader($0, base) }
      problems += noted.found
      return value
    }
    let objectives = read("slo.json", base?.objectives, ObjectivePolicy.read)
    let detectors = read("detectors.json", base?.detectors, DetectorPolicy.read)
    let score = read("score.json", base?.score, ScorePolicy.read)
    let causes = read("causes.json", base?.causes, CausePolicy.read)
    guard problems.isEmpty, let objectives, let detectors, let score, let causes else {
      throw PolicyError(problems: problems)
    }
    self.objectives = objectives
    self.detectors = detectors
    self.score = score
    self.causes = causes
    let all = files.merged(over: .builtIn)
    rules = all.rules
    digest = all.digest
  }
}

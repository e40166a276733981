/// Why policies cannot be used; lists every mistake at once.
public struct PolicyError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The mistakes, in order of file and line.
  public let problems: [PolicyProblem]

  /// Makes an error from problems in any order.
  public init(problems: [PolicyProblem]) {
    self.problems = problems.sorted()
  }

  /// One line a mistake.
  public var description: String {
    problems.map(\.description).joined(separator: "\n")
  }
}

/// One mistake in a policy file.
public struct PolicyProblem: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The file, such as `slo.json`.
  public let file: String
  /// The line, from 1; 0 when the mistake concerns the whole file.
  public let line: Int
  /// Where in the file, such as `availability.services.cart`; empty for the whole file.
  public let key: String
  /// What is wrong, what is allowed instead.
  public let reason: String

  /// Makes a problem.
  public init(file: String, line: Int, key: String, reason: String) {
    self.file = file
    self.line = line
    self.key = key
    self.reason = reason
  }

  /// `slo.json:4: availability.default: must be a number in 0...1, found 99.5`.
  public var description: String {
    let place = line > 0 ? "\(file):\(line)" : file
    return key.isEmpty ? "\(place): \(reason)" : "\(place): \(key): \(reason)"
  }

  /// Sorts by file, line, key and reason.
  public static func < (left: PolicyProblem, right: PolicyProblem) -> Bool {
    if left.file != right.file { return left.file < right.file }
    if left.line != right.line { return left.line < right.line }
    return (left.key, left.reason) < (right.key, right.reason)
  }
}

internal import Yams

/// Collects the mistakes of one policy file, so that a reader can go on after each.
public final class PolicyProblems {
  /// The file that is read.
  public let file: String
  /// The mistakes so far, in order of discovery.
  public private(set) var found: [PolicyProblem] = []

  /// Starts without mistakes.
  public init(file: String) {
    self.file = file
  }

  func add(line: Int, key: String, _ reason: String) {
    found.append(PolicyProblem(file: file, line: line, key: key, reason: reason))
  }
}

/// A value in a policy file and where it stands.
///
/// Every reader returns nil after it has noted what is wrong, so that all mistakes are found in one
/// pass.
public struct PolicyNode {
  /// Where the value stands, such as `availability.default`.
  public let key: String
  private let node: Node
  private let problems: PolicyProblems

  /// Parses a file of JSON or YAML; nil, with the problem noted, when it is neither.
  public init?(text: String, problems: PolicyProblems) {
    do {
      guard let node = try Yams.compose(yaml: text) else {
        problems.add(line: 0, key: "", "is empty")
        return nil
      }
      self.init(key: "", node: node, problems: problems)
    } catch {
      problems.add(line: 0, key: "", "is neither JSON nor YAML: \(error)")
      return nil
    }
  }

  private init(key: String, node: Node, problems: PolicyProblems) {
    self.key = key
    self.node = node
    self.problems = problems
  }

  /// Notes a mistake at this value.
  public func fail(_ reason: String) {
    problems.add(line: node.mark?.line ?? 0, key: key, reason)
  }

  /// The members of a mapping in the order they are written; a key that is not among `allowed` is
  /// a mistake.
  public func members(allowed: [String]) -> [String: PolicyNode] {
    let all = allMembers()
    for member in all where !allowed.contains(member.name) {
      member.value.fail("unknown key; allowed are \(allowed.joined(separator: ", "))")
    }
    return Dictionary(all.map { ($0.name, $0.value) }) { first, _ in first }
  }

  /// The members of a mapping whose keys are names of things, in the order they are written.
  public func allMembers() -> [(name: String, value: PolicyNode)] {
    guard case .mapping(let mapping) = node else {
      fail("must be a mapping of names to values")
      return []
    }
    var seen: [String] = []
    return mapping.compactMap { key, value in
      guard let name = key.string else { return nil }
      let member = PolicyNode(
        key: self.key.isEmpty ? name : "\(self.key).\(name)", node: value, problems: problems)
      if seen.contains(name) { member.fail("appears twice") }
      seen.append(name)
      return (name, member)
    }
  }

  /// The elements of a list.
  public func elements() -> [PolicyNode] {
    guard case .sequence(let sequence) = node else {
      fail("must be a list")
      return []
    }
    return sequence.enumerated().map { index, value in
      PolicyNode(key: "\(key)[\(index)]", node: value, problems: problems)
    }
  }

  /// The member of a mapping called `name`; nil, and no mistake, when there is none.
  public func member(_ name: String) -> PolicyNode? {
    guard case .mapping(let mapping) = node else { return nil }
    guard let value = mapping.first(where: { $0.key.string == name })?.value else { return nil }
    return PolicyNode(
      key: key.isEmpty ? name : "\(key).\(name)", node: value, problems: problems)
  }

  /// Whether nothing stands here: `key:` without a value, or `null`.
  public var isNull: Bool {
    if case .scalar = node { node.null != nil } else { false }
  }

  /// Any text, number or word as it is written, possibly empty.
  public func scalar() -> String? {
    guard case .scalar(let scalar) = node else {
      fail("must be text")
      return nil
    }
    return scalar.string
  }

  /// Text that is not empty.
  public func text() -> String? {
    guard case .scalar(let scalar) = node, !scalar.string.isEmpty else {
      fail("must be text that is not empty")
      return nil
    }
    return scalar.string
  }

  /// A list of texts.
  public func texts() -> [String] { elements().compactMap { $0.text() } }

  /// A finite number in `range`.
  public func number(in range: ClosedRange<Double>) -> Double? {
    guard case .scalar(let scalar) = node, scalar.style != .doubleQuoted,
      let number = Double(scalar.string), number.isFinite, range.contains(number)
    else {
      fail("must be a number in \(range.lowerBound)...\(range.upperBound)\(found)")
      return nil
    }
    return number
  }

  /// One of `allowed`.
  public func choice(of allowed: [String]) -> String? {
    guard case .scalar(let scalar) = node, allowed.contains(scalar.string) else {
      fail("must be one of \(allowed.joined(separator: ", "))\(found)")
      return nil
    }
    return scalar.string
  }

  private var found: String {
    if case .scalar(let scalar) = node { ", found \(scalar.string)" } else { "" }
  }
}

import Canonical
import Telemetry

extension Expectations {
  /// Reads a file of JSON or YAML.
  ///
  /// - Throws: `PolicyError` with every mistake and its line.
  public init(text: String, file: String) throws(PolicyError) {
    let problems = PolicyProblems(file: file)
    var read = Expectations()
    if let node = PolicyNode(text: text, problems: problems) { read.read(node) }
    guard problems.found.isEmpty else { throw PolicyError(problems: problems.found) }
    self = read
  }

  private mutating func read(_ node: PolicyNode) {
    let members = node.members(allowed: [
      "verdict", "incident", "hypothesis", "newLogPatterns", "alerts", "states",
    ])
    if members.isEmpty { node.fail("expects nothing") }
    verdict = members["verdict"]?.choice(of: ["incident", "no-incident", "inconclusive"])
    incident = members["incident"].map(IncidentExpectation.init)
    hypothesis = members["hypothesis"].map(HypothesisExpectation.init)
    newLogPatterns = Self.items(members["newLogPatterns"]).compactMap { $0.text() }
    alerts = Self.items(members["alerts"]).compactMap(AlertExpectation.init)
    states = Self.items(members["states"]).compactMap { $0.text() }
  }
}

extension Expectations {
  /// The elements of a list that must have some when it is there.
  private static func items(_ node: PolicyNode?) -> [PolicyNode] {
    guard let node else { return [] }
    let items = node.elements()
    if items.isEmpty { node.fail("expects nothing") }
    return items
  }
}

extension Expectations.IncidentExpectation {
  fileprivate init(_ node: PolicyNode) {
    let members = node.members(allowed: [
      "startsWithin", "detectedBefore", "endsWithin", "peakScoreAtLeast", "peakScoreAtMost",
    ])
    if members.isEmpty { node.fail("expects nothing") }
    startsWithin = members["startsWithin"]?.interval()
    detectedBefore = members["detectedBefore"]?.instant()
    endsWithin = members["endsWithin"]?.interval()
    peakScoreAtLeast = members["peakScoreAtLeast"]?.number(in: 0...100)
    peakScoreAtMost = members["peakScoreAtMost"]?.number(in: 0...100)
  }
}

extension Expectations.HypothesisExpectation {
  fileprivate init(_ node: PolicyNode) {
    let members = node.members(allowed: ["serviceInTop", "causeInTop"])
    if members.isEmpty { node.fail("expects nothing") }
    serviceInTop = members["serviceInTop"].flatMap(Ranked.init)
    causeInTop = members["causeInTop"].flatMap(Ranked.init)
  }
}

extension Expectations.HypothesisExpectation.Ranked {
  fileprivate init?(_ node: PolicyNode) {
    let members = node.members(allowed: ["name", "k"])
    let name = node.required("name", of: members)?.text()
    let rank = members["k"].map { $0.number(in: 1...1000) } ?? 1
    guard let name, let rank else { return nil }
    self.init(name: name, k: Int(rank))
  }
}

extension Expectations.AlertExpectation {
  fileprivate init?(_ node: PolicyNode) {
    let members = node.members(allowed: ["name", "firedBy"])
    guard let name = node.required("name", of: members)?.text() else { return nil }
    self.init(name: name, firedBy: members["firedBy"]?.instant())
  }
}

extension PolicyNode {
  /// An instant: RFC 3339 or Unix seconds.
  public func instant() -> Timestamp? {
    guard let text = text() else { return nil }
    guard let instant = Canonical.timestamp(text) else {
      fail("must be RFC 3339 such as 2026-03-01T10:05:00Z or Unix seconds, found \(text)")
      return nil
    }
    return instant
  }

  /// Two instants in order.
  public func interval() -> ClosedRange<Timestamp>? {
    let ends = elements()
    guard ends.count == 2 else {
      fail("must be a list of two instants")
      return nil
    }
    guard let first = ends[0].instant(), let last = ends[1].instant() else { return nil }
    guard first <= last else {
      fail("must be in order, the earlier first")
      return nil
    }
    return first...last
  }
}

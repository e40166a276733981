extension CausePolicy {
  static func read(_ root: PolicyNode, defaults: CausePolicy?) -> CausePolicy? {
    let members = root.members(allowed: ["ranking", "wording", "causes"])
    func section<Value>(
      _ name: String, _ fallback: Value?, _ read: (PolicyNode) -> Value?
    ) -> Value? {
      if let member = members[name] { return read(member) }
      if fallback == nil { root.fail("has no key \(name)") }
      return fallback
    }
    let ranking = section("ranking", defaults?.ranking, RankingPolicy.read)
    let wording = section("wording", defaults?.wording, EvidenceWording.read)
    let causes = section("causes", defaults?.causes, readCauses)
    guard let ranking, let wording, let causes else { return nil }
    return CausePolicy(ranking: ranking, wording: wording, causes: causes)
  }

  private static func readCauses(_ node: PolicyNode) -> [CauseRule]? {
    let elements = node.elements()
    let causes = elements.compactMap(CauseRule.read)
    var seen: [String] = []
    for (cause, element) in zip(causes, elements) where causes.count == elements.count {
      if seen.contains(cause.name) { element.fail("the cause \(cause.name) appears twice") }
      seen.append(cause.name)
    }
    for name in requiredCauses where causes.count == elements.count && !seen.contains(name) {
      node.fail("has no cause \(name), which scripts rely on")
    }
    return causes
  }
}

extension RankingPolicy {
  static func read(_ node: PolicyNode) -> RankingPolicy? {
    let members = node.members(allowed: RankingNumber.allCases.map(\.rawValue))
    var values: [RankingNumber: Double] = [:]
    for number in RankingNumber.allCases {
      values[number] = node.required(number.rawValue, of: members)?
        .number(in: number.range, unit: number.unit)
    }
    return RankingPolicy(values: values)
  }
}

extension EvidenceWording {
  static func read(_ node: PolicyNode) -> EvidenceWording? {
    let members = node.members(allowed: ["failure", "saturation", "symptom"])
    func terms(_ name: String) -> [String] {
      guard let list = node.required(name, of: members) else { return [] }
      let parts = list.members(allowed: ["terms", "reason"])
      _ = list.required("reason", of: parts)?.text()
      return list.required("terms", of: parts)?.texts() ?? []
    }
    return EvidenceWording(
      failure: terms("failure"), saturation: terms("saturation"), symptom: terms("symptom"))
  }
}

extension CauseRule {
  static func read(_ node: PolicyNode) -> CauseRule? {
    let members = node.members(allowed: [
      "name", "title", "description", "requires", "supports", "expects", "checks", "refutedBy",
    ])
    func part(_ name: String) -> PolicyNode? { node.required(name, of: members) }
    let name = part("name")?.text()
    let texts = (part("title")?.text(), part("description")?.text(), part("refutedBy")?.text())
    let requires = part("requires")?.elements().compactMap(CauseSignature.read)
    let supports = part("supports")?.elements().compactMap(CauseSignature.read)
    let expects = part("expects")?.elements().compactMap { element in
      element.choice(of: EvidenceSource.allCases.map(\.rawValue))
        .flatMap(EvidenceSource.init(rawValue:))
    }
    let checks = part("checks")?.elements().compactMap(CauseCheck.read)
    guard let name, case (let title?, let description?, let refutedBy?) = texts,
      let requires, let supports, let expects, let checks
    else { return nil }
    if requires.isEmpty && name != CausePolicy.unknownCause {
      node.fail("requires nothing, so it would fit every incident")
    }
    return CauseRule(
      name: name, title: title, description: description, requires: requires, supports: supports,
      expects: expects, checks: checks, refutedBy: refutedBy)
  }
}

extension CauseSignature {
  static func read(_ node: PolicyNode) -> CauseSignature? {
    let members = node.members(allowed: ["evidence", "terms", "points"])
    let evidence = (members["evidence"]?.elements() ?? []).compactMap { element in
      element.choice(of: EvidenceClass.allCases.map(\.rawValue))
        .flatMap(EvidenceClass.init(rawValue:))
    }
    let terms = members["terms"]?.texts() ?? []
    if members["evidence"] == nil && members["terms"] == nil {
      node.fail("must name sorts of evidence or terms")
    }
    guard let points = node.required("points", of: members)?.number(in: 1...100) else { return nil }
    return CauseSignature(evidence: evidence, terms: terms, points: points)
  }
}

extension CauseCheck {
  /// The placeholders of a command.
  static let placeholders = ["{namespace}", "{pod}", "{service}", "{deployment}", "{node}"]

  static func read(_ node: PolicyNode) -> CauseCheck? {
    let members = node.members(allowed: ["command", "tells"])
    let tells = node.required("tells", of: members)?.text()
    guard let part = node.required("command", of: members), let command = part.text(), let tells
    else { return nil }
    var words = command.split(separator: " ")
    if words.starts(with: ["kubectl", "-n"]) && words.count > 3 { words.removeSubrange(1...2) }
    let plain = words.joined(separator: " ")
    if !readOnlyCommands.contains(where: plain.hasPrefix) {
      part.fail("must be read-only: one of \(readOnlyCommands.joined(separator: ", "))")
    }
    let rest = placeholders.reduce(command) { $0.replacing($1, with: "") }
    if rest.contains(where: { "{}|&;<>$`\\\"'\n".contains($0) }) {
      part.fail("may hold only \(placeholders.joined(separator: ", ")) and no shell syntax")
    }
    return CauseCheck(command: command, tells: tells)
  }
}

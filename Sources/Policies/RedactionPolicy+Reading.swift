extension RedactionPolicy {
  static func read(_ root: PolicyNode) -> RedactionPolicy? {
    let members = root.members(allowed: ["harmlessValues", "rules"])
    guard let harmless = members["harmlessValues"], let list = members["rules"] else {
      root.fail("must have the keys harmlessValues and rules")
      return nil
    }
    let words = harmless.members(allowed: ["pattern", "reason"])
    _ = required("reason", in: words, of: harmless)?.text()
    let pattern = required("pattern", in: words, of: harmless)?.text()
    var seen: [String] = []
    let rules = list.elements().compactMap { node -> RedactionRule? in
      guard let rule = RedactionRule.read(node) else { return nil }
      if seen.contains(rule.id) { node.fail("a rule called \(rule.id) is already there") }
      seen.append(rule.id)
      return rule
    }
    guard let pattern else { return nil }
    return RedactionPolicy(harmlessValues: pattern, rules: rules)
  }

  fileprivate static func required(
    _ name: String, in members: [String: PolicyNode], of node: PolicyNode
  ) -> PolicyNode? {
    if members[name] == nil { node.fail("has no key \(name)") }
    return members[name]
  }
}

extension RedactionRule {
  private static let keys = [
    "id", "description", "keywords", "shapes", "pattern", "key", "base64", "except", "keep",
    "value", "only", "unless", "check", "appliesTo", "yields", "enabled",
  ]

  static func read(_ node: PolicyNode) -> RedactionRule? {
    let members = node.members(allowed: keys)
    let id = RedactionPolicy.required("id", in: members, of: node)?.text()
    if let id, !isName(id) { node.fail("id must be lower-case letters, digits and hyphens") }
    let description = RedactionPolicy.required("description", in: members, of: node)?.text()
    let keywords = members["keywords"]?.texts() ?? []
    let shapes = members["shapes"]?.texts() ?? []
    if keywords.isEmpty && shapes.isEmpty && members["key"] == nil {
      node.fail("must have keywords or shapes")
    }
    let finder = readFinder(members, node)
    let scope = members["appliesTo"].map { $0.choice(of: Scope.allCases.map(\.rawValue)) }
    guard let id, let description, let finder else { return nil }
    return RedactionRule(
      id: id, description: description, keywords: keywords, shapes: shapes, finder: finder,
      only: members["only"]?.text(), unless: members["unless"]?.text(),
      check: members["check"].flatMap(Check.read),
      scope: scope.flatMap { $0 }.flatMap(Scope.init(rawValue:)) ?? .everywhere,
      yields: flag(members["yields"], otherwise: false),
      isEnabled: flag(members["enabled"], otherwise: true))
  }

  private static func readFinder(
    _ members: [String: PolicyNode], _ node: PolicyNode
  ) -> Finder? {
    let named = ["pattern", "key", "base64"].filter { members[$0] != nil }
    guard named.count == 1, let text = members[named[0]]?.text() else {
      node.fail("must have exactly one of pattern, key, base64")
      return nil
    }
    let keyOnly = ["except", "keep", "value"].filter { members[$0] != nil }
    if named[0] != "key" && !keyOnly.isEmpty {
      node.fail("\(keyOnly.joined(separator: ", ")) can stand only beside key")
    }
    switch named[0] {
    case "pattern": return .pattern(text)
    case "base64": return .base64(text)
    default:
      let value = members["value"]?.choice(of: Value.allCases.map(\.rawValue))
      return .key(
        text, except: members["except"]?.text(), keep: members["keep"]?.text(),
        value: value.flatMap(Value.init(rawValue:)) ?? .whole)
    }
  }

  private static func flag(_ node: PolicyNode?, otherwise: Bool) -> Bool {
    node.flatMap { $0.choice(of: ["true", "false"]) }.map { $0 == "true" } ?? otherwise
  }

  private static func isName(_ text: String) -> Bool {
    text.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == 45 }
  }
}

extension RedactionRule.Check {
  static func read(_ node: PolicyNode) -> RedactionRule.Check? {
    let members = node.members(allowed: ["kind", "bitsPerCharacter", "minimumLength", "reason"])
    let kind = RedactionPolicy.required("kind", in: members, of: node)?
      .choice(of: ["luhn", "iban", "basic-credentials", "entropy"])
    switch kind {
    case "luhn": return .luhn
    case "iban": return .iban
    case "basic-credentials": return .basicCredentials
    case "entropy":
      let bits = RedactionPolicy.required("bitsPerCharacter", in: members, of: node)?
        .number(in: 0...8)
      let length = RedactionPolicy.required("minimumLength", in: members, of: node)?
        .number(in: 1...1000)
      _ = RedactionPolicy.required("reason", in: members, of: node)?.text()
      guard let bits, let length else { return nil }
      return .entropy(bitsPerCharacter: bits, minimumLength: Int(length))
    default: return nil
    }
  }
}

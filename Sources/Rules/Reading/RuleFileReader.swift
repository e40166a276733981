import Canonical
import Policies
import PromQL
import Telemetry

/// Reads one rule file of YAML.
struct RuleFileReader {
  let file: String
  /// Reads what is written in another language.
  let foreign: (String) throws -> Expression?

  func groups(in root: PolicyNode) -> [RuleGroup] {
    guard let list = root.members(allowed: ["groups"])["groups"] else { return [] }
    var seen: Set<String> = []
    return list.elements().compactMap { node in
      guard let group = group(in: node) else { return nil }
      if !seen.insert(group.name).inserted {
        node.fail("a group called \(group.name) stands in this file twice")
      }
      return group
    }
  }

  private func group(in node: PolicyNode) -> RuleGroup? {
    let members = node.members(allowed: [
      "name", "interval", "query_offset", "limit", "labels", "rules",
    ])
    guard let name = node.required("name", of: members)?.text() else { return nil }
    let shared = members["labels"].map(labels(in:)) ?? []
    var group = RuleGroup(name: name, file: file, rules: [])
    group.interval = members["interval"]?.span()
    group.queryOffset = members["query_offset"]?.span() ?? .zero
    group.limit = Int(members["limit"]?.number(in: 0...1e9) ?? 0)
    let rules = members["rules"]?.elements() ?? []
    group.rules = rules.compactMap { rule(in: $0, shared: shared) }
    checkDuplicates(rules, of: group)
    return group
  }

  private func rule(in node: PolicyNode, shared: [Label]) -> Rule? {
    let members = node.members(allowed: [
      "record", "alert", "expr", "for", "keep_firing_for", "labels", "annotations",
    ])
    guard (members["record"] == nil) != (members["alert"] == nil) else {
      node.fail("must have one of the keys record and alert")
      return nil
    }
    let own = members["labels"].map(labels(in:)) ?? []
    let expression = node.required("expr", of: members).flatMap(expression(in:))
    guard let kind = kind(of: members), let expression else { return nil }
    return Rule(kind: kind, expression: expression, labels: shared + own)
  }

  private func kind(of members: [String: PolicyNode]) -> Rule.Kind? {
    if let node = members["record"] {
      for name in ["for", "keep_firing_for", "annotations"] {
        members[name]?.fail("is only for alerts")
      }
      guard let metric = node.text() else { return nil }
      return .recording(metric: metric)
    }
    guard let name = members["alert"]?.text() else { return nil }
    let annotations = members["annotations"].map(texts(in:)) ?? []
    for annotation in annotations { checkTemplate(annotation, in: members["annotations"]) }
    for label in members["labels"].map(texts(in:)) ?? [] {
      checkTemplate(label, in: members["labels"])
    }
    return .alerting(
      Rule.Alerting(
        name: name, hold: members["for"]?.span() ?? .zero,
        keepFiring: members["keep_firing_for"]?.span() ?? .zero, annotations: annotations))
  }

  private func checkTemplate(_ text: Label, in node: PolicyNode?) {
    if let message = Template(text.value).problem {
      node?.fail("\(text.name): \(message)")
    }
  }

  private func expression(in node: PolicyNode) -> Expression? {
    guard let text = node.text() else { return nil }
    do {
      // What the other language claims may be PromQL as well: selectors without a metric's name.
      return try foreign(text) ?? Expression.parse(text)
    } catch let error as QuerySyntaxError {
      node.fail("cannot be read at \(error)")
    } catch {
      node.fail("cannot be read: \(error)")
    }
    return nil
  }

  private func labels(in node: PolicyNode) -> [Label] {
    let labels = texts(in: node)
    for label in labels where label.name.hasSameBytes(as: "__name__") || label.name.isEmpty {
      node.fail("\(label.name) is no label a rule may set")
    }
    return labels
  }

  private func texts(in node: PolicyNode) -> [Label] {
    guard !node.isNull else { return [] }
    return node.allMembers().compactMap { name, value in
      value.scalar().map { Label(name: name, value: $0) }
    }
  }

  /// The same name, expression and labels twice in a group would give the same series twice.
  private func checkDuplicates(_ nodes: [PolicyNode], of group: RuleGroup) {
    guard nodes.count == group.rules.count else { return }
    var seen: Set<String> = []
    for (node, rule) in zip(nodes, group.rules) {
      let labels = rule.labels.map { "\($0.name)=\($0.value)" }
      let key = ([rule.name, rule.expression.text] + labels).joined(separator: "\u{0}")
      if !seen.insert(key).inserted { node.fail("the rule \(rule.name) stands here twice") }
    }
  }
}

import Canonical
import Policies
import Telemetry

/// Reads a unit test of rules; unknown keys are mistakes.
struct RuleTestReader {
  let name: String

  /// The file, or nil when it holds rules and no tests.
  ///
  /// - Throws: `PolicyError`.
  static func file(name: String, text: String) throws -> RuleTestFile? {
    let problems = PolicyProblems(file: name)
    guard let root = PolicyNode(text: text, problems: problems) else {
      throw PolicyError(problems: problems.found)
    }
    if root.member("groups") != nil { return nil }
    let file = RuleTestReader(name: name).file(in: root)
    guard problems.found.isEmpty else { throw PolicyError(problems: problems.found) }
    return file
  }

  private func file(in root: PolicyNode) -> RuleTestFile {
    let members = root.members(allowed: [
      "rule_files", "evaluation_interval", "group_eval_order", "tests", "fuzzy_compare",
    ])
    var file = RuleTestFile(name: name)
    file.ruleFiles = members["rule_files"]?.texts() ?? []
    file.interval = members["evaluation_interval"].flatMap(span(in:)) ?? .minutes(1)
    file.groupOrder = members["group_eval_order"]?.texts() ?? []
    file.isFuzzy = members["fuzzy_compare"]?.choice(of: ["true", "false"]) == "true"
    let tests = members["tests"]?.elements() ?? []
    file.tests = tests.enumerated().map { test(in: $1, number: $0 + 1, file: file) }
    return file
  }

  private func test(in node: PolicyNode, number: Int, file: RuleTestFile) -> RuleTestFile.Test {
    let members = node.members(allowed: [
      "interval", "input_series", "alert_rule_test", "promql_expr_test", "external_labels",
      "external_url", "name",
    ])
    var test = RuleTestFile.Test(
      name: members["name"]?.text() ?? "test \(number)",
      interval: members["interval"].flatMap(span(in:)) ?? file.interval)
    test.series = members["input_series"]?.elements().compactMap(series(in:)) ?? []
    test.externalLabels = LabelSet(labels(in: members["external_labels"]))
    test.externalURL = members["external_url"]?.scalar() ?? ""
    test.alerts = members["alert_rule_test"]?.elements().compactMap(alertCase(in:)) ?? []
    test.expressions =
      members["promql_expr_test"]?.elements().compactMap(expressionCase(in:)) ?? []
    return test
  }

  private func series(in node: PolicyNode) -> NotatedSeries? {
    let members = node.members(allowed: ["series", "values"])
    guard let series = node.required("series", of: members)?.text(),
      let values = node.required("values", of: members)?.scalar()
    else { return nil }
    do {
      return try NotatedSeries("\(series) \(values)")
    } catch {
      node.fail(error.description)
      return nil
    }
  }

  private func alertCase(in node: PolicyNode) -> RuleTestFile.AlertCase? {
    let members = node.members(allowed: ["eval_time", "alertname", "exp_alerts"])
    guard let name = node.required("alertname", of: members)?.text() else { return nil }
    let expected = members["exp_alerts"].map { $0.isNull ? [] : $0.elements() } ?? []
    return RuleTestFile.AlertCase(
      time: members["eval_time"].flatMap(span(in:)) ?? .zero, name: name,
      expected: expected.map { alert in
        let parts = alert.members(allowed: ["exp_labels", "exp_annotations"])
        let own = [Label(name: "alertname", value: name)]
        return (
          LabelSet(labels(in: parts["exp_labels"]) + own),
          LabelSet(labels(in: parts["exp_annotations"]))
        )
      })
  }

  private func expressionCase(in node: PolicyNode) -> RuleTestFile.ExpressionCase? {
    let members = node.members(allowed: ["expr", "eval_time", "exp_samples"])
    guard let query = node.required("expr", of: members)?.text() else { return nil }
    let expected = members["exp_samples"].map { $0.isNull ? [] : $0.elements() } ?? []
    return RuleTestFile.ExpressionCase(
      time: members["eval_time"].flatMap(span(in:)) ?? .zero, query: query,
      expected: expected.compactMap(sample(in:)))
  }

  private func sample(in node: PolicyNode) -> (labels: LabelSet, value: NotatedValue)? {
    let members = node.members(allowed: ["labels", "value", "histogram"])
    let text = members["labels"]?.scalar() ?? ""
    do {
      let labels = text.isEmpty ? LabelSet.empty : try NotatedSeries.labels(text)
      if let histogram = members["histogram"]?.text() { return (labels, .histogram(histogram)) }
      guard let word = members["value"]?.scalar() else { return (labels, .number(0)) }
      guard let value = Double(word) else {
        node.fail("\(word) is no number")
        return nil
      }
      return (labels, .number(value))
    } catch {
      node.fail(error.description)
      return nil
    }
  }

  private func labels(in node: PolicyNode?) -> [Label] {
    guard let node, !node.isNull else { return [] }
    return node.allMembers().compactMap { name, value in
      value.scalar().map { Label(name: name, value: $0) }
    }
  }

  private func span(in node: PolicyNode) -> TimeSpan? {
    guard let text = node.scalar() else { return nil }
    if text == "0" { return .zero }
    guard let span = Canonical.span(text) else {
      node.fail("\(text) is no duration")
      return nil
    }
    return span
  }
}

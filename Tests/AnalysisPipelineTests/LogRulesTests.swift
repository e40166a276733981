import PromQL
import Rules
import Telemetry
import Testing

@testable import AnalysisPipeline

struct LogRulesTests {
  /// The rules of a bundle with log streams of every app and series of one job.
  private func rulesOfBundle() -> LogRules {
    LogRules { matchers in
      matchers.allSatisfy { $0.isSatisfied(by: LabelSet(["__name__": "up", "job": "node"])) }
    } hasStreams: { matchers in
      matchers.contains { $0.name == "app" }
    }
  }

  @Test(
    "expressions of Loki's ruler are told from PromQL",
    arguments: [
      (#"sum(rate({app="api"} |= "error" [5m])) > 1"#, true),
      (#"count_over_time({app="api"}[1m])"#, true), ("up == 0", false),
      (#"absent_over_time({job="node"}[5m])"#, false),
      (#"count_over_time({job="nobody"}[5m])"#, false), ("vector(1)", false),
      (#"sum(rate(http_requests_total{app="api"}[5m]))"#, false),
      (#"rate({__name__="http_requests_total"}[5m])"#, false), (#"{app="api"}"#, false),
      (#"up{job=~"a|b"}"#, false), ("sum(", false),
    ])
  func language(_ text: String, _ isLogQL: Bool) throws {
    #expect(try (rulesOfBundle().expression(standingFor: text) != nil) == isLogQL)
  }

  @Test("a rule file may hold both languages")
  func bothLanguages() throws {
    let file = """
      groups:
      - name: g
        rules:
        - {alert: Down, expr: up == 0}
        - {record: "lines:rate5m", expr: 'sum(rate({app="api"}[5m]))'}
      """
    let rules = rulesOfBundle()
    let groups = try RuleFile.groups(in: [(name: "r.yml", text: file)]) {
      try rules.expression(standingFor: $0)
    }
    #expect(groups.first?.rules.map(\.expression.text) == ["up == 0", #"{"LogQL expression 0"}"#])
    let standIn = try Expression.parse(#"{"LogQL expression 0"}"#)
    #expect(rules.reach(of: standIn) == .minutes(5))
    #expect(rules.reach(of: try Expression.parse(#"{"LogQL expression 7"}"#)) == nil)
  }

  @Test("a mistake in a pipeline is told in LogQL's words")
  func mistake() {
    #expect(throws: (any Error).self) {
      try rulesOfBundle().expression(standingFor: #"rate({app="a"} | json | x > [5m])"#)
    }
  }

  @Test("an expression stands for one metric, however it is written")
  func sameExpression() throws {
    let rules = rulesOfBundle()
    let first = try rules.expression(standingFor: #"sum(rate({app="a"}[5m]))"#)
    let second = try rules.expression(standingFor: #"sum( rate( {app = "a"} [5m] ) )"#)
    #expect(first != nil && first == second)
    #expect(try rules.expression(standingFor: #"sum(rate({app="b"}[5m]))"#) != first)
  }
}

import PromQL
import Rules
import Telemetry
import Testing

@testable import AnalysisPipeline

struct LogRulesTests {
  @Test(
    "expressions of Loki's ruler are told from PromQL",
    arguments: [
      (#"sum(rate({app="api"} |= "error" [5m])) > 1"#, true),
      (#"count_over_time({app="api"}[1m])"#, true), ("up == 0", false), ("vector(1)", false),
      (#"sum(rate(http_requests_total{app="api"}[5m]))"#, false),
      (#"rate({__name__="http_requests_total"}[5m])"#, false), (#"{app="api"}"#, false),
      (#"up{job=~"a|b"}"#, false), ("sum(", false),
    ])
  func language(_ text: String, _ isLogQL: Bool) throws {
    #expect(try (LogRules().expression(standingFor: text) != nil) == isLogQL)
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
    let rules = LogRules()
    let groups = try RuleFile.groups(in: [(name: "r.yml", text: file)]) {
      try rules.expression(standingFor: $0)
    }
    #expect(groups.first?.rules.map(\.expression.text) == ["up == 0", "logql_rule_0"])
    #expect(try rules.reach(of: Expression.parse("logql_rule_0")) == .minutes(5))
  }

  @Test("a mistake in a pipeline is told in LogQL's words")
  func mistake() {
    #expect(throws: (any Error).self) {
      try LogRules().expression(standingFor: #"rate({app="a"} | json | x > [5m])"#)
    }
  }

  @Test("an expression stands for one metric, however it is written")
  func sameExpression() throws {
    let rules = LogRules()
    let first = try rules.expression(standingFor: #"sum(rate({app="a"}[5m]))"#)
    let second = try rules.expression(standingFor: #"sum( rate( {app = "a"} [5m] ) )"#)
    #expect(first != nil && first == second)
    #expect(try rules.expression(standingFor: #"sum(rate({app="b"}[5m]))"#) != first)
  }
}

import PromQL
import Rules
import Telemetry
import Testing

@Suite struct RuleSightTests {
  private func sight(_ text: String, holding metrics: Set<String>) throws -> RuleSight {
    let groups = try RuleFile.groups(in: [(name: "r.yml", text: text)])
    return RuleSight(of: groups, reach: { _ in .minutes(5) }) { metrics.contains($0) }
  }

  private static let chained = """
    groups:
      - name: g
        rules:
          - record: a:rate5m
            expr: rate(a_total[5m]) or rate(b_total[5m])
          - alert: High
            expr: a:rate5m > 1
          - alert: Always
            expr: vector(1)
          - alert: Typo
            expr: a_totl > 1
    """

  @Test func `a rule is blind when nothing that it reads is there`() throws {
    #expect(try sight(Self.chained, holding: ["a_total"]).blindRules == ["Typo"])
    #expect(try sight(Self.chained, holding: []).blindRules == ["a:rate5m", "High", "Typo"])
  }

  @Test func `an alert looks back through the rules that it reads`() throws {
    let limits = try sight(Self.chained, holding: ["a_total"]).limits
    #expect(limits["High"]?.warmUp == .minutes(10))
    #expect(limits["High"]?.absentMetrics == ["b_total"])
    #expect(limits["Always"]?.absentMetrics == [])
  }

  @Test func `forty rules that may all read each other are looked through`() throws {
    let rules = (0..<40).map {
      "      - alert: A\($0)\n        expr: count({job=\"j\($0)\"}) > 1\n"
    }
    let text = "groups:\n  - name: g\n    rules:\n" + rules.joined()
    #expect(try sight(text, holding: []).limits.count == 40)
  }

  @Test func `a file that names millions of rules by anchors is refused`() {
    let rule = "      - {alert: A, expr: up == 0}\n"
    let text =
      "groups:\n  - name: g\n    rules: &r\n" + String(repeating: rule, count: 1000)
      + (0..<1000).map { "  - {name: g\($0), rules: *r}\n" }.joined()
    let error = #expect(throws: (any Error).self) {
      try RuleFile.groups(in: [(name: "r.yml", text: text)])
    }
    #expect("\(error as Any)".contains("holds more than 5000 groups and rules"))
  }
}

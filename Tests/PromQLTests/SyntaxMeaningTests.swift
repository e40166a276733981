import Telemetry
import Testing

@testable import PromQL

@Suite("Texts are read as Prometheus reads them")
struct SyntaxMeaningTests {
  @Test(
    "other spellings print as the canonical one",
    arguments: [
      ("0755", "493"), ("0xc", "12"), ("5.", "5"), (".5", "0.5"), ("1_000", "1000"),
      ("0x_1F", "31"), ("08", "8"), ("inF", "Inf"), ("nan", "NaN"), ("+5.5e-3", "0.0055"),
      ("- -1", "1"), ("5m", "300"), ("1h30m", "5400"), ("'it\\'s'", #""it's""#),
      (#"`\n`"#, #""\\n""#), ("a and b # c", "a and b"),
      (#"up{b="2", a = '1',}"#, #"up{a="1",b="2"}"#), (#"{"up"}"#, "up"), ("up{}", "up"),
      ("SUM(a) BY (b)", "sum by (b) (a)"), ("sum by () (a)", "sum(a)"),
      ("count by (sum,) (a)", "count by (sum) (a)"), ("a OFFSET 90", "a offset 1m30s"),
      ("a[60*30]", "a[30m]"), ("a[(9m30s+30s)*3]", "a[30m]"), ("a[1.5*2m]", "a[3m]"),
      ("a[-2^2+5s]", "a[1s]"), ("a[7d]", "a[1w]"), ("a[24h]", "a[1d]"),
      ("a offset -2 ^ 2", "a offset -2s ^ 2"), ("a offset (-2 ^ 2)", "a offset -4s"),
      ("a offset 100 + 2", "a offset 1m40s + 2"), ("a[STep()]", "a[step()]"),
      ("a offset step()*0", "a offset step() * 0"), ("a @ 1m", "a @ 60"),
      ("a @ 3.3335", "a @ 3.334"), ("a offset 1m @ 123", "a @ 123 offset 1m"),
      ("a[5m] offset 1m anchored", "a[5m] anchored offset 1m"), ("a == BOOL 1", "a == bool 1"),
      ("holt_winters(a[5m], 0.5, 0.5)", "double_exponential_smoothing(a[5m], 0.5, 0.5)"),
      ("a + fill_right(2) fill_left(1) b", "a + fill_left (1) fill_right (2) b"),
      ("fill + fill", "fill + fill"), ("offset{step=\"1s\"}", #"{"offset",step="1s"}"#),
      ("sum(sum)", #"sum({"sum"})"#), ("start()", "start()"), ("end", #"{"end"}"#),
      ("a and on (start) b", "a and on (start) b"), ("min_of", #"{"min_of"}"#),
      ("foo{NaN='bc'}", #"foo{NaN="bc"}"#), ("sum by ('a') (b)", "sum by (a) (b)"),
      ("a % b atan2 c", "a % b atan2 c"), ("(a)", "(a)"),
    ])
  func another(_ text: String, _ canonical: String) throws {
    let expression = try Expression.parse(text)
    #expect(expression.text == canonical)
    #expect(try Expression.parse(canonical) == expression)
  }

  @Test(
    "the canonical form drops what is redundant and keeps what is needed",
    arguments: [
      ("(sum(a)) / sum(b)", "sum(a) / sum(b)"), ("((a + b))", "a + b"),
      ("(a + b) * c", "(a + b) * c"), ("a + (b * c)", "a + b * c"), ("(a - b) - c", "a - b - c"),
      ("a - (b - c)", "a - (b - c)"), ("(a ^ b) ^ c", "(a ^ b) ^ c"),
      ("a ^ (b ^ c)", "a ^ b ^ c"), ("-(5)", "-5"), ("(-1) ^ 2", "(-1) ^ 2"),
      ("-(a ^ b)", "-a ^ b"), ("-(a * b)", "-(a * b)"), ("a * (-b)", "a * -b"),
      ("(-a) * b", "-a * b"), ("(a)[5m:]", "a[5m:]"), ("(a + b)[5m:]", "(a + b)[5m:]"),
      ("rate((a[5m]))", "rate(a[5m])"), ("topk((5), (a))", "topk(5, a)"),
      ("a offset 0s", "a"), (#"a{c="2",b="1",c="2"}"#, #"a{b="1",c="2"}"#),
      ("(a == b) == c", "a == b == c"), ("a and (b or c)", "a and (b or c)"),
    ])
  func canonical(_ text: String, _ canonical: String) throws {
    let expression = try Expression.parse(text).canonical
    #expect(expression.text == canonical)
    #expect(try Expression.parse(canonical) == expression)
    #expect(expression.canonical == expression)
  }

  @Test("matchers are equal in any order")
  func matcherOrder() throws {
    let one = try Expression.parse(#"a{b="1",c="2"}"#)
    let other = try Expression.parse(#"a{c="2",b="1"}"#)
    #expect(one == other)
    #expect(one.hashValue == other.hashValue)
    #expect(one != (try Expression.parse(#"a{c="2",b="2"}"#)))
  }

  @Test("nodes start where Prometheus says they do")
  func positions() throws {
    let text = " (foo + rate(bar{a=\"1\"}[5m] offset 1m)) / sum by (x) (-baz)"
    guard case .binary(let quotient) = try Expression.parse(text),
      case .parenthesized(let parentheses) = quotient.left,
      case .binary(let sum) = parentheses.inner, case .call(let rate) = sum.right,
      case .matrixSelector(let range) = rate.arguments[0],
      case .aggregation(let aggregation) = quotient.right,
      case .unary(let minus) = aggregation.operand
    else {
      Issue.record("the expression has another shape")
      return
    }
    #expect(quotient.position.start == 1 && quotient.position.end == text.utf8.count)
    #expect(parentheses.position.start == 1 && parentheses.position.end == 39)
    #expect(sum.position.start == 2 && sum.position.end == 38)
    #expect(rate.position.start == 8 && rate.position.end == 38)
    #expect(range.position.start == 13 && range.position.end == 37)
    #expect(range.selector.position.start == 13 && range.selector.position.end == 23)
    #expect(aggregation.position.start == 42 && aggregation.position.column == 43)
    #expect(minus.position.start == 54)
  }

  @Test("two scalars have no matching, set operators match many to many")
  func matching() throws {
    guard case .binary(let scalars) = try Expression.parse("1 + 2"),
      case .binary(let mixed) = try Expression.parse("a + 2"),
      case .binary(let vectors) = try Expression.parse("a + on (x) group_right (y) b"),
      case .binary(let sets) = try Expression.parse("a and b")
    else {
      Issue.record("the expressions have another shape")
      return
    }
    #expect(scalars.matching == nil && mixed.matching == nil)
    #expect(vectors.matching?.cardinality == .oneToMany)
    #expect(vectors.matching?.labels == ["x"] && vectors.matching?.included == ["y"])
    #expect(sets.matching?.cardinality == .manyToMany)
  }
}

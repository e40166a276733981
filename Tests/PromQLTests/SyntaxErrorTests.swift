import Testing

@testable import PromQL

/// Messages and places are those of Prometheus's own table, promql/parser/parse_test.go, typed by
/// hand: the place is the byte at which its range starts, counted from 1.
@Suite("Mistakes are reported as Prometheus reports them")
struct SyntaxErrorTests {
  /// A text, the column of its mistake, and what is said of it.
  typealias Row = (text: String, column: Int, message: String)

  private func check(_ row: Row) {
    let error = #expect(throws: QuerySyntaxError.self) { try Expression.parse(row.text) }
    #expect(error?.message == row.message)
    #expect(error?.column == row.column)
    #expect(error?.line == 1)
  }

  private static let lexicalRows: [Row] = [
    (".", 1, "unexpected character: '.'"),
    ("2.5.", 1, #"bad number or duration syntax: "2.5.""#),
    ("100..4", 1, #"bad number or duration syntax: "100..""#),
    ("0deadbeef", 1, #"bad number or duration syntax: "0de""#),
    ("(1))", 5, "unexpected right parenthesis ')'"),
    ("((1)", 5, "unclosed left parenthesis"),
    ("(", 2, "unclosed left parenthesis"),
    ("sum(", 5, "unclosed left parenthesis"),
    ("1 !~ 1", 3, "unexpected character after '!': '~'"),
    ("1 =~ 1", 3, "unexpected character after '=': '~'"),
    ("{", 2, "unexpected end of input inside braces"),
    ("}", 1, "unexpected character: '}'"),
    ("some{", 6, "unexpected end of input inside braces"),
    (#"some_metric{a:b="b"}"#, 14, "unexpected character inside braces: ':'"),
    (#"foo{a*"b"}"#, 6, "unexpected character inside braces: '*'"),
    (#"foo{a>="b"}"#, 6, "unexpected character inside braces: '>'"),
    ("foo{1}", 5, "unexpected character inside braces: '1'"),
    ("some_metric{a=\"\u{FFFD}\"}", 15, "invalid UTF-8 rune"),
    ("foo[5mm]", 5, #"bad number or duration syntax: "5mm""#),
    ("foo[5m1]", 5, #"bad number or duration syntax: "5m1""#),
    ("foo[5m:1m1]", 8, #"bad number or duration syntax: "1m1""#),
    ("foo[5y1hs]", 5, #"unknown unit "hs" in duration "5y1hs""#),
    ("foo[5m1h]", 5, #"not a valid duration string: "5m1h""#),
    ("foo[5m1m]", 5, #"not a valid duration string: "5m1m""#),
    (#"foo["5m"]"#, 5, #"unexpected character in duration expression: '"'"#),
    ("some_metric[5m] OFFSET 1mm", 24, #"bad number or duration syntax: "1mm""#),
    ("foo[5s x 5s]", 8, "unexpected character: 'x', expected ':'"),
    ("foo[5s s 5s]", 8, "unexpected character: 's', expected ':'"),
    (#"foo{bar="baz"}["#, 16, "unexpected end of input in duration expression"),
    (#"sum by ("foo)(some_metric{})"#, 9, "unterminated quoted string"),
    ("`\\``", 4, "unterminated raw string"),
    (#""\"#, 1, "escape sequence not terminated"),
    (#""\c""#, 1, "unknown escape sequence U+0063 'c'"),
    (#""\x.""#, 1, "illegal character U+002E '.' in escape sequence"),
    (#""\ud800""#, 1, "escape sequence is an invalid Unicode code point"),
    ("a\u{0}b", 2, #"unexpected character: '\x00'"#),
  ]

  @Test("a text that cannot be cut into tokens", arguments: lexicalRows)
  func lexical(_ row: Row) { check(row) }

  private static let grammarRows: [Row] = [
    ("", 1, "no expression found in input"),
    ("1+", 3, "unexpected end of input"),
    ("1 /", 4, "unexpected end of input"),
    ("*1", 1, "unexpected <op:*>"),
    ("@@", 1, "unexpected <op:@>"),
    ("-=", 2, #"unexpected "=""#),
    ("++-++-+-+-<", 11, "unexpected <op:<>"),
    ("e-+=/(0)", 4, #"unexpected "=""#),
    ("a - on(b) ignoring(c) d", 11, "unexpected <ignoring>"),
    ("some_metric{a=b}", 15, #"unexpected identifier "b" in label matching, expected string"#),
    (
      "foo{gibberish}", 14,
      #"unexpected "}" in label matching, expected label matching operator"#
    ),
    ("foo{__name__= =}", 15, #"unexpected "=" in label matching, expected string"#),
    ("foo{,}", 5, #"unexpected "," in label matching, expected identifier or "}""#),
    (
      #"foo{__name__="bar" lol}"#, 20,
      #"unexpected identifier "lol" in label matching, expected "," or "}""#
    ),
    (#"foo{"a"=}"#, 9, #"unexpected "}" in label matching, expected string"#),
    ("foo[0m]", 5, "duration must be greater than 0"),
    ("foo[-1]", 5, "duration must be greater than 0"),
    (
      "foo[]", 5,
      #"unexpected "]" in subquery or range selector, expected number, duration, step(), or range()"#
    ),
    (
      "foo[step]", 9,
      #"unexpected "]" in subquery or range selector, expected number, duration, step(), or range()"#
    ),
    ("foo[step()/0d]", 11, "division by zero"),
    ("foo[5s/0d]", 7, "division by zero"),
    ("foo offset (4d/0)", 15, "division by zero"),
    ("foo[5s%0d]", 7, "modulo by zero"),
    ("foo offset 9.5e10", 12, "duration out of range"),
    ("foo[9.5e10]", 5, "duration out of range"),
    (
      "some_metric[5m] OFFSET", 23,
      "unexpected end of input in offset, expected number, duration, step(), or range()"
    ),
    ("some_metric OFFSET 1m[5m]", 22, "no offset modifiers allowed before range"),
    ("some_metric offset step()[5m]", 26, "no offset modifiers allowed before range"),
    ("some_metric[5m] @", 18, "unexpected end of input in @, expected timestamp"),
    ("some_metric @ 1234 [5m]", 20, "no @ modifiers allowed before range"),
    ("some_metric @ start() [5m]", 23, "no @ modifiers allowed before range"),
    ("(foo + bar)[5m]", 12, "ranges only allowed for vector selectors"),
    ("rate(food[1m])[1h] offset 1h", 15, "ranges only allowed for vector selectors"),
    ("1[5m] smoothed", 2, "ranges only allowed for vector selectors"),
    ("foo @ +Inf", 1, "timestamp out of bounds for @ modifier: +Inf"),
    ("foo @ NaN", 1, "timestamp out of bounds for @ modifier: NaN"),
    (
      "1 offset 1d", 1,
      "offset modifier must be preceded by an instant vector selector or range vector selector or a"
        + " subquery"
    ),
    (
      "rate(some_metric[5m]) @ 1234", 1,
      "@ modifier must be preceded by an instant vector selector or range vector selector or a"
        + " subquery"
    ),
    ("sum without(==)(some_metric)", 13, "unexpected <op:==> in grouping opts, expected label"),
    ("sum without(,)(some_metric)", 13, #"unexpected "," in grouping opts, expected label"#),
    ("sum without(foo,,)(some_metric)", 17, #"unexpected "," in grouping opts, expected label"#),
    ("sum some_metric by (test)", 5, #"unexpected identifier "some_metric""#),
    (
      "sum (some_metric) by test", 22,
      #"unexpected identifier "test" in grouping opts, expected "(""#
    ),
    ("sum () by (test)", 1, "no arguments for aggregate expression provided"),
    ("MIN (some_metric) keep_common", 19, #"unexpected identifier "keep_common""#),
    ("sum (some_metric) without (test) by (test)", 34, "unexpected <by>"),
    (
      "topk(some_metric)", 1,
      "wrong number of arguments for aggregate expression provided, expected 2, got 1"
    ),
    ("topk(some_metric,)", 17, "trailing commas not allowed in function call args"),
    ("a>b()", 3, #"unknown function with name "b""#),
  ]

  @Test("a text that breaks the grammar", arguments: grammarRows)
  func grammar(_ row: Row) { check(row) }

  private static let typesRows: [Row] = [
    ("1 and 1", 1, #"set operator "and" not allowed in binary scalar expression"#),
    ("foo or 1", 1, #"set operator "or" not allowed in binary scalar expression"#),
    ("1 == 1", 3, "comparisons between scalars must use BOOL modifier"),
    ("foo + bool bar", 5, "bool modifier can only be used on comparison operators"),
    (
      #"-"string""#, 1,
      "unary expression only allowed on expressions of type scalar or instant vector, got "
        + #""string""#
    ),
    (
      "-test[5m]", 1,
      "unary expression only allowed on expressions of type scalar or instant vector, got "
        + #""range vector""#
    ),
    ("foo offset 1s offset 2s", 1, "offset may not be set multiple times"),
    ("{}", 1, "vector selector must contain at least one non-empty matcher"),
    (#"{x=""}"#, 1, "vector selector must contain at least one non-empty matcher"),
    (#"1 + {x=~".*"}"#, 5, "vector selector must contain at least one non-empty matcher"),
    (#"{x!="a"}"#, 1, "vector selector must contain at least one non-empty matcher"),
    (#"foo{__name__="bar"}"#, 1, #"metric name must not be set twice: "foo" or "bar""#),
    (
      "test[5d] OFFSET 10s [10m:5s]", 1,
      "subquery is only allowed on instant vector, got matrix instead"
    ),
    (
      "foo[5m] + 1", 1, "binary expression must contain only scalar and instant vector types"
    ),
    (
      #"foo == "a""#, 8, "binary expression must contain only scalar and instant vector types"
    ),
    ("foo + on(bar) 1", 1, "vector matching only allowed between instant vectors"),
    ("foo + fill(0) 1", 1, "filling in missing series only allowed between instant vectors"),
    ("foo and fill(0) bar", 1, "filling in missing series not allowed for set operators"),
    ("foo and on(bar) group_left(baz) bar", 1, #"no grouping allowed for "and" operation"#),
    (
      "foo + on(bar) group_left(bar, baz) bar", 5,
      #"label "bar" must not occur in ON and GROUP clause at once"#
    ),
    (
      "topk(some_metric, other_metric)", 6,
      "expected type scalar in aggregation parameter, got instant vector"
    ),
    (
      "count_values(5, other_metric)", 14,
      "expected type string in aggregation parameter, got scalar"
    ),
    (
      "sum(foo[5m])", 5,
      "expected type instant vector in aggregation expression, got range vector"
    ),
    ("floor()", 1, #"expected 1 argument(s) in call to "floor", got 0"#),
    ("floor(some_metric, 1)", 1, #"expected 1 argument(s) in call to "floor", got 2"#),
    ("floor(1)", 7, #"expected type instant vector in call to function "floor", got scalar"#),
    (
      "hour(some_metric, some_metric, some_metric)", 1,
      #"expected at most 1 argument(s) in call to "hour", got 3"#
    ),
    ("label_join(a)", 1, #"expected at least 3 argument(s) in call to "label_join", got 1"#),
    (
      "rate(avg)", 6,
      #"expected type range vector in call to function "rate", got instant vector"#
    ),
    ("rate(foo) + ", 13, "unexpected end of input"),
    ("a[5m] anchored smoothed", 1, "anchored and smoothed modifiers cannot be used together"),
    ("a[5m:] anchored", 1, "anchored modifier is not supported for subqueries"),
  ]

  @Test("an expression whose types do not fit", arguments: typesRows)
  func types(_ row: Row) { check(row) }

  @Test("lines and columns count from 1, columns in bytes")
  func places() {
    let error = #expect(throws: QuerySyntaxError.self) {
      try Expression.parse("sum(\n  up{a=\"é\"} # ü )\n) é")
    }
    #expect(error?.description == "3:3: parse error: unexpected character: 'é'")
  }

  @Test("an unknown function names the one that was likely meant")
  func unknownFunction() {
    let error = #expect(throws: QuerySyntaxError.self) { try Expression.parse("raet(a[5m])") }
    #expect(error?.message == #"unknown function with name "raet"; did you mean "rate"?"#)
  }

  @Test("an experimental function of another version is refused by name")
  func unsupportedFunction() {
    let error = #expect(throws: QuerySyntaxError.self) { try Expression.parse("info(a)") }
    #expect(
      error?.message == #"function "info" is experimental and not part of this version"#)
  }

  @Test("an operator on native histograms is refused by name")
  func trimming() {
    check(
      ("a </ 2", 3, #"operator "</" trims native histograms and is not part of this version"#))
  }

  @Test("an invalid regular expression is reported where its matcher stands")
  func invalidPattern() {
    let error = #expect(throws: QuerySyntaxError.self) { try Expression.parse(#"a{b=~"["}"#) }
    #expect(error?.column == 3)
    #expect(error?.message.hasPrefix("error parsing regexp: ") == true)
  }
}

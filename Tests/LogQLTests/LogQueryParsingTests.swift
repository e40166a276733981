import LogQL
import Telemetry
import Testing

/// Expected texts and errors by hand, from https://grafana.com/docs/loki/latest/query and the cases
/// of grafana/loki pkg/logql/syntax/parser_test.go.
struct LogQueryParsingTests {
  @Test(
    "a query prints in its canonical form, which reads back to itself",
    arguments: [
      (#"{foo="bar"}"#, #"{foo="bar"}"#),
      (
        #"{ foo = "bar", bip!="bop" , a=~"b.*",c!~`d` }"#,
        #"{foo="bar", bip!="bop", a=~"b.*", c!~"d"}"#
      ),
      (#"{foo="bar"} |= "baz""#, #"{foo="bar"} |= "baz""#),
      (
        #"({foo="bar"} |= "baz" |~ "blip" != "flip" !~ "flap")"#,
        #"{foo="bar"} |= "baz" |~ "blip" != "flip" !~ "flap""#
      ),
      (#"{foo="bar"} |= "a" or "b" or `c`"#, #"{foo="bar"} |= "a" or "b" or "c""#),
      (
        #"{foo="bar"} |> "<_> failed <_>" !> "a<_>""#, #"{foo="bar"} |> "<_> failed <_>" !> "a<_>""#
      ),
      (
        #"{foo="bar"} |= ip("192.168.0.0/16") != ip("::1")"#,
        #"{foo="bar"} |= ip("192.168.0.0/16") != ip("::1")"#
      ),
      ("{foo=\"bar\"} # the app\n|= \"baz\" # a filter", #"{foo="bar"} |= "baz""#),
      (
        #"{app="foo"}|json|latency>=250ms or ( status_code < 500 and status_code > 200)"#,
        #"{app="foo"} | json | (latency>=250ms or (status_code<500 and status_code>200))"#
      ),
      (
        #"{app="foo"} | json | latency >= 250ms , status_code < 500 b="c""#,
        #"{app="foo"} | json | (latency>=250ms and (status_code<500 and b="c"))"#
      ),
      (
        #"{app="foo"} | a=1 and b=2 or c=3 and d=4"#,
        #"{app="foo"} | ((a==1 and b==2) or (c==3 and d==4))"#
      ),
      (
        #"{app="foo"} | size > 10KB | size <= 1.5MiB | d == 1h30m | e != -2"#,
        #"{app="foo"} | size>10000B | size<=1572864B | d==1h30m | e!=-2"#
      ),
      (
        #"{app="foo"} | addr=ip("10.0.0.1-10.0.0.9") | b!=ip("1.2.3.4")"#,
        #"{app="foo"} | addr=ip("10.0.0.1-10.0.0.9") | b!=ip("1.2.3.4")"#
      ),
      (
        #"{app="foo"} | json code="response.code", h="a[0][\"b c\"]", x"#,
        #"{app="foo"} | json code="response.code", h="a[0][\"b c\"]", x="x""#
      ),
      (
        #"{app="foo"} | logfmt --strict --keep-empty a, b="c" | unpack | decolorize"#,
        #"{app="foo"} | logfmt --strict --keep-empty a="a", b="c" | unpack | decolorize"#
      ),
      (
        #"{app="foo"} | regexp "(?P<a>.*)" | pattern `<ip> - "<b>"`"#,
        #"{app="foo"} | regexp "(?P<a>.*)" | pattern "<ip> - \"<b>\"""#
      ),
      (
        #"{app="foo"} | line_format "{{.a}}\t" | label_format a=b, c="{{.d}}""#,
        #"{app="foo"} | line_format "{{.a}}\t" | label_format a=b, c="{{.d}}""#
      ),
      (
        #"{app="foo"} | drop a, b="c" , __error__ | keep d, e=~"f""#,
        #"{app="foo"} | drop a, b="c", __error__ | keep d, e=~"f""#
      ),
      (#"{app="foo"} | json | __error__="" "#, #"{app="foo"} | json | __error__="""#),
    ])
  func canonicalLogQuery(_ written: String, _ canonical: String) throws {
    try check(written, canonical)
  }

  @Test(
    "a metric query prints in its canonical form, which reads back to itself",
    arguments: [
      (#"count_over_time({foo="bar"}[12h])"#, #"count_over_time({foo="bar"}[12h])"#),
      (
        #"COUNT_OVER_TIME ( {foo="bar"} |~ "x" [1h30m] OFFSET 5m )"#,
        #"count_over_time({foo="bar"} |~ "x"[1h30m] offset 5m)"#
      ),
      (#"rate(({foo="bar"} |= "x")[5m] offset -1h)"#, #"rate({foo="bar"} |= "x"[5m] offset -1h)"#),
      (#"rate({foo="bar"}[5m] |= "x" | json)"#, #"rate({foo="bar"} |= "x" | json[5m])"#),
      (#"sum(rate({foo="bar"}[5m]))by(a,b)"#, #"sum by (a, b) (rate({foo="bar"}[5m]))"#),
      (#"sum without () (rate({foo="bar"}[5m]))"#, #"sum without () (rate({foo="bar"}[5m]))"#),
      (#"topk(10, rate({foo="bar"}[5m])) by (a)"#, #"topk by (a) (10, rate({foo="bar"}[5m]))"#),
      (#"sort_desc(rate({foo="bar"}[5m]))"#, #"sort_desc(rate({foo="bar"}[5m]))"#),
      (
        #"quantile_over_time(0.99, {a="b"} | json | unwrap duration(latency) | __error__="" [5m]) by (c)"#,
        #"quantile_over_time(0.99, {a="b"} | json | unwrap duration(latency) | __error__=""[5m]) by (c)"#
      ),
      (
        #"sum_over_time({a="b"} | unwrap bytes(size) [1m])"#,
        #"sum_over_time({a="b"} | unwrap bytes(size)[1m])"#
      ),
      (#"sum_over_time({a="b"}[1m] | unwrap size)"#, #"sum_over_time({a="b"} | unwrap size[1m])"#),
      (#"1 + 2 * 3 ^ 2 ^ 1 - -4"#, #"((1 + (2 * (3 ^ (2 ^ 1)))) - -4)"#),
      (
        #"rate({a="b"}[1m]) > bool 0.5 or vector(0)"#,
        #"((rate({a="b"}[1m]) > bool 0.5) or vector(0))"#
      ),
      (
        #"rate({a="b"}[1m]) / on (x) group_left (y) rate({a="c"}[1m])"#,
        #"(rate({a="b"}[1m]) / on (x) group_left (y) rate({a="c"}[1m]))"#
      ),
      (
        #"rate({a="b"}[1m]) unless ignoring(x) rate({a="c"}[1m])"#,
        #"(rate({a="b"}[1m]) unless ignoring (x) rate({a="c"}[1m]))"#
      ),
      (#"rate({a="b"}[1m]) != 3"#, #"(rate({a="b"}[1m]) != 3)"#),
      (
        #"label_replace(rate({a="b"}[1m]),"c","$1","d","(.*):.*")"#,
        #"label_replace(rate({a="b"}[1m]), "c", "$1", "d", "(.*):.*")"#
      ),
      (#"absent_over_time({a="b"}[1m])"#, #"absent_over_time({a="b"}[1m])"#),
      (
        #"sum by (app) (rate({app="foo"} | label_format svc=app [1m] offset 1m30s))"#,
        #"sum by (app) (rate({app="foo"} | label_format svc=app[1m] offset 1m30s))"#
      ),
    ])
  func canonicalMetricQuery(_ written: String, _ canonical: String) throws {
    try check(written, canonical)
  }

  private func check(_ written: String, _ canonical: String) throws {
    let query = try LogQuery.parse(written)
    #expect(query.text == canonical)
    #expect(try LogQuery.parse(query.text) == query)
  }

  @Test(
    "a mistake is shown with its line, its column and what was expected",
    arguments: [
      ("", 1, 1, "unexpected the end of the query, expected a selector"),
      ("{", 1, 2, "unexpected the end of the query, expected a label name"),
      (#"{foo="bar""#, 1, 11, #"expected "," or "}""#),
      (#"{foo=bar}"#, 1, 6, "expected a string in quotes"),
      (#"{foo="bar"} |= "#, 1, 16, "expected a string in quotes or ip"),
      ("{foo=\"bar\"}\n  |= 3", 2, 6, #"unexpected "3", expected a string in quotes"#),
      (#"{foo=~".*"}"#, 1, 1, "at least one regexp or equality matcher"),
      (#"{foo!="a"}"#, 1, 1, "at least one regexp or equality matcher"),
      (#"{foo=~"("}"#, 1, 2, "write it in RE2 syntax"),
      (#"{foo="bar} |= "x""#, 1, 17, "unterminated quoted string"),
      (#"{foo="\q"}"#, 1, 6, "unknown escape sequence"),
      (#"rate({foo="bar"})"#, 1, 17, "expected a range such as [5m]"),
      (#"rate({foo="bar"}[5 minutes])"#, 1, 17, "not a valid range"),
      (#"rate({foo="bar"}[0s])"#, 1, 17, "not a valid range"),
      (#"rate({foo="bar"}[5m"#, 1, 17, "missing closing ']'"),
      (#"sum(3, rate({foo="bar"}[5m]))"#, 1, 5, "unsupported parameter for operation sum(3,"),
      (#"topk(rate({foo="bar"}[5m]))"#, 1, 6, "parameter required for operation topk"),
      (#"topk(0, rate({foo="bar"}[5m]))"#, 1, 6, "must be greater than 0"),
      (#"quantile_over_time({a="b"} | unwrap c [5m])"#, 1, 1, "parameter required"),
      (#"sum_over_time({a="b"}[5m])"#, 1, 1, "invalid aggregation sum_over_time without unwrap"),
      (
        #"count_over_time({a="b"} | unwrap c [5m])"#, 1, 1,
        "invalid aggregation count_over_time with unwrap"
      ),
      (#"rate({a="b"}[5m]) by (c)"#, 1, 1, "grouping not allowed for rate aggregation"),
      (#"{a="b"} + 1"#, 1, 1, "unexpected type for left leg of binary operation (+)"),
      (#"1 or rate({a="b"}[5m])"#, 1, 3, "unexpected literal for left leg"),
      (#"rate({a="b"}[5m]) + bool 1"#, 1, 19, "bool modifier can only be used on comparison"),
      (#"sort(rate({a="b"}[5m])) by (c)"#, 1, 1, "doesn't allow grouping"),
      (#"{a="b"} | label_format c=d, c="x""#, 1, 29, "multiple label name 'c' not allowed"),
      (#"{a="b"} | label_format __error__=d"#, 1, 24, "__error__ cannot be formatted"),
      (#"{a="b"} | latency >= "5""#, 1, 22, "expected a number, a duration or a size"),
      (#"{a="b"} | latency"#, 1, 18, "expected a comparison"),
      (#"{a="b"} |= ip("10.0.0.300")"#, 1, 15, "ip: invalid pattern"),
      (#"{a="b"} |~ ip("10.0.0.3")"#, 1, 12, "ip: invalid operation"),
      (#"{a="b"} | json c="d..e""#, 1, 17, "cannot parse expression [d..e]"),
      (#"{a="b"} ; 3"#, 1, 9, "unexpected character"),
      (#"{a="b"} | xml"#, 1, 11, "xml is not part of this version"),
      (#"{a="b"} {c="d"}"#, 1, 9, "expected an operator or the end of the query"),
    ])
  func mistake(_ text: String, _ line: Int, _ column: Int, _ words: String) {
    let error = #expect(throws: LogSyntaxError.self) { try LogQuery.parse(text) }
    #expect(error?.line == line)
    #expect(error?.column == column, "\(error?.description ?? "")")
    #expect(error?.message.contains(words) == true, "\(error?.message ?? "")")
  }

  /// A query that repeats a piece very often, between a head and a tail.
  struct Hostile: CustomStringConvertible {
    let head: String
    let piece: String
    let count: Int
    let tail: String

    var description: String { "\(head)\(piece)×\(count)\(tail)" }
    var text: String { head + String(repeating: piece, count: count) + tail }
  }

  @Test(
    "a query made to hurt ends in an error",
    arguments: [
      Hostile(head: "", piece: "(", count: 90_000, tail: ""),
      Hostile(head: "", piece: "1+", count: 40_000, tail: "("),
      Hostile(head: "", piece: "sum(", count: 20_000, tail: ""),
      Hostile(head: #"{a="b"} | "#, piece: "(", count: 90_000, tail: ""),
      Hostile(head: #"{a="b"} | "#, piece: "c=1,", count: 20_000, tail: ""),
      Hostile(head: #"{a="b"} |= ""#, piece: "x", count: 100_001, tail: "\""),
    ])
  func hostile(_ query: Hostile) {
    #expect(throws: LogSyntaxError.self) { try LogQuery.parse(query.text) }
  }
}

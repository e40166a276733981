import LogQL
import Telemetry
import Testing

/// Expected lines and labels by hand, from https://grafana.com/docs/loki/latest/query/log_queries
/// and the cases of grafana/loki pkg/logql/log/parser_test.go, fmt_test.go, label_filter_test.go.
struct PipelineTests {
  private static let stream = LabelSet(["app": "foo"])

  /// What a pipeline makes of one line: `line {labels}`, or `dropped`.
  private func processed(
    _ stages: String, _ line: String, metadata: LabelSet = .empty
  ) throws -> String {
    guard case .logs(let selector) = try LogQuery.parse(#"{app="foo"} "# + stages) else {
      return "no log query"
    }
    let table = LogTable(
      streams: [Self.stream],
      lines: [
        .init(at: Timestamp(nanoseconds: 1_620_000_000_123_456_789), line, metadata: metadata)
      ])
    let answer = try LogEngine(source: table).lines(
      of: selector, from: Timestamp(nanoseconds: .min), to: Timestamp(nanoseconds: .max), limit: 10,
      direction: .forward)
    guard let found = answer.lines.first else { return "dropped" }
    let labels = found.labels.labels.filter { $0.name != "app" }.map { "\($0.name)=\($0.value)" }
    let text = String(decoding: found.line, as: UTF8.self)
    return (text == line ? "" : text + " ") + "{\(labels.joined(separator: " "))}"
  }

  @Test(
    "line filters decide on the bytes of a line",
    arguments: [
      (#"|= "bar""#, "foo bar", true), (#"|= "bar""#, "foo", false), (#"|= """#, "foo", true),
      (#"!= "bar""#, "foo bar", false), (#"!= "bar""#, "foo", true),
      (#"|= "a" or "b" or "c""#, "xcx", true), (#"|= "a" or "b""#, "xcx", false),
      (#"!= "a" or "b""#, "xbx", false), (#"!= "a" or "b""#, "xcx", true),
      (#"|~ "(?i)ERROR|panic""#, "an Error", true), (#"|~ "err.r""#, "xx errrr", true),
      (#"|~ "^x""#, "yx", false), (#"!~ "b+""#, "abc", false), (#"|~ "a" or "z""#, "zz", true),
      (#"|= "x" != "y" |~ "z""#, "x z", true), (#"|= "x" != "y" |~ "z""#, "x y z", false),
      ("|= `\"level\":\"error\"`", #"{"level":"error"}"#, true),
      (#"|> "<_> failed <_>""#, "login failed today", true),
      (#"|> "<_> failed <_>""#, "login failed", false), (#"|> "foo <_>""#, "foo bar", true),
      (#"|> "foo <_>""#, "a foo bar", false), (#"|> "<_> bar""#, "foo bar baz", false),
      (#"!> "<_> failed <_>""#, "login failed today", false), (#"|> """#, "", true),
      (#"|= ip("192.168.0.0/16")"#, "from 192.168.4.1:80 to 10.0.0.1", true),
      (#"|= ip("192.168.0.0/16")"#, "from 193.168.4.1", false),
      (#"!= ip("192.168.4.1")"#, "from 192.168.4.1", false),
      (#"|= ip("192.168.4.1-192.168.4.9")"#, "x 192.168.4.5 y", true),
      (#"|= ip("2001:db8::/32")"#, "peer [2001:db8:0:1::7] left", true),
      (#"|= ip("2001:db8::/32")"#, "peer 2001:db9::7 left", false),
      (#"|= ip("1.2.3.4")"#, "v1.2.3.45", false),
    ])
  func lineFilter(_ stages: String, _ line: String, _ passes: Bool) throws {
    #expect(try (processed(stages, line) != "dropped") == passes)
  }

  @Test(
    "json makes labels of fields",
    arguments: [
      (
        "| json", #"{"a":"x","b":{"c":1.50,"d":{"e":true}},"f":[1,2],"g":null}"#,
        "{a=x b_c=1.50 b_d_e=true}"
      ),
      (
        "| json", #"{"app":"bar","a.b-c":"x","1st":"y"," sp ace ":"z","é":"w"}"#,
        "{_=w _1st=y a_b_c=x app_extracted=bar sp_ace=z}"
      ),
      ("| json", #"{"a":"x","a":"y"}"#, "{a=x}"),
      ("| json", #"{"a":"q\"\\\n\u00e9\ud83d\ude00"}"#, "{a=q\"\\\n\u{E9}\u{1F600}}"),
      ("| json", #"{"a":"bad \q"}"#, "{a=}"),
      (
        "| json", "no json",
        "{__error__=JSONParserErr __error_details__=Value looks like object, but can't find"
          + " closing '}' symbol}"
      ),
      (
        "| json", #"{"a":"x","b":"#,
        "{__error__=JSONParserErr __error_details__=Malformed JSON error a=x}"
      ),
      ("| json", #"{"a":tru}"#, "{__error__=JSONParserErr __error_details__=Unknown value type}"),
      ("| json", "{}", "{}"),
      (
        #"| json first="a.b[1]", h="c[\"User Agent\"]", obj="a", none="x.y""#,
        #"{"a":{"b":["p","q"]},"c":{"User Agent":"curl"}}"#,
        #"{first=q h=curl none= obj={"b":["p","q"]}}"#
      ),
      (#"| json app="b""#, #"{"b":"x"}"#, "{app_extracted=x}"),
      (#"| json a"#, "plain", "{__error__=JSONParserErr}"),
    ])
  func json(_ stages: String, _ line: String, _ expected: String) throws {
    #expect(try processed(stages, line) == expected)
  }

  @Test(
    "logfmt makes labels of pairs",
    arguments: [
      (
        "| logfmt", #"level=info msg="a \"b\" c" dur=1s flag empty= x=1=2 y=3"#,
        #"{dur=1s level=info msg=a "b" c y=3}"#
      ),
      ("| logfmt --keep-empty", "a=1 flag b=", "{a=1 b= flag=}"),
      (
        "| logfmt --strict", "a=1 b=2=3 c=4",
        "{__error__=LogfmtParserErr __error_details__=logfmt syntax error at pos 8 : unexpected '='"
          + " a=1}"
      ),
      ("| logfmt", "app=bar a.b=c", "{a_b=c app_extracted=bar}"),
      ("| logfmt", "a=1 a=2", "{a=1}"),
      (#"| logfmt x="dur", app="level", z"#, "level=info dur=1s", "{app_extracted=info x=1s z=}"),
      ("| logfmt", #"a="unterminated"#, "{}"),
    ])
  func logfmt(_ stages: String, _ line: String, _ expected: String) throws {
    #expect(try processed(stages, line) == expected)
  }

  @Test(
    "other parsers make labels too",
    arguments: [
      (
        #"| regexp "(?P<method>\\w+) (?P<path>\\S+) \\((?P<status>\\d+)\\)""#, "GET /a (200) x",
        "{method=GET path=/a status=200}"
      ),
      (#"| regexp "(?P<method>\\w+) \\d""#, "no digits", "{}"),
      (
        #"| pattern `<ip> - - <_> "<method> <path> <_>" <status>`"#,
        #"10.0.0.1 - - [01/Jan] "GET /x HTTP/1.1" 200"#,
        "{ip=10.0.0.1 method=GET path=/x status=200}"
      ),
      ("| pattern `<a>: <b>,`", "x: rest without end", "{a=x b=rest without end}"),
      ("| pattern `start <a>`", "x start y", "{}"),
      ("| pattern `<app> <b>`", "x y", "{app_extracted=x b=y}"),
      (
        "| unpack", #"{"_entry":"the \"line\"","app":"bar","pod":"p","n":1}"#,
        #"the "line" {app_extracted=bar pod=p}"#
      ),
      ("| unpack", #"{"pod":"p"}"#, "{}"),
      (
        "| unpack", "plain",
        "{__error__=JSONParserErr __error_details__=expecting json object(6), but it is not}"
      ),
      ("| decolorize", "\u{1B}[31mred\u{1B}[0m \u{1B}]0;title\u{7}x", "red x {}"),
      (#"| decolorize |= "red x""#, "\u{1B}[31mred\u{1B}[0m x", "red x {}"),
    ])
  func parser(_ stages: String, _ line: String, _ expected: String) throws {
    #expect(try processed(stages, line) == expected)
  }

  @Test(
    "label filters compare texts, numbers, durations, sizes and addresses",
    arguments: [
      ("| logfmt | a=`x`", "a=x", true), ("| logfmt | a!=`x`", "a=x", false),
      ("| logfmt | a=~`x|y`", "a=y", true), ("| logfmt | a=~`x`", "a=xx", false),
      ("| logfmt | b=``", "a=x", true), ("| logfmt | b!=``", "a=x", false),
      ("| logfmt | n>2.5", "n=3", true), ("| logfmt | n>=3", "n=3", true),
      ("| logfmt | n==3", "n=3.0", true), ("| logfmt | n!=3", "n=3", false),
      ("| logfmt | n<-1", "n=-2e3", true), ("| logfmt | n>1", "m=2", false),
      ("| logfmt | d>250ms", "d=0.3s", true), ("| logfmt | d<=1m30s", "d=90s", true),
      ("| logfmt | s>1KB", "s=1.5kib", true), ("| logfmt | s==1KB", "s=1000", true),
      ("| logfmt | s<1MB", "s=2MiB", false),
      (#"| logfmt | ip=ip("10.0.0.0/8")"#, "ip=10.1.2.3", true),
      (#"| logfmt | ip!=ip("10.0.0.0/8")"#, "ip=10.1.2.3", false),
      ("| logfmt | a=`x` and b=`y`", "a=x b=z", false),
      ("| logfmt | a=`x` or b=`y`", "a=x b=z", true),
      ("| logfmt | a=`x` and (b=`y` or c=`z`)", "a=x c=z", true),
      ("| logfmt | a=`q` , b=`y` or c=`z`", "a=x c=z", false),
      ("| app=`foo`", "x", true), ("| trace=`t`", "x", false),
      ("| logfmt | n>1", "n=abc", true), ("| logfmt | n>1 | __error__=``", "n=abc", false),
      ("| json | __error__!=``", "no json", true),
      ("| json | __error__=`JSONParserErr`", "x", true),
    ])
  func labelFilter(_ stages: String, _ line: String, _ passes: Bool) throws {
    #expect(try (processed(stages, line) != "dropped") == passes)
  }

  @Test(
    "labels and lines are rewritten",
    arguments: [
      (
        "| logfmt | line_format `{{.a}}-{{.missing}}-{{ __line__ | upper }}`", "a=x", "x--A=X {a=x}"
      ),
      (
        "| line_format `{{ __timestamp__ | date \"2006-01-02T15:04:05.000Z07:00\" }}`", "l",
        "2021-05-03T00:00:00.123Z {}"
      ),
      ("| logfmt | label_format b=a, c=`{{.a}}{{.app}}`", "a=x", "{b=x c=foo}"),
      ("| logfmt | label_format c=`{{ .nope | default \"none\" }}`", "a=x", "{a=x c=none}"),
      ("| label_format app=`{{ .app | ToUpper }}`", "l", "{}"),
      ("| logfmt | drop a, b=`y`, c=`q`", "a=1 b=y c=z", "{c=z}"),
      ("| logfmt | keep a, b=`y`, c=`q`", "a=1 b=y c=z", "{a=1 b=y}"),
      ("| json | drop __error__, __error_details__", "no json", "{}"),
      ("| line_format `{{ nope }}`", "l", "error: stage '| line_format"),
      ("| line_format `{{ now }}`", "l", "__error__=TemplateFormatErr"),
      ("| line_format `{{ .app | substr 0 2 }}{{ add 1 2 3 }}{{ divf 1 4 }}`", "l", "fo60.25 {}"),
      ("| line_format `{{ regexReplaceAll \"(o+)\" .app \"[$1]\" }}`", "l", "f[oo] {}"),
      ("| line_format `{{ if eq .app \"foo\" }}yes{{ else }}no{{ end }}`", "l", "yes {}"),
      (
        "| line_format `{{ range $k, $v := fromJson __line__ }}{{ $k }}:{{ $v }};{{ end }}`",
        #"{"b":2,"a":"x"}"#, "a:x;b:2; {}"
      ),
      (
        "| line_format `{{ duration \"1m30s\" }} {{ bytes \"2 KiB\" }} {{ count \"o\" .app }}`",
        "l",
        "90 2048 2 {}"
      ),
      (
        "| line_format `{{ alignLeft 5 .app }}|{{ alignRight 2 .app }}|{{ trunc -1 .app }}`", "l",
        "foo  |oo|o {}"
      ),
      (
        "| line_format `{{ .app | b64enc }} {{ \"Zm9v\" | b64dec }} {{ urldecode \"a%20b+c\" }}`",
        "l",
        "Zm9v foo a b c {}"
      ),
      ("| line_format `{{ repeat 100000000 .app }}`", "l", "__error__=TemplateFormatErr"),
    ])
  func formats(_ stages: String, _ line: String, _ expected: String) throws {
    let result: String
    do {
      result = try processed(stages, line)
    } catch {
      result = "error: \(error)"
    }
    #expect(expected.hasSuffix("}") ? result == expected : result.contains(expected), "\(result)")
  }

  @Test("structured metadata are labels that parsers do not replace")
  func metadata() throws {
    let metadata = LabelSet(["detected_level": "info", "app": "meta", "trace_id": "t1"])
    #expect(
      try processed("| logfmt", "trace_id=t2 a=b", metadata: metadata)
        == "{a=b app_extracted=meta detected_level=info trace_id=t1 trace_id_extracted=t2}")
    #expect(try processed("| detected_level=`warn`", "x", metadata: metadata) == "dropped")
  }

  @Test(
    "a stage that cannot be is shown with its place",
    arguments: [
      (#"|~ "(""#, "missing )"), ("| regexp `a(b)`", "at least one named capture"),
      ("| regexp `(?P<a>b)(?P<a>c)`", "duplicate"), ("| pattern `abc`", "at least one capture"),
      ("| pattern `<a><b>`", "consecutive capture"),
      (#"|> "<a>""#, "named captures are not allowed"),
      ("| line_format `{{`", "unclosed action"),
      ("| label_format a=`{{ .b | nope }}`", "not defined"),
    ])
  func stageMistake(_ stages: String, _ words: String) {
    let error = #expect(throws: LogQueryError.self) { try processed(stages, "x") }
    #expect(error?.description.contains("at line 1, col 13") == true, "\(error?.description ?? "")")
    #expect(error?.description.contains(words) == true, "\(error?.description ?? "")")
  }
}

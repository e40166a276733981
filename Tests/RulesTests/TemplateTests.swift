import PromQL
import Telemetry
import Templates
import Testing

@testable import Rules

@Suite struct TemplateTests {
  private static let alert = AlertData(
    labels: LabelSet(["instance": "db-1:9100", "job": "node", "__name__": "up"]),
    value: 1234.5, time: Timestamp(seconds: 1_600_000_000),
    externalLabels: LabelSet(["cluster": "eu"]), externalURL: "http://prom.example/base")

  private func expand(_ text: String, _ samples: [TemplateSample] = []) -> String {
    Template(text).expanded(for: Self.alert) { _ in samples }
  }

  @Test(arguments: [
    ("plain", "plain"),
    ("{{ $labels.instance }} of {{ .Labels.job }} is {{ $value }}", "db-1:9100 of node is 1234.5"),
    ("{{ $labels.missing }}!", "!"),
    (
      "{{ $externalLabels.cluster }} {{ .ExternalURL }} {{ pathPrefix }}",
      "eu http://prom.example/base /base"
    ),
    ("a {{- \" b \" -}} c", "a b c"),
    ("{{/* nothing */}}x", "x"),
    ("{{ if gt $value 1000.0 }}high{{ else }}low{{ end }}", "high"),
    (
      "{{ if eq $labels.job \"api\" }}a{{ else if eq $labels.job \"node\" }}n{{ else }}o{{ end }}",
      "n"
    ),
    (
      "{{ with $labels.job }}[{{ . }}]{{ end }}{{ with $labels.no }}x{{ else }}-{{ end }}",
      "[node]-"
    ),
    ("{{ $x := $value }}{{ $x = 2 }}{{ $x }}", "2"),
    ("{{ range $k, $v := .ExternalLabels }}{{ $k }}={{ $v }};{{ end }}", "cluster=eu;"),
    ("{{ range .ExternalLabels }}{{ . }}{{ end }}", "eu"),
    ("{{ and true \"b\" }} {{ or \"\" \"c\" }} {{ not true }}", "b c false"),
    ("{{ len $labels.job }} {{ index $labels \"job\" }}", "4 node"),
    ("{{ args 1 \"b\" | len }}{{ (args 1 \"b\").arg1 }}", "2b"),
    ("{{ print \"a\" 1 2 \"b\" }}", "a1 2b"),
    ("{{ `raw \\n` }}{{ \"\\t\" }}.", "raw \\n\t."),
    (
      "{{ ExternalURL }}",
      "<error expanding template: error parsing template: function \"ExternalURL\" not defined>"
    ),
    (
      "{{ $nothing }}",
      "<error expanding template: error parsing template: undefined variable \"$nothing\">"
    ),
    (
      "{{ .Nothing }}",
      "<error expanding template: error executing template: can't evaluate field Nothing in data of the alert>"
    ),
    (
      "{{ if true }}",
      "<error expanding template: error parsing template: unexpected EOF: {{if}} has no {{end}}>"
    ),
    ("{{ $value ", "<error expanding template: error parsing template: unclosed action>"),
    (
      "{{ gt $value 1 }}",
      "<error expanding template: error executing template: incompatible types for comparison>"
    ),
  ])
  func languageIsThatOfGo(template: String, expected: String) {
    #expect(expand(template) == expected)
  }

  @Test(arguments: [
    ("{{ 1234567.0 | humanize }}", "1.235M"), ("{{ 0.0002 | humanize }}", "200u"),
    ("{{ humanize 0.0 }}", "0"), ("{{ humanize1024 2048.0 }}", "2ki"),
    ("{{ humanizeDuration 90061.0 }}", "1d 1h 1m 1s"), ("{{ humanizeDuration 0.0025 }}", "2.5ms"),
    ("{{ humanizeDuration 59.5 }}", "59.5s"), ("{{ humanizePercentage 0.12345 }}", "12.35%"),
    ("{{ humanizeTimestamp 1600000000.5 }}", "2020-09-13 12:26:40.5 +0000 UTC"),
    ("{{ humanize \"12345\" }}", "12.35k"),
    (
      "{{ printf \"%.2f|%6.1f|%-5s|%05d|%q|%v|%%\" $value 2.25 \"ab\" 42 \"x\\\"\" true }}",
      "1234.50|   2.2|ab   |00042|\"x\\\"\"|true|%"
    ),
    ("{{ printf \"%d\" $value }}", "%!d(float64=1234.5)"),
    (
      "{{ title \"hello big-world\" }} {{ toUpper \"a\" }}{{ toLower \"B\" }}", "Hello Big-World Ab"
    ),
    ("{{ reReplaceAll \"(.*):(.*)\" \"$2-${1}x\" $labels.instance }}", "9100-db-1x"),
    ("{{ match \"^db\" $labels.instance }}", "true"),
    ("{{ stripPort \"h.example:80\" }} {{ stripDomain \"h.example:80\" }}", "h.example h:80"),
    ("{{ parseDuration \"1h30m\" }} {{ toDuration 90 }}", "5400 1m30s"),
    ("{{ graphLink \"a b\" }}", "/graph?g0.expr=a+b&g0.tab=0"),
    ("{{ 1000000.0 }} {{ 123456.0 }} {{ 0.00001 }}", "1e+06 123456 1e-05"),
  ])
  func functionsWriteAsInPrometheus(template: String, expected: String) {
    #expect(expand(template) == expected)
  }

  @Test func queriesGiveSamples() {
    let samples = [
      TemplateSample(labels: LabelSet(["host": "b"]), value: 2),
      TemplateSample(labels: LabelSet(["host": "a"]), value: 1),
    ]
    #expect(expand("{{ query \"x\" | first | value }}", samples) == "2")
    #expect(
      expand(
        "{{ range query \"x\" | sortByLabel \"host\" }}{{ .Labels.host }}{{ .Value }} {{ end }}",
        samples)
        == "a1 b2 ")
    #expect(expand("{{ query \"x\" | first | label \"host\" }}", samples) == "b")
    #expect(
      expand("{{ query \"x\" | first }}").contains("first() called on vector with no elements"))
  }

  @Test func aHostileTemplateEndsInAText() {
    let nested = String(repeating: "(", count: 5000)
    #expect(expand("{{ \(nested) }}").contains("nested too deeply"))
    let blocks = String(repeating: "{{ if true }}", count: 5000)
    #expect(expand(blocks).contains("nested too deeply"))
    let samples = (0..<300).map { TemplateSample(labels: .empty, value: Double($0)) }
    let loops = "{{ range query \"x\" }}{{ range query \"x\" }}{{ . }}{{ end }}{{ end }}"
    #expect(expand(loops, samples).hasPrefix("<error expanding template"))
    #expect(expand("{{ printf \"%9999999d\" 1 }}").count == 200)
  }
}

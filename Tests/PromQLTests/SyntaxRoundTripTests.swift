import Foundation
import Testing

@testable import PromQL

/// Texts that are their own canonical text, and texts that have another.
@Suite("Expressions print back to equal expressions")
struct SyntaxRoundTripTests {
  @Test(
    "canonical texts stay as they are",
    arguments: [
      "1", "-1", "0.5", "Inf", "-Inf", "NaN", "-0", "1e+21", "1 + 1", "1 - -1", "-1 ^ 2",
      "(-1) ^ 2", "-foo ^ 2", "2 ^ -foo", "2 ^ 3 ^ 2", "(2 ^ 3) ^ 2", "-(-foo)", "--foo",
      "1 == bool 1", "a + b * c", "(a + b) * c", "a - (b - c)", "a or b and c unless d",
      #""text""#, #""with \"quotes\" and \\ and \n and \x00 and é""#,
      "up", "job:rate5m", ":a", #"up{job="a"}"#, #"up{a="1",b!="2",c=~"3.*",d!~"4"}"#,
      #"{"my.metric"}"#, #"{"my.metric","label.x"="v",y="z"}"#, #"{job="a"}"#,
      #"{__name__=~"a.*"}"#, #"{__name__="a",__name__=~"b"}"#, #"{"sum"}"#, #"{"on"}"#,
      "up offset 5m", "up offset -5m", "up @ 1609746000", "up @ -3.33", "up @ start()",
      "up @ end() offset 1h30m", "up[5m]", "up[1w]", "up[8d]", "up[500ms] @ 0 offset 1s",
      "up[0.0001]", "up[5m:]", "up[5m:30s]", "rate(up[5m])[1h:30s] @ end() offset 1d",
      "(a + b)[5m:]", "(-a)[5m:]", "sum(a)[5m:]",
      "sum(a)", "sum by (job) (a)", "sum without () (a)", #"sum by ("x.y", by) (a)"#,
      "topk(5, a)", "topk by (x) (5, a)", #"count_values("v", a)"#, "limit_ratio(-0.5, a)",
      "rate(a[5m])", "time()", #"label_replace(a, "b", "$1", "c", "(.*)")"#, "round(a, 5)",
      "a + on (x, y) b", "a + ignoring (x) b", "a == bool on () b",
      "a * on (x) group_left (y) b", "a * ignoring () group_right () b", "a and on (x) b",
      "a + fill (0) b", "a + fill_left (0) b", "a + on (x) group_left () fill_right (NaN) b",
      "a + fill_left (1) fill_right (-Inf) b",
      "a[step()]", "a[step() * 2s + 1m]", "a[-(step() - 5s) + 20s]", "a[min_of(step(), 1h)]",
      "a offset -step()", "a offset (step() / 10s)", "a[2m / range():max_of(step(), 1s)]",
      "a[5m] anchored", "a[5m] smoothed offset 1m", "a smoothed",
    ])
  func same(_ text: String) throws {
    let expression = try PromQL.Expression.parse(text)
    #expect(expression.text == text)
    try Self.check(expression)
  }

  /// Checks what holds for every expression that was read.
  static func check(_ expression: PromQL.Expression) throws {
    let text = expression.text
    #expect(try PromQL.Expression.parse(text) == expression, "\(text)")
    let canonical = expression.canonical
    let canonicalText = canonical.text
    #expect(try PromQL.Expression.parse(canonicalText) == canonical, "\(canonicalText)")
    #expect(canonical.canonical == canonical, "\(canonicalText)")
  }

  private static let suite = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "shared/suites/promqltest")

  @Test(
    "every expression of Prometheus's own test scripts prints back",
    .enabled(
      if: FileManager.default.fileExists(atPath: suite.path), "needs ../shared/suites/promqltest"))
  func scripts() throws {
    var refused: [String] = []
    var readCount = 0
    for file in try FileManager.default.contentsOfDirectory(atPath: Self.suite.path).sorted()
    where file.hasSuffix(".test") {
      let script = try String(contentsOf: Self.suite.appending(path: file), encoding: .utf8)
      for text in script.split(separator: "\n").compactMap({ Self.expression(in: $0) }) {
        // Texts that are not UTF-8, and what this version refuses by name.
        if ["\\xc5", "\\xff", "info(", "start_timestamp(", "</", ">/"].contains(
          where: text.contains)
        {
          continue
        }
        guard let expression = try? PromQL.Expression.parse(text) else {
          refused.append("\(file): \(text)")
          continue
        }
        readCount += 1
        try Self.check(expression)
      }
    }
    #expect(readCount > 2000)
    #expect(refused.isEmpty, "\(refused.joined(separator: "\n"))")
  }

  /// The expression of a statement such as `eval instant at 5m sum(a)`.
  private static func expression(in line: Substring) -> String? {
    let words = line.split(separator: " ")
    guard let first = words.first, first.hasPrefix("eval"), words.count > 3 else { return nil }
    let skipped = words[1] == "instant" ? 4 : 8
    guard words[1] == "instant" || words[1] == "range", words.count > skipped else { return nil }
    return line.split(separator: " ", maxSplits: skipped).last.map(String.init)
  }
}

import Foundation
import Testing

/// Hostile queries end in an answer or in one clear sentence, without a crash.
@Suite struct HostileQueryTests {
  /// A query, further flags, and words of the complaint; nil where an answer is due.
  struct Case: CustomTestStringConvertible, Sendable {
    var name: String
    var query: String
    var flags: [String] = []
    var complaint: String?

    var testDescription: String { name }
  }

  private static let metric = "http_requests_total"

  static let cases: [Case] = [
    Case(
      name: "deep parentheses",
      query: String(repeating: "(", count: 40_000) + "1" + String(repeating: ")", count: 40_000),
      complaint: "nest"),
    Case(
      name: "deep calls",
      query: String(repeating: "abs(", count: 10_000) + metric
        + String(repeating: ")", count: 10_000),
      complaint: "nest"),
    Case(
      name: "many signs", query: "1" + String(repeating: "-", count: 90_000) + "1",
      complaint: "nest"),
    Case(
      name: "a long sum", query: Array(repeating: "1", count: 45_000).joined(separator: "+"),
      complaint: ""),
    Case(
      name: "a long power", query: Array(repeating: "1", count: 45_000).joined(separator: "^"),
      complaint: ""),
    Case(
      name: "deep subqueries",
      query: String(repeating: "max_over_time(", count: 150) + metric
        + String(repeating: "[1h:1s])", count: 150),
      complaint: ""),
    Case(
      name: "a huge text", query: String(repeating: "x", count: 120_000), complaint: "bytes"),
    Case(name: "a huge range", query: "rate(\(metric)[290y])"),
    Case(name: "a range beyond all time", query: "rate(\(metric)[99999999999y])", complaint: ""),
    Case(
      name: "an offset beyond all time", query: "\(metric) offset -9223372036854775807s",
      complaint: ""),
    Case(
      name: "an instant beyond all time", query: "\(metric) @ 9223372036854775807", complaint: ""),
    Case(name: "an infinite instant", query: "\(metric) @ Inf", complaint: ""),
    Case(
      name: "a tiny step", query: metric, flags: ["--step", "1ms"], complaint: "steps"),
    Case(
      name: "all of time in milliseconds", query: metric,
      flags: ["--from", "1700-01-01T00:00:00Z", "--to", "2260-01-01T00:00:00Z", "--step", "1ms"],
      complaint: "steps"),
    Case(
      name: "a tiny inner step", query: "max_over_time(\(metric)[290y:1ms])", complaint: ""),
    Case(
      name: "tiny steps over wide subqueries",
      query: "sum_over_time(\(metric)[20m:1ms])", flags: ["--step", "15ms"], complaint: ""),
    Case(
      name: "many to many",
      query: "\(twins) * on (service) \(twins)", complaint: "many"),
    Case(
      name: "a pattern that explodes", query: #"{__name__=~"((a{1000}){1000}){1000}"}"#,
      complaint: ""),
    Case(
      name: "a label that doubles forty times",
      query: (0..<40).reduce(metric) { inner, _ in
        #"label_replace(\#(inner), "code", "$1$1", "code", "(.*)")"#
      }, complaint: ""),
    Case(name: "counts without bound", query: "topk(1e300, \(metric))", complaint: "overflows"),
    Case(name: "a quantile of nothing", query: "quantile(NaN, \(metric))"),
    Case(
      name: "a million points", query: copies(12),
      flags: [
        "--from", "1780000000", "--to", "1780001000", "--step", "11ms", "--format", "json",
      ]),
    Case(
      name: "ten million points and more", query: copies(120),
      flags: ["--from", "1780000000", "--to", "1780000990", "--step", "10ms"], complaint: ""),
  ]

  /// Two series with the same service.
  private static let twins =
    "(\(metric) or label_replace(\(metric), \"code\", \"500\", \"\", \"\"))"

  /// As many series as asked for.
  private static func copies(_ count: Int) -> String {
    (0..<count).map { #"label_replace(\#(metric), "copy", "\#($0)", "", "")"# }
      .joined(separator: " or ")
  }

  @Test(arguments: cases)
  func `a hostile query ends`(hostile: Case) throws {
    let small = try SmallBundle()
    let outcome = try Tool.analyze.run(
      ["query", small.name, "--promql", hostile.query] + hostile.flags, in: small.folder)
    guard let complaint = hostile.complaint else {
      #expect(outcome.status == 0, "\(outcome.complaint.prefix(500))")
      #expect(!outcome.output.isEmpty)
      return
    }
    #expect(outcome.status == 2, "\(outcome.complaint.prefix(500))")
    #expect(outcome.output == "")
    #expect((1...3).contains(outcome.complaintLines.count))
    #expect(outcome.complaint.utf8.count < 4096)
    #expect(complaint.isEmpty || outcome.complaint.contains(complaint), "\(outcome.complaint)")
  }
}

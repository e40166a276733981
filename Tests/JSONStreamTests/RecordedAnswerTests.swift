import JSONStream
import Telemetry
import Testing

/// Answers that real servers gave, from the facts beside the package.
@Suite(
  .enabled(
    if: SharedFolder.exists(SharedFolder.recordedAnswers), "needs ../shared/facts"))
struct RecordedAnswerTests {
  @Test(
    "A recorded answer is of the kind that its request asked for",
    arguments: [
      ("prom unknown metric (empty result)", .prometheusMatrix),
      ("prom scalar", .prometheusScalar),
      ("prom string", .prometheusScalar),
      ("prom NaN/Inf", .prometheusVector),
      ("prom parse error", .serverError),
      ("prom many-to-many", .serverError),
      ("prom timeout", .serverError),
      ("loki no data", .lokiStreams),
      ("loki stats only", .lokiStatistics),
      ("loki seconds timestamps accepted", .lokiStreams),
      ("k8s no token", .kubernetesStatus),
      ("k8s unknown namespace (empty list)", .kubernetesList),
      ("k8s expired continue (410)", .kubernetesStatus),
    ] as [(String, ExportKind)])
  func tellsKinds(label: String, kind: ExportKind) throws {
    var sink = Transcript()
    let body = try ExportReader(MemorySource(try answer(label))).read(into: &sink)
    #expect(body.kind == kind)
    #expect((body.error != nil) == (kind == .serverError || kind == .kubernetesStatus))
  }

  @Test(
    "An answer in plain text is no JSON",
    arguments: ["prom 404", "loki parse error", "k8s metrics api absent", "k8s yaml accept"])
  func refusesPlainText(label: String) throws {
    let reading = try Reading.once(MemorySource(try answer(label)))
    #expect(reading.error?.isNotJSON == true)
  }

  @Test("NaN and infinity are read from a recorded vector") func readsNaN() throws {
    let reading = try Reading(try answer("prom NaN/Inf"))
    #expect(
      reading.calls == [
        "series {}", "sample 1795388145000000000 inf '+Inf'", "end series",
        "series {x=y}", "sample 1795388145000000000 nan 'NaN'", "end series",
      ])
  }

  private func answer(_ label: String) throws -> [UInt8] {
    let answers = try JSONValue(parsing: SharedFolder.bytes(SharedFolder.recordedAnswers))
    let answer = answers.elements.first { $0["label"]?.string == label }
    return Array(try #require(answer?["body"]?.string).utf8)
  }
}

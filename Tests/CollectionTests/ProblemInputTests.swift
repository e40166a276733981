import Foundation
import Telemetry
import Testing

@testable import Collection

@Suite struct ProblemInputTests {
  private static let good = Body.matrix(#"{"metric":{"__name__":"up"},"values":[[100,"1"]]}"#)

  @Test(arguments: [
    (#"{"status":"error","errorType":"timeout","error":"query timed out"}"#, "query timed out"),
    ("Error from server (Forbidden): pods is forbidden\n", "(Forbidden)"),
    ("max entries limit per query exceeded, limit > max (10000 > 5000)\n", "10000 > 5000"),
    ("parse error at line 1, col 5: syntax error\n", "line 1, col 5"),
    ("too many outstanding requests\n", "too many outstanding"),
    ("<!DOCTYPE html><html><head><title>Sign in</title></head></html>", "Sign in"),
    (
      #"{"kind":"Status","apiVersion":"v1","status":"Failure","message":"no rights","code":403}"#,
      "no rights"
    ),
    ("", "empty"), ("  \n", "empty"),
  ])
  func `an error in place of data is a gap in the server's words`(
    body: String, words: String
  )
    throws
  {
    let imported = try Imported(["good.json": Self.good, "bad.json": body])
    let gap = try #require(imported.gaps(.serverError).first)
    #expect(gap.subject == "bad.json")
    #expect(gap.detail.contains(words))
    #expect(gap.losesEvidence)
    #expect(imported.outcome("bad.json") == .gap)
  }

  @Test(
    arguments: [
      (
        #"{"status":"success","data":{"resultType":"matrix","result":[{"metric":{"#,
        GapCode.malformed, true
      ),
      (#"{"hello":"world"}"#, .unrecognised, false),
      ("nothing that states a time\nnor here\n", .unrecognised, false),
      ("\u{0}\u{1}\u{2}", .unrecognised, false),
      (Body.matrix(), .emptyResult, false),
      (Body.streams(), .emptyResult, false),
      (#"{"apiVersion":"v1","kind":"List","items":[]}"#, .emptyResult, false),
      (#"{"apiVersion":"v1","kind":"PodList","items":null}"#, .emptyResult, false),
    ] as [(String, GapCode, Bool)])
  func `every other file that holds no data is a named gap`(
    body: String, code: GapCode, losesEvidence: Bool
  ) throws {
    let imported = try Imported(["good.json": Self.good, "bad.json": body])
    let gap = try #require(imported.export.gaps.first { $0.subject == "bad.json" })
    #expect(gap.code == code)
    #expect(gap.losesEvidence == losesEvidence)
    #expect(imported.outcome("bad.json") == .gap)
    #expect(imported.export.inputs.count == 2)
  }

  @Test func `a malformed body names the byte`() throws {
    let imported = try Imported([
      "good.json": Self.good, "bad.json": #"{"status":"success","data":{"resultType":"#,
    ])
    #expect(imported.gaps(.malformed).first?.detail.contains("byte") == true)
  }

  @Test func `a warning of partial data is a gap though the data is used`() throws {
    let body = """
      {"status":"success","warnings":["store 10.0.0.1 unavailable","harmless"],
       "data":{"resultType":"matrix","result":[{"metric":{"__name__":"up"},"values":[[100,"1"]]}]}}
      """
    let imported = try Imported(["a.json": body])
    #expect(imported.outcome("a.json") == .used)
    #expect(
      imported.gaps(.serverPartial).map(\.detail) == ["the server says: store 10.0.0.1 unavailable"]
    )
  }

  @Test func `the same file twice counts once`() throws {
    let imported = try Imported(["a.json": Self.good, "copy.json": Self.good])
    #expect(imported.outcome("copy.json") == .duplicate)
    #expect(imported.input("copy.json")?.entries == ["metrics/0001-up.json"])
    #expect(imported.export.volume.samples == 1)
  }

  @Test(arguments: ["hello", "", #"{"hello":1}"#, Body.matrix()])
  func `an export without telemetry is refused with the reasons`(body: String) {
    let error = #expect(throws: CollectionError.self) { try Imported(["a.txt": body]) }
    #expect("\(error.map(String.init(describing:)) ?? "")".contains("a.txt"))
  }

  @Test func `a window beside the data is refused and says where the data is`() {
    let error = #expect(throws: CollectionError.self) {
      try Imported(["a.json": Self.good], window: window(500, 600))
    }
    #expect(
      error.map { "\($0)" }
        == "nothing usable: no data lies in 1970-01-01T00:08:20Z to 1970-01-01T00:10:00Z;"
        + " the export covers 1970-01-01T00:01:40Z to 1970-01-01T00:01:40Z")
  }

  @Test func `documents are kept and facts about the servers read from them`() throws {
    let imported = try Imported([
      "good.json": Self.good,
      "build.json": #"{"status":"success","data":{"version":"2.53.3","goVersion":"go1"}}"#,
      "flags.json": #"{"status":"success","data":{"query.lookback-delta":"5m"}}"#,
      "config.json": #"{"status":"success","data":{"yaml":"global:\n  scrape_interval: 15s\n"}}"#,
      "rules.json":
        #"{"status":"success","data":{"groups":[{"name":"g","rules":[{"name":"r"}]}]}}"#,
      "loki.json": #"{"version":"3.8.0","goVersion":"go1","revision":"x"}"#,
      "k8s.json": #"{"major":"1","minor":"36","gitVersion":"v1.36.2"}"#,
    ])
    #expect(
      imported.paths == [
        "kubernetes/version.json", "logs/status-buildinfo.json", "metrics/0001-up.json",
        "metrics/rules.json", "metrics/status-buildinfo.json", "metrics/status-config.json",
        "metrics/status-flags.json",
      ])
    let prometheus = try #require(imported.export.sources.first { $0.kind == .prometheus })
    #expect(prometheus.version == "2.53.3")
    #expect(prometheus.scrapeInterval == .seconds(15))
    #expect(prometheus.lookback == .minutes(5))
    #expect(imported.export.sources.first { $0.kind == .loki }?.version == "3.8.0")
  }

  @Test func `sources of which nothing was handed in are named`() throws {
    let imported = try Imported(["good.json": Self.good])
    #expect(imported.gaps(.notRequested).map(\.subject) == ["loki", "kubernetes"])
  }

  @Test func `every collector of the folder is in the list`() throws {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../Sources/Collection/Collectors").standardizedFileURL
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      .map { String($0.dropLast(".swift".count)) }.sorted()
    let listed = BuiltinCollectors.all.map { "\(type(of: $0))" }.sorted()
    #expect(files == listed)
  }
}

import Telemetry
import Testing

@testable import Collection

@Suite struct UnansweredRequestTests {
  private static let body = Body.matrix(#"{"metric":{"__name__":"up"},"values":[[100,"1"]]}"#)

  @Test(
    arguments: [
      (#"{"api":"/api/v1/query_range","query":"down"}"#, " (`down`)", .prometheus),
      (#"{"command":"kubectl get pods -o json"}"#, " (`kubectl get pods -o json`)", .kubernetes),
      (#"{"api":"/loki/api/v1/labels"}"#, " (`/loki/api/v1/labels`)", .loki),
    ] as [(String, String, SourceKind)])
  func `a missing file is a gap that shows its query, command or api`(
    entry: String, request: String, source: SourceKind
  ) throws {
    let imported = try Imported([
      "a.json": Self.body,
      "queries.json":
        #"{"a.json":{"api":"/api/v1/query_range","query":"up"},"gone.json":\#(entry)}"#,
    ])
    #expect(
      imported.gaps(.missingFile) == [
        CoverageGap(
          source: source, subject: "gone.json", code: .missingFile,
          detail: "queries.json names it\(request), but it was not handed in", losesEvidence: true)
      ])
  }

  @Test func `missing files of one folder are one gap with their count`() throws {
    let imported = try Imported([
      "p/a.json": Self.body,
      "queries.json": """
      {"p/a.json":{"api":"/api/v1/query_range","query":"up"}, "l/5.json":{"api":"/loki/api/v1/labels"},
       "l/4.json":{"api":"/loki/api/v1/labels"}, "l/1.json":{"api":"/loki/api/v1/labels"},
       "l/x/2.json":{"api":"/loki/api/v1/labels"}, "p/b.json":{"api":"/api/v1/rules"},
       "y.txt":{"command":"kubectl"}, "x.txt":{"command":"kubectl"}}
      """,
    ])
    let gaps = imported.gaps(.missingFile)
    #expect(gaps.map(\.subject) == ["p/b.json", "l/", "queries.json"])
    #expect(gaps.map(\.losesEvidence) == [true, true, true])
    #expect(
      gaps.dropFirst().map(\.detail) == [
        "4 files of l/ named by queries.json were not handed in:"
          + " l/1.json, l/4.json, l/5.json and 1 more",
        "2 files named by queries.json were not handed in: x.txt, y.txt",
      ])
  }
}

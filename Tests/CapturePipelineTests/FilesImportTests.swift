import Archive
import BundleStore
import CapturePipeline
import Collection
import Foundation
import JSONStream
import Telemetry
import Testing

@Suite struct FilesImportTests {
  private static let matrix = """
    {"status":"success","data":{"resultType":"matrix","result":[{"metric":{"__name__":"up"},\
    "values":[[100,"1"],[115,"1"]]}]}}
    """
  private static let table =
    #"{"p/a.json":{"api":"/api/v1/query_range","query":"up","start":100,"end":115,"step":15}}"#

  @Test func `a folder, its parent, a tar and a gzipped file give the same bundle`() throws {
    let folder = try TemporaryFolder()
    try folder.write("in/export/p/a.json", Self.matrix)
    try folder.write("in/export/queries.json", Self.table)
    try folder.run("tar", "czf", "x.tar.gz", "-C", "in", "export")
    try folder.run("tar", "cJf", "x.tar.xz", "-C", "in/export", "queries.json", "p")
    var ids: Set<String> = []
    for (number, paths) in [
      ["in"], ["in/export"], ["in/export/queries.json", "in/export/p"],
      ["in/export/p/a.json", "in/export/queries.json"], ["x.tar.gz"], ["x.tar.xz"],
    ].enumerated() {
      let summary = try folder.importing(paths, to: "\(number).incident.tar.gz")
      ids.insert(summary.manifest.bundleID)
      #expect(summary.manifest.inputs.map(\.path) == ["p/a.json", "queries.json"])
    }
    #expect(ids.count == 1)
  }

  @Test func `the written bundle reads back`() throws {
    let folder = try TemporaryFolder()
    try folder.write("a.json", Self.matrix)
    let summary = try folder.importing(["a.json"], to: "x.incident.tar.gz")
    #expect(summary.exitCode == 10)
    let reader = try BundleReader(path: folder.path("x.incident.tar.gz"))
    #expect(reader.manifest.bundleID == summary.manifest.bundleID)
    #expect(reader.manifest.tool == CaptureTool.name)
    let file = try #require(reader.manifest.files.first)
    #expect(file.path == "metrics/0001-up.json")
    let records = try reader.read(file) { source in
      var sink = SilentSink()
      return try ExportReader(source).read(into: &sink).records
    }
    #expect(records == 2)
  }

  @Test func `a compressed file counts as the file that it holds`() throws {
    let folder = try TemporaryFolder()
    try folder.write("d/a.json", Self.matrix)
    try folder.run("gzip", "-k", "d/a.json")
    let plain = try folder.importing(["d/a.json"], to: "1.incident.tar.gz")
    let packed = try folder.importing(["d/a.json.gz"], to: "2.incident.tar.gz")
    #expect(plain.manifest.bundleID == packed.manifest.bundleID)
    let both = try folder.importing(["d"], to: "3.incident.tar.gz")
    #expect(both.manifest.inputs.count == 2)
    #expect(both.volume.samples == 2)
  }

  @Test func `hidden files and links are listed and not read`() throws {
    let folder = try TemporaryFolder()
    try folder.write("d/a.json", Self.matrix)
    try folder.write("d/.hidden", Self.matrix)
    try folder.write("secret", "2026-11-22T22:50:30Z secret\n")
    try folder.run("ln", "-s", "../secret", "d/link.log")
    let summary = try folder.importing(["d"], to: "x.incident.tar.gz")
    #expect(summary.manifest.inputs.map(\.path) == [".hidden", "a.json", "link.log"])
    #expect(summary.manifest.inputs.map(\.outcome) == [.gap, .used, .gap])
  }

  @Test func `a file that is named twice counts once`() throws {
    let folder = try TemporaryFolder()
    try folder.write("d/a.json", Self.matrix)
    let summary = try folder.importing(["d", "d/a.json"], to: "x.incident.tar.gz")
    #expect(summary.manifest.inputs.count == 1)
  }

  @Test(
    arguments: [
      ("missing.json", 3, "no such file"), ("empty", 20, "no files were found"),
      ("text.txt", 20, "nothing usable"), ("broken.tar.gz", 3, "truncated"),
    ] as [(String, Int32, String)])
  func `a failed import exits as promised and leaves nothing behind`(
    path: String, code: Int32, words: String
  ) throws {
    let folder = try TemporaryFolder()
    try folder.write("in/empty/x/.keep", "")
    try folder.run("rm", "in/empty/x/.keep")
    try folder.write("in/text.txt", "hello\n")
    try folder.write("in/a.json", String(repeating: Self.matrix, count: 50))
    try folder.run("tar", "czf", "whole.tar.gz", "-C", "in", "a.json")
    let whole = try Data(contentsOf: URL(fileURLWithPath: folder.path("whole.tar.gz")))
    try whole.prefix(whole.count / 2)
      .write(to: URL(fileURLWithPath: folder.path("in/broken.tar.gz")))
    try folder.run("mkdir", "out")
    let error = #expect(throws: (any Error).self) {
      try folder.importing(["in/\(path)"], to: "out/x.incident.tar.gz")
    }
    let failure = ImportFailure(try #require(error))
    #expect(failure.exitCode == code)
    #expect(failure.message.contains(words), "\(failure.message)")
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path("out")).isEmpty)
  }

  @Test func `an archive that leads outside is refused`() throws {
    let folder = try TemporaryFolder()
    try folder.write("in/a.json", Self.matrix)
    try folder.run("tar", "cPf", "x.tar", "--transform=s,in,..,", "in/a.json")
    let error = #expect(throws: (any Error).self) {
      try folder.importing(["x.tar"], to: "x.incident.tar.gz")
    }
    #expect(ImportFailure(try #require(error)).exitCode == 4)
  }

  @Test func `an earlier bundle is replaced and a folder is not`() throws {
    let folder = try TemporaryFolder()
    try folder.write("a.json", Self.matrix)
    try folder.write("x.incident.tar.gz", "old")
    _ = try folder.importing(["a.json"], to: "x.incident.tar.gz")
    _ = try BundleReader(path: folder.path("x.incident.tar.gz"))
    try folder.run("mkdir", "folder.incident.tar.gz")
    let error = #expect(throws: (any Error).self) {
      try folder.importing(["a.json"], to: "folder.incident.tar.gz")
    }
    #expect(ImportFailure(try #require(error)).exitCode == 2)
  }

  @Test func `the summary says what is there, what is missing and where the bundle is`() throws {
    let folder = try TemporaryFolder()
    try folder.write("a.json", Self.matrix)
    try folder.write("b\u{1B}[31m.json", "")
    let summary = try folder.importing(["."], to: "x.incident.tar.gz")
    #expect(summary.text.contains("metrics    1 series, 2 samples"))
    #expect(summary.text.contains("files      2: 1 used, 1 not in the bundle"))
    #expect(summary.text.contains("! SERVER_ERROR  b\u{FFFD}[31m.json: the file is empty"))
    #expect(summary.text.contains(summary.manifest.bundleID))
    let json = try JSONValue(parsing: summary.json)
    #expect(json["bundle"]?["id"]?.string == summary.manifest.bundleID)
    #expect(json["volume"]?["samples"]?.integer == 2)
    #expect(json["inputs"]?.elements.count == 2)
    #expect(json["redaction"]?["applied"]?.bool == false)
  }

  @Test func `the summary says when the window was derived from object states`() throws {
    let folder = try TemporaryFolder()
    try folder.write(
      "pods.json",
      """
      {"apiVersion":"v1","kind":"Pod","metadata":{"name":"p"},\
      "status":{"startTime":"2026-11-22T22:00:00Z",\
      "conditions":[{"lastTransitionTime":"2026-11-22T22:30:00Z"}]}}
      """)
    let summary = try folder.importing(["pods.json"], to: "x.incident.tar.gz")
    #expect(summary.exitCode == 10)
    #expect(
      summary.text.contains(
        """
        window     2026-11-22T22:00:00Z to 2026-11-22T22:30:00Z  (30m)
                   derived from object states, the times that Kubernetes objects and events state; \
        give the incident's window with --from and --to

        """))
    let json = try JSONValue(parsing: summary.json)
    #expect(json["window"]?["origin"]?.string == "object-states")
    try folder.write("a.json", Self.matrix)
    let told = try folder.importing(["a.json"], to: "y.incident.tar.gz")
    #expect(!told.text.contains("derived"))
  }
}

/// Takes nothing in.
private struct SilentSink: ExportSink {}

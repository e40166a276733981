import Telemetry
import Testing

@testable import Collection

@Suite struct ExportRootsTests {
  private static let table =
    #"{"p/a.json":{"api":"/api/v1/query_range","query":"up","start":100,"end":130,"step":15}}"#
  private static let body = Body.matrix(#"{"metric":{"__name__":"up"},"values":[[100,"1"]]}"#)
  private static let other = Body.matrix(#"{"metric":{"__name__":"down"},"values":[[100,"0"]]}"#)

  @Test(arguments: ["", "export/", "home/me/export/", "a/b/c/d/"])
  func `paths are relative to the folder that holds the table of queries`(folder: String) throws {
    let imported = try Imported(files: [
      (folder + "p/a.json", Self.body), (folder + "queries.json", Self.table),
    ])
    #expect(imported.export.inputs.map(\.path) == ["p/a.json", "queries.json"])
    #expect(imported.entries["metrics/0001-up.json"]?.query?.step == .seconds(15))
  }

  @Test func `without a table paths are relative to the common folder`() throws {
    let imported = try Imported(files: [
      ("x/y/p/a.json", Self.body), ("x/y/q/b.json", Self.other),
    ])
    #expect(imported.export.inputs.map(\.path) == ["p/a.json", "q/b.json"])
  }

  @Test func `files of one path from two archives are both accounted for`() throws {
    let answers = [(1, Self.body), (2, Self.other)].map { tree, text in
      BodyReader.answer(ExportFile(tree: tree, path: "a.json", content: .bytes(Array(text.utf8))))
    }
    let placed = ExportRoots(answers).placed(answers)
    #expect(placed.map(\.path) == ["a.json", "a.json (2)"])
    let reversed = Array(answers.reversed())
    let again = ExportRoots(reversed).placed(reversed)
    #expect(again.map(\.digest) == placed.map(\.digest))
  }

  @Test func `neither order nor threads nor folders change a byte`() throws {
    let files = [
      ("p/a.json", Self.body), ("p/b.json", Self.other), ("queries.json", Self.table),
      ("l.json", Body.streams(Body.stream(["app": "x", "k": "v"], [(100, "b"), (100, "a")]))),
      ("m.json", Body.streams(Body.stream(["app": "x"], [(100, "a"), (130, "c")]))),
    ]
    let first = try Imported(files: files)
    let second = try Imported(
      files: files.reversed().map { ("deep/folder/" + $0.0, $0.1) }, width: 4)
    #expect(first.paths == second.paths)
    for path in first.paths { #expect(first.text(path) == second.text(path)) }
    #expect(first.export.inputs == second.export.inputs)
    #expect(first.export.gaps == second.export.gaps)
  }
}

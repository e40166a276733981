import Foundation
import Testing

@testable import LogPatterns

@Suite struct LogFileTests {
  @Test(arguments: [
    ("", [String]()), ("one", ["one"]), ("one\n", ["one"]), ("one\r\n\r\ntwo", ["one", "", "two"]),
    ("\n\n", ["", ""]), ("a\0b\n", ["a\0b"]),
  ])
  func `lines end in LF or CRLF, the last one perhaps in nothing`(
    text: String, lines: [String]
  ) throws {
    #expect(try read(Array(text.utf8)).lines == lines.map { Array($0.utf8) })
  }

  @Test func `lines across the pieces that are read stay whole`() throws {
    let lines = (0..<40_000).map { "line \($0) \(String(repeating: "x", count: $0 % 97))" }
    let found = try read(Array(lines.joined(separator: "\n").utf8))
    #expect(found.lines.map { String(decoding: $0, as: UTF8.self) } == lines)
    #expect(found.totals.lines == lines.count)
  }

  @Test func `a line longer than a mebibyte is cut and counted`() throws {
    let long = [UInt8](repeating: UInt8(ascii: "x"), count: 3 * LogFile.longestLine)
    let found = try read(Array("a\n".utf8) + long + Array("\nb\n".utf8))
    #expect(found.lines.map(\.count) == [1, LogFile.longestLine, 1])
    #expect(found.totals.cutLines == 1)
  }

  @Test func `a file that is not there is named with the reason`() {
    #expect(throws: LogFileError(path: "/nowhere/x.log", reason: "No such file or directory")) {
      _ = try LogFile(path: "/nowhere/x.log").forEachLine { _ in }
    }
  }

  private func read(_ bytes: [UInt8]) throws -> (lines: [[UInt8]], totals: LogFileTotals) {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
      "log-file-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appendingPathComponent("x.log")
    try Data(bytes).write(to: file)
    var lines: [[UInt8]] = []
    let totals = try LogFile(path: file.path).forEachLine { lines.append(Array($0)) }
    return (lines, totals)
  }
}

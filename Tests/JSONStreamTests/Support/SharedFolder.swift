import Foundation

/// Recorded data beside the package, which a checkout may lack.
enum SharedFolder {
  static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("shared")

  static let jsonTestSuite =
    root.appendingPathComponent("suites/hostile/jsontestsuite/test_parsing")

  static let recordedAnswers = root.appendingPathComponent("facts/api-responses.json")

  static func exists(_ url: URL) -> Bool { FileManager.default.fileExists(atPath: url.path) }

  static func bytes(_ url: URL) throws -> [UInt8] { Array(try Data(contentsOf: url)) }

  /// File names of a folder, sorted; none when it is absent.
  static func names(in folder: URL) -> [String] {
    let names = try? FileManager.default.contentsOfDirectory(atPath: folder.path)
    return (names ?? []).sorted()
  }
}

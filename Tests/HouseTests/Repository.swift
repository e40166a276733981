import Foundation

/// Where things stand in the repository that these tests were built from.
enum Repository {
  /// The folder of Package.swift.
  static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// The path of something below the root.
  static func path(_ relative: String) -> String {
    root.appendingPathComponent(relative).path
  }

  /// The names in a folder, sorted.
  static func names(in relative: String) -> [String] {
    let names = try? FileManager.default.contentsOfDirectory(atPath: path(relative))
    return (names ?? []).sorted()
  }
}

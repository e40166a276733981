import CapturePipeline
import Foundation

/// A folder that goes away with its owner.
final class TemporaryFolder {
  private let root: URL

  init() throws {
    root = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
  }

  deinit {
    try? FileManager.default.removeItem(at: root)
  }

  /// The absolute path of a file in the folder.
  func path(_ name: String) -> String { root.appendingPathComponent(name).path }

  /// Writes a file, with the folders above it.
  func write(_ name: String, _ text: String) throws {
    let url = root.appendingPathComponent(name)
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: url)
  }

  /// Runs a command in the folder.
  func run(_ arguments: String...) throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = arguments
    process.currentDirectoryURL = root
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw CocoaError(.executableLoad, userInfo: ["command": arguments.joined(separator: " ")])
    }
  }

  /// Imports files of the folder.
  func importing(_ paths: [String], to output: String, threads: Int = 2) throws -> ImportSummary {
    try FilesImport.run(
      ImportPlan(paths: paths.map(path), output: path(output), threads: threads))
  }
}

import Archive
import Foundation

/// A folder of its own for one test, removed with everything in it at the end.
final class ScratchFolder {
  let path: String

  init() throws {
    path = FileManager.default.temporaryDirectory.path + "/oncall-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit {
    try? FileManager.default.removeItem(atPath: path)
  }

  func file(_ name: String) -> String { "\(path)/\(name)" }

  @discardableResult
  func write(_ bytes: [UInt8], to name: String) throws -> String {
    let folder = URL(fileURLWithPath: file(name)).deletingLastPathComponent()
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try Data(bytes).write(to: URL(fileURLWithPath: file(name)))
    return file(name)
  }
}

/// A program of the system, for checking our files with other tools than ours.
struct SystemTool {
  let path: String

  /// Finds the program `name`; nil when the system has none.
  init?(_ name: String) {
    let folders = ["/usr/bin", "/bin", "/usr/local/bin"]
    guard
      let path = folders.map({ "\($0)/\(name)" })
        .first(where: FileManager.default.isExecutableFile(atPath:))
    else { return nil }
    self.path = path
  }

  static func exist(_ names: String...) -> Bool { names.allSatisfy { SystemTool($0) != nil } }

  /// Runs the program in `folder` and returns its exit code and output.
  @discardableResult
  func run(_ arguments: [String], in folder: String) throws -> (code: Int32, output: String) {
    let process = Process()
    let pipe = Pipe()
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = arguments
    process.currentDirectoryURL = URL(fileURLWithPath: folder)
    process.environment = ["PATH": "/usr/bin:/bin", "TZ": "UTC", "LC_ALL": "C"]
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let output = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: output, as: UTF8.self))
  }
}

/// An entry of an archive with its content, for comparing.
struct ReadEntry: Equatable, CustomStringConvertible {
  let name: String
  let kind: ForeignEntry.Kind
  let content: [UInt8]

  var description: String { "\(name) \(kind) \(content.count) bytes" }

  /// Everything in the archive at `path`.
  static func all(at path: String, limits: ArchiveLimits = ArchiveLimits()) throws -> [ReadEntry] {
    var entries: [ReadEntry] = []
    try ForeignArchive.entries(at: path, limits: limits) { entry, content in
      var bytes: [UInt8] = []
      var buffer = [UInt8](repeating: 0, count: 1000)
      while case let count = try buffer.withUnsafeMutableBytes({ try content.read(into: $0) }),
        count > 0
      {
        bytes += buffer[..<count]
      }
      entries.append(ReadEntry(name: entry.name, kind: entry.kind, content: bytes))
    }
    return entries
  }

  /// The error that reading the archive at `path` ends in, and the entries before it.
  static func failure(
    at path: String, limits: ArchiveLimits = ArchiveLimits()
  ) -> (error: ArchiveError?, entries: Int) {
    var entries = 0
    do {
      try ForeignArchive.entries(at: path, limits: limits) { _, content in
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while try buffer.withUnsafeMutableBytes({ try content.read(into: $0) }) > 0 {}
        entries += 1
      }
      return (nil, entries)
    } catch {
      return (error as? ArchiveError, entries)
    }
  }
}

import Archive
import Foundation

/// Takes bundles apart and puts them together again by hand, also wrongly.
struct CraftedBundle {
  /// The text of `manifest.json`.
  var manifest: String
  /// Everything after the manifest's own member, as it stands in the file.
  var rest: [UInt8]

  /// Takes the bundle at `path` apart.
  init(path: String) throws {
    let file = try PositionedFile(path: path)
    let reader = GzipReader(file, range: 0..<file.bytes)
    var content: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1000)
    while case let count = try buffer.withUnsafeMutableBytes({ try reader.read(into: $0) }),
      count > 0
    {
      content += buffer[..<count]
    }
    manifest = String(decoding: content.dropFirst(512).prefix { $0 != 0 }, as: UTF8.self)
    rest = try file.bytes(at: reader.offset, count: file.bytes)
  }

  /// The manifest's member.
  func manifestMember() throws -> [UInt8] {
    try Array(manifest.utf8).withUnsafeBytes {
      try UstarEntry.member(path: "manifest.json", content: $0)
    }
  }

  /// The bundle.
  func bytes() throws -> [UInt8] { try manifestMember() + rest }

  /// Replaces text of the manifest, which must be there.
  mutating func replace(_ old: String, with new: String) {
    precondition(manifest.contains(old), "the manifest does not hold \(old)")
    guard let range = manifest.range(of: old) else { return }
    manifest.replaceSubrange(range, with: new)
  }

  /// An entry as its own member.
  static func member(_ path: String, _ content: String) throws -> [UInt8] {
    try Array(content.utf8).withUnsafeBytes { try UstarEntry.member(path: path, content: $0) }
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

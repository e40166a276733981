import Glibc
import Reporting

/// Writes files into a directory, all of them or none.
///
/// The files are written under a hidden folder of the directory first and renamed into place when
/// all of them are complete. Files of other names are left alone.
public struct OutputDirectory: Sendable {
  /// The directory as the user wrote it.
  public let path: String

  /// Makes a value; nothing is touched.
  public init(path: String) {
    self.path = path
  }

  /// Checks, before any work is done, that files can be put here.
  public func check() throws(AnalysisFailure) {
    guard !path.isEmpty else { throw .outputRefused(path: path, reason: "the name is empty") }
    switch Self.kind(of: path) {
    case .directory where access(path, W_OK | X_OK) != 0:
      throw .outputRefused(path: path, reason: Self.systemReason())
    case .other: throw .outputRefused(path: path, reason: "it is not a directory")
    case .directory, .missing: return
    }
  }

  /// Writes `files`; an existing file of the same name is replaced.
  public func write(_ files: [ReportFile]) throws(AnalysisFailure) {
    try check()
    for file in files where Self.kind(of: "\(path)/\(file.name)") == .directory {
      throw .outputRefused(path: "\(path)/\(file.name)", reason: "it is a directory")
    }
    let created = try createDirectories()
    do {
      try writeStaged(files)
    } catch {
      for directory in created.reversed() { rmdir(directory) }
      throw error
    }
  }

  private func writeStaged(_ files: [ReportFile]) throws(AnalysisFailure) {
    var template = Array("\(path)/.oncall-analyze.XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else {
      throw .outputRefused(path: path, reason: Self.systemReason())
    }
    let staging = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    defer {
      for file in files { unlink("\(staging)/\(file.name)") }
      rmdir(staging)
    }
    for file in files { try Self.write(file.bytes, to: "\(staging)/\(file.name)") }
    for file in files where rename("\(staging)/\(file.name)", "\(path)/\(file.name)") != 0 {
      throw .outputRefused(path: "\(path)/\(file.name)", reason: Self.systemReason())
    }
  }

  /// Creates the directory and its missing parents; returns what was created, outermost first.
  private func createDirectories() throws(AnalysisFailure) -> [String] {
    var created: [String] = []
    var prefix = ""
    for component in path.split(separator: "/", omittingEmptySubsequences: false) {
      prefix += "\(component)/"
      guard Self.kind(of: prefix) == .missing else { continue }
      guard mkdir(prefix, 0o777) == 0 else {
        let reason = Self.systemReason()
        for directory in created.reversed() { rmdir(directory) }
        throw .outputRefused(path: path, reason: reason)
      }
      created.append(prefix)
    }
    return created
  }

  private static func write(_ bytes: [UInt8], to path: String) throws(AnalysisFailure) {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw .outputRefused(path: path, reason: systemReason()) }
    var offset = 0
    while offset < bytes.count {
      let written = bytes[offset...].withUnsafeBytes {
        Glibc.write(descriptor, $0.baseAddress, $0.count)
      }
      guard written > 0 || (written < 0 && errno == EINTR) else {
        let reason = systemReason()
        close(descriptor)
        throw .outputRefused(path: path, reason: reason)
      }
      offset += max(0, written)
    }
    guard close(descriptor) == 0 else {
      throw .outputRefused(path: path, reason: systemReason())
    }
  }

  private enum Kind {
    case directory, other, missing
  }

  private static func kind(of path: String) -> Kind {
    var status = stat()
    guard stat(path, &status) == 0 else { return errno == ENOTDIR ? .other : .missing }
    return status.st_mode & S_IFMT == S_IFDIR ? .directory : .other
  }

  private static func systemReason() -> String {
    String(cString: strerror(errno))
  }
}

internal import Glibc

/// A file being written that has no name until it is complete.
///
/// Where the file system allows it, the file is unnamed, so that nothing is left behind even when
/// the process is killed. Elsewhere it is called `<name>.partial` and removed on any failure.
final class OutputFile: @unchecked Sendable {
  /// Where the file will be.
  let path: String
  private let partialPath: String
  private let isUnnamed: Bool
  private var descriptor: Int32
  private var isCommitted = false
  private(set) var bytes = 0

  /// Starts a file that will be at `path`.
  ///
  /// - Parameters:
  ///   - suffix: What is added to the path for its name while it is incomplete.
  ///   - allowsUnnamed: False makes the file a named one, as on file systems that need it.
  init(path: String, suffix: String = ".partial", allowsUnnamed: Bool = true) throws {
    self.path = path
    partialPath = path + suffix
    let unnamed =
      allowsUnnamed ? open(Self.folder(of: path), O_RDWR | O_CLOEXEC | Self.unnamedFlag, 0o644) : -1
    isUnnamed = unnamed >= 0
    descriptor =
      isUnnamed
      ? unnamed : open(partialPath, O_RDWR | O_CLOEXEC | O_CREAT | O_EXCL | O_NOFOLLOW, 0o644)
    guard descriptor >= 0 else {
      let isLeftOver = errno == EEXIST
      isCommitted = true
      throw failure(
        isLeftOver
          ? "\(partialPath) exists; delete it if no other run is writing there" : lastMessage)
    }
  }

  /// Throws unless `path` is free or a regular file that may be replaced.
  static func checkReplaceable(_ path: String) throws {
    var status = stat()
    guard !path.isEmpty, !path.hasSuffix("/") else {
      throw BundleError.cannotWrite(path: path, reason: "it names no file")
    }
    guard stat(path, &status) == 0 else { return }
    guard status.st_mode & S_IFMT == S_IFREG else {
      let kind = status.st_mode & S_IFMT == S_IFDIR ? "a directory" : "a device or pipe"
      throw BundleError.cannotWrite(path: path, reason: "it is \(kind); name a file")
    }
  }

  deinit {
    if descriptor >= 0 { close(descriptor) }
    if !isCommitted, !isUnnamed { unlink(partialPath) }
  }

  /// Takes the name away; the content stays readable through this object and vanishes with it.
  func forgetName() {
    if !isUnnamed, !isCommitted { unlink(partialPath) }
    isCommitted = true
  }

  /// Adds bytes at the end.
  func append(_ content: UnsafeRawBufferPointer) throws {
    var rest = content
    while !rest.isEmpty {
      let count = write(descriptor, rest.baseAddress, rest.count)
      if count < 0, errno != EINTR { throw failure(lastMessage) }
      rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(max(0, count)))
    }
    bytes += content.count
  }

  /// Adds a part of another file at the end.
  func append(_ range: Range<Int>, of other: OutputFile) throws {
    var chunk = [UInt8](repeating: 0, count: min(range.count, 1 << 20))
    var position = range.lowerBound
    while position < range.upperBound {
      let wanted = min(chunk.count, range.upperBound - position)
      let count = chunk.withUnsafeMutableBytes {
        pread(other.descriptor, $0.baseAddress, wanted, position)
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw failure("its scratch file cannot be read: \(lastMessage)") }
      try chunk.withUnsafeBytes { try append(UnsafeRawBufferPointer(rebasing: $0[..<count])) }
      position += count
    }
  }

  /// Makes the file durable and gives it its name, replacing a file that had it.
  func commit() throws {
    guard fsync(descriptor) == 0 else { throw failure(lastMessage) }
    if isUnnamed { try nameUnnamed() }
    guard rename(partialPath, path) == 0 else {
      let message = lastMessage
      unlink(partialPath)
      throw failure(message)
    }
    isCommitted = true
    try syncFolder()
  }

  private func nameUnnamed() throws {
    let source = "/proc/self/fd/\(descriptor)"
    if linkat(AT_FDCWD, source, AT_FDCWD, partialPath, AT_SYMLINK_FOLLOW) == 0 { return }
    guard errno == EEXIST else { throw failure(lastMessage) }
    // A run that was killed between naming and renaming left a complete but useless file.
    unlink(partialPath)
    guard linkat(AT_FDCWD, source, AT_FDCWD, partialPath, AT_SYMLINK_FOLLOW) == 0 else {
      throw failure(lastMessage)
    }
  }

  private func syncFolder() throws {
    let folder = open(Self.folder(of: path), O_RDONLY | O_CLOEXEC)
    guard folder >= 0 else { throw failure(lastMessage) }
    defer { close(folder) }
    // Some file systems cannot sync a folder and say so with EINVAL.
    guard fsync(folder) == 0 || errno == EINVAL else { throw failure(lastMessage) }
  }

  private var lastMessage: String { String(cString: strerror(errno)) }

  private func failure(_ reason: String) -> BundleError {
    .cannotWrite(path: path, reason: reason)
  }

  private static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// `O_TMPFILE` of Linux, which is a compound macro that Swift does not import.
  private static let unnamedFlag: Int32 = 0o20_000_000 | O_DIRECTORY
}

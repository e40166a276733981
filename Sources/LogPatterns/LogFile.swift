internal import Glibc

/// A plain log file, read a piece at a time.
public struct LogFile: Sendable {
  /// The file's path, `/dev/stdin` too.
  public let path: String

  /// Bytes of a line kept; what is longer is given without its end.
  public static let longestLine = 1 << 20
  private static let chunk = 1 << 18

  /// A file at `path`, not opened yet.
  public init(path: String) {
    self.path = path
  }

  /// Gives each line without its end.
  ///
  /// - Returns: What was read.
  /// - Throws: `LogFileError` when the file cannot be opened or read; errors of `body` pass through.
  public func forEachLine(_ body: (UnsafeRawBufferPointer) throws -> Void) throws -> LogFileTotals {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else {
      throw LogFileError(path: path, reason: String(cString: strerror(errno)))
    }
    defer { close(file) }
    var totals = LogFileTotals()
    var rest: [UInt8] = []
    var isSkipping = false
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: Self.chunk, alignment: 16)
    defer { buffer.deallocate() }
    while true {
      let count = read(file, buffer.baseAddress, buffer.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else {
        throw LogFileError(path: path, reason: String(cString: strerror(errno)))
      }
      totals.bytes += count
      if count == 0 { break }
      var bytes = UnsafeRawBufferPointer(rebasing: buffer[..<count])
      if !rest.isEmpty || isSkipping {
        let newline = ByteSearch.index(of: 10, in: bytes, from: 0)
        let room = max(0, Self.longestLine - rest.count)
        if newline > room, !isSkipping {
          totals.cutLines += 1
          isSkipping = true
        }
        rest.append(contentsOf: bytes[..<min(newline, room)])
        guard newline < bytes.count else { continue }
        isSkipping = false
        totals.lines += 1
        _ = try rest.withUnsafeBytes { try LogText($0).forEachLine(body) }
        rest.removeAll(keepingCapacity: true)
        bytes = UnsafeRawBufferPointer(rebasing: bytes[(newline + 1)...])
      }
      let end = try LogText(bytes).forEachLine(isLast: false) { line in
        totals.lines += 1
        try body(line)
      }
      rest.append(contentsOf: bytes[end...])
    }
    if !rest.isEmpty {
      totals.lines += 1
      _ = try rest.withUnsafeBytes { try LogText($0).forEachLine(body) }
    }
    return totals
  }
}

extension LogFile {
  /// The first `count` bytes, fewer when the file is shorter.
  ///
  /// - Throws: `LogFileError` when the file cannot be opened or read.
  public func firstBytes(_ count: Int) throws -> [UInt8] {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else {
      throw LogFileError(path: path, reason: String(cString: strerror(errno)))
    }
    defer { close(file) }
    var bytes = [UInt8](repeating: 0, count: count)
    let found = read(file, &bytes, count)
    guard found >= 0 else {
      throw LogFileError(path: path, reason: String(cString: strerror(errno)))
    }
    return Array(bytes[..<found])
  }
}

/// What was read of a log file.
public struct LogFileTotals: Hashable, Sendable {
  /// Lines, empty ones too.
  public var lines = 0
  /// Bytes.
  public var bytes = 0
  /// Lines longer than `LogFile.longestLine`, of which the beginning was used.
  public var cutLines = 0
}

/// A log file that cannot be read.
public struct LogFileError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The file.
  public let path: String
  /// The system's words.
  public let reason: String

  /// Makes an error.
  public init(path: String, reason: String) {
    self.path = path
    self.reason = reason
  }

  /// What, where and why.
  public var description: String { "\(path): \(reason)" }
}

import Archive
import Collection
import Glibc

/// Finds the files of an export: in folders, which are walked in byte order, in archives, which are
/// read in memory and never extracted, and as they are named.
///
/// Hidden and special files are listed but not read; symbolic links below a folder are not
/// followed. A file that is named twice counts once.
struct ExportInventory {
  /// Which tree plain files and folders share; every archive that is named is one of its own.
  private static let fileTree = 0

  private let roots: [String]

  /// Resolves the paths that were given.
  ///
  /// - Throws: `ImportError.noSuchFile` for the first that does not exist.
  init(_ paths: [String]) throws {
    roots = try paths.map { path in
      guard let resolved = realpath(path, nil) else { throw ImportError.noSuchFile(path) }
      defer { free(resolved) }
      return String(cString: resolved)
    }
  }

  /// Calls `visit` for every file.
  func forEach(_ visit: (ExportFile) throws -> Void) throws {
    var seen: Set<String> = []
    for (number, root) in roots.enumerated() {
      let kind = try Self.kind(of: root)
      switch kind {
      case .folder: try walk(root, &seen, visit)
      case .file where try ForeignArchive.isArchive(at: root):
        guard seen.insert(root).inserted else { continue }
        try readArchive(at: root, tree: number + 1, prefix: "", visit)
      case .file:
        guard seen.insert(root).inserted else { continue }
        try visit(Self.plainFile(root))
      case .link, .special: throw ImportError.unreadable(path: root, reason: "no regular file")
      }
    }
  }

  private func walk(
    _ folder: String, _ seen: inout Set<String>, _ visit: (ExportFile) throws -> Void
  ) throws {
    for name in try Self.names(in: folder) {
      let path = folder == "/" ? "/" + name : folder + "/" + name
      let kind = try Self.kind(of: path)
      if name.hasPrefix(".") {
        try visit(Self.skipped(path, "a hidden \(kind == .folder ? "folder" : "file"), not read"))
        continue
      }
      switch kind {
      case .folder: try walk(path, &seen, visit)
      case .link: try visit(Self.skipped(path, "a symbolic link, not followed"))
      case .special: try visit(Self.skipped(path, "no regular file"))
      case .file:
        guard seen.insert(path).inserted else { continue }
        if try ForeignArchive.isArchive(at: path) {
          try readArchive(at: path, tree: Self.fileTree, prefix: Self.place(of: path), visit)
        } else {
          try visit(Self.plainFile(path))
        }
      }
    }
  }

  /// Reads an archive; a single compressed file counts as the file that it holds.
  private func readArchive(
    at path: String, tree: Int, prefix: String, _ visit: (ExportFile) throws -> Void
  ) throws {
    try ForeignArchive.entries(at: path) { entry, content in
      let isSingle = entry.bytes == nil
      let folder = Self.place(of: path).split(separator: "/").dropLast().joined(separator: "/")
      let place = isSingle ? folder + "/" + entry.name : prefix + "/" + entry.name
      let file = { ExportFile(tree: isSingle ? Self.fileTree : tree, path: place, content: $0) }
      switch entry.kind {
      case .directory: return
      case .link: try visit(file(.skipped("a link, not followed", losesEvidence: false)))
      case .special: try visit(file(.skipped("no regular file", losesEvidence: false)))
      case .file:
        if entry.name.split(separator: "/").contains(where: { $0.hasPrefix(".") }) {
          try visit(file(.skipped("a hidden file, not read", losesEvidence: false)))
        } else {
          try visit(file(Self.content(of: content, bytes: entry.bytes)))
        }
      }
    }
  }

  private static func content(
    of content: ForeignContent, bytes: Int?
  ) throws
    -> ExportFile.Content
  {
    var data: [UInt8] = []
    // The stated size is a stranger's claim.
    data.reserveCapacity(min(bytes ?? 0, 64 << 20))
    try withUnsafeTemporaryAllocation(byteCount: 1 << 17, alignment: 16) { buffer in
      while true {
        let count = try content.read(into: buffer)
        if count == 0 { return }
        data.append(contentsOf: buffer[..<count])
      }
    }
    return readable(data)
  }

  private static func plainFile(_ path: String) throws -> ExportFile {
    let file = try PositionedFile(path: path)
    let bytes = try file.bytes(at: 0, count: file.bytes)
    return ExportFile(tree: fileTree, path: place(of: path), content: .bytes(bytes))
  }

  /// Compressed data inside an archive or inside other compressed data stays closed.
  private static func readable(_ data: [UInt8]) -> ExportFile.Content {
    guard Compression(magic: data.prefix(6)) != .none else { return .bytes(data) }
    return .skipped(
      "compressed data inside an archive; unpack it and name it itself", losesEvidence: true)
  }

  private static func skipped(_ path: String, _ reason: String) -> ExportFile {
    ExportFile(
      tree: fileTree, path: place(of: path), content: .skipped(reason, losesEvidence: false))
  }

  private static func place(of path: String) -> String { String(path.drop { $0 == "/" }) }
}

// MARK: The file system

extension ExportInventory {
  private enum Kind {
    case file, folder, link, special
  }

  private static func kind(of path: String) throws -> Kind {
    var status = stat()
    guard lstat(path, &status) == 0 else {
      throw ImportError.unreadable(path: path, reason: String(cString: strerror(errno)))
    }
    switch status.st_mode & 0o170000 {
    case 0o100000: return .file
    case 0o040000: return .folder
    case 0o120000: return .link
    default: return .special
    }
  }

  /// The names in a folder in byte order, without `.` and `..`.
  private static func names(in folder: String) throws -> [String] {
    guard let stream = opendir(folder) else {
      throw ImportError.unreadable(path: folder, reason: String(cString: strerror(errno)))
    }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { tuple in
        tuple.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }
}

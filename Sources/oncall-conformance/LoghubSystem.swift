import ArgumentParser
import Glibc
import LogPatterns

/// The log of one system with its groups.
struct LoghubSystem {
  /// The directory's name, for the table only.
  let name: String
  private let log: String
  private let table: String

  /// The systems of a suite, by name.
  static func all(in directory: String) throws -> [LoghubSystem] {
    let systems = try names(in: directory).compactMap { name -> LoghubSystem? in
      let folder = "\(directory)/\(name)"
      guard let files = try? names(in: folder),
        let table = files.first(where: { $0.hasSuffix(".log_structured.csv") })
      else { return nil }
      return LoghubSystem(
        name: name, log: "\(folder)/\(table.dropLast("_structured.csv".count))",
        table: "\(folder)/\(table)")
    }
    guard !systems.isEmpty else {
      throw ValidationError("\(directory): no directory in it holds a *.log_structured.csv")
    }
    return systems
  }

  /// Mines the raw lines and compares the patterns with the truth.
  func score() throws -> GroupingScore {
    let expected = try CSVColumn.values(of: "EventId", in: Self.bytes(of: table), path: table)
    let bytes = try Self.bytes(of: log)
    let found = bytes.withUnsafeBytes { LogText($0).patternIndices() }
    guard found.count == expected.count else {
      throw ValidationError(
        "\(log) has \(found.count) lines, its table \(expected.count): files of one suite?")
    }
    return GroupingScore(found: found, expected: expected)
  }

  private static func names(in directory: String) throws -> [String] {
    guard let stream = opendir(directory) else {
      throw ValidationError("\(directory): \(String(cString: strerror(errno)))")
    }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { raw in
        String(decoding: raw.prefix { $0 != 0 }, as: UTF8.self)
      }
      if !name.hasPrefix(".") { names.append(name) }
    }
    return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  private static func bytes(of path: String) throws -> [UInt8] {
    guard let file = fopen(path, "r") else {
      throw ValidationError("\(path): \(String(cString: strerror(errno)))")
    }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = fread(&chunk, 1, chunk.count, file)
      guard count > 0 else { return bytes }
      bytes.append(contentsOf: chunk[..<count])
    }
  }
}

/// One column of a CSV table.
enum CSVColumn {
  /// The values below the heading `name`.
  static func values(of name: String, in bytes: [UInt8], path: String) throws -> [String] {
    var rows = rows(of: bytes)
    guard !rows.isEmpty, let column = rows.removeFirst().firstIndex(of: name) else {
      throw ValidationError("\(path): no column \(name)")
    }
    return rows.map { column < $0.count ? $0[column] : "" }
  }

  private static func rows(of bytes: [UInt8]) -> [[String]] {
    var rows: [[String]] = []
    var row: [String] = []
    var field: [UInt8] = []
    var isQuoted = false
    for byte in bytes {
      switch byte {
      case UInt8(ascii: "\""): isQuoted.toggle()
      case UInt8(ascii: ",") where !isQuoted:
        row.append(String(decoding: field, as: UTF8.self))
        field = []
      case 10 where !isQuoted:
        row.append(String(decoding: field, as: UTF8.self))
        rows.append(row)
        (row, field) = ([], [])
      case 13 where !isQuoted: break
      default: field.append(byte)
      }
    }
    if !row.isEmpty || !field.isEmpty {
      rows.append(row + [String(decoding: field, as: UTF8.self)])
    }
    return rows
  }
}

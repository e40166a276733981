import JSONStream
import Telemetry

/// Finds the roots of exports and gives every file its path below one.
///
/// The root is the nearest folder above a file that holds a table of queries, or else the deepest
/// folder that holds every file of its tree that has no table. So a folder, its parent, and an
/// archive of it all give the same paths.
struct ExportRoots {
  private let tables: [(tree: Int, folder: [Substring], name: String, table: QueryTable)]

  init(_ answers: [ExportAnswer]) {
    tables = answers.compactMap { answer in
      guard answer.kind == .queryTable, case .document(let document) = answer.content else {
        return nil
      }
      let name = answer.place.split(separator: "/").last.map(String.init) ?? ""
      return (answer.tree, Self.folder(of: answer.place), name, QueryTable(document))
    }
  }

  /// The answers with their paths and requests, sorted by path, each path once.
  func placed(_ answers: [ExportAnswer]) -> [ExportAnswer] {
    var placed = answers
    var rootless: [Int: [Int]] = [:]
    for index in placed.indices {
      let answer = placed[index]
      guard let root = root(of: answer) else {
        rootless[answer.tree, default: []].append(index)
        continue
      }
      placed[index].path = Self.path(of: answer.place, below: root.folder.count)
      placed[index].request = root.table.entry(at: placed[index].path)
    }
    for tree in rootless.keys.sorted() {
      let indices = rootless[tree] ?? []
      let depth = Self.commonDepth(indices.map { Self.folder(of: placed[$0].place) })
      for index in indices {
        placed[index].path = Self.path(of: placed[index].place, below: depth)
      }
    }
    placed.sort { left, right in
      if !left.path.hasSameBytes(as: right.path) { return left.path.precedesInBytes(right.path) }
      return left.digest.hex.precedesInBytes(right.digest.hex)
    }
    return Self.numberingTwins(placed)
  }

  /// The requests of the tables that no file answers, sorted by path.
  func unanswered(_ placed: [ExportAnswer]) -> [UnansweredRequest] {
    let paths = Set(placed.map { Array($0.path.utf8) })
    return tables.flatMap { table in
      table.table.entries.map {
        UnansweredRequest(table: table.name, path: $0.path, entry: $0.entry)
      }
    }
    .filter { !paths.contains(Array($0.path.utf8)) }
    .sorted { left, right in
      if !left.path.hasSameBytes(as: right.path) { return left.path.precedesInBytes(right.path) }
      return left.table.precedesInBytes(right.table)
    }
  }

  private func root(of answer: ExportAnswer) -> (folder: [Substring], table: QueryTable)? {
    let folder = Self.folder(of: answer.place)
    return tables.filter { $0.tree == answer.tree && folder.starts(with: $0.folder) }
      .max { $0.folder.count < $1.folder.count }
      .map { ($0.folder, $0.table) }
  }

  private static func folder(of place: String) -> [Substring] {
    place.split(separator: "/").dropLast()
  }

  private static func path(of place: String, below depth: Int) -> String {
    place.split(separator: "/").dropFirst(depth).joined(separator: "/")
  }

  private static func commonDepth(_ folders: [[Substring]]) -> Int {
    guard var common = folders.first else { return 0 }
    for folder in folders {
      let shared = zip(common, folder).prefix { $0.0 == $0.1 }.count
      common = Array(common.prefix(shared))
    }
    return common.count
  }

  /// Files of one path from different trees are told apart by a number, in order of content.
  private static func numberingTwins(_ sorted: [ExportAnswer]) -> [ExportAnswer] {
    var answers = sorted
    var count = 1
    for index in answers.indices.dropFirst() {
      let isTwin = sorted[index].path.hasSameBytes(as: sorted[index - 1].path)
      count = isTwin ? count + 1 : 1
      if isTwin { answers[index].path += " (\(count))" }
    }
    return answers
  }
}

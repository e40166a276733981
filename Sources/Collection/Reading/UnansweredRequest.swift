import Telemetry

/// A request that a table of queries names, and whose body was not handed in.
struct UnansweredRequest: Sendable {
  /// How many paths of a group its gap names.
  private static let exampleCount = 3

  /// The file name of the table.
  let table: String
  /// The body's path below the folder that holds the table.
  let path: String
  let entry: QueryTable.Entry

  /// One gap for each table, source and top folder, so that a table kept beside one of its folders
  /// does not fill the list of gaps.
  static func gaps(_ requests: [UnansweredRequest]) -> [CoverageGap] {
    let groups = Dictionary(grouping: requests) { request in
      [request.source.rawValue, request.folder, request.table]
    }
    return groups.values.map(gap).sorted()
  }

  private static func gap(_ unordered: [UnansweredRequest]) -> CoverageGap {
    let group = unordered.sorted { $0.path.precedesInBytes($1.path) }
    guard let first = group.first else { preconditionFailure("BUG: an empty group of requests") }
    let isAlone = group.count == 1
    return CoverageGap(
      source: first.source,
      subject: isAlone ? first.path : first.folder.isEmpty ? first.table : first.folder + "/",
      code: .missingFile, detail: isAlone ? first.sentence : sentence(group),
      losesEvidence: true)
  }

  private static func sentence(_ group: [UnansweredRequest]) -> String {
    guard let first = group.first else { return "" }
    let place = first.folder.isEmpty ? "" : " of \(first.folder)/"
    let examples = group.prefix(exampleCount).map(\.path).joined(separator: ", ")
    let rest = group.count > exampleCount ? " and \(group.count - exampleCount) more" : ""
    return "\(group.count) files\(place) named by \(first.table) were not handed in: "
      + examples + rest
  }

  private var sentence: String {
    let wordings = [entry.expression, entry.command, entry.api]
    let request = wordings.first { !$0.isEmpty }.map { " (`\($0)`)" } ?? ""
    return "\(table) names it\(request), but it was not handed in"
  }

  private var source: SourceKind {
    entry.isLoki ? .loki : entry.api.isEmpty ? .kubernetes : .prometheus
  }

  /// The first part of the path; empty when the body lies beside the table.
  private var folder: String {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    return parts.count > 1 ? String(parts[0]) : ""
  }
}

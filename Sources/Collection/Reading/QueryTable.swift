import Canonical
import Telemetry

/// The table beside an export that says which request produced which body.
struct QueryTable: Sendable {
  /// What the table says about one body.
  struct Entry: Hashable, Sendable {
    /// The API's path, or empty.
    var api = ""
    /// PromQL or LogQL, or empty.
    var expression = ""
    /// The first step or instant asked for.
    var start: Timestamp?
    /// The last one.
    var end: Timestamp?
    var step: TimeSpan?
    /// The most lines that the answer could hold.
    var limit: Int?
    /// Whether the answer's pages run from new to old.
    var isBackward = false
    /// The command that printed the body, or empty.
    var command = ""
    /// When the body was captured.
    var capturedAt: Timestamp?

    /// Whether the request asked for a grid of steps.
    var isRange: Bool { api.hasSuffix("/query_range") }
    /// Whether the request went to Loki.
    var isLoki: Bool { api.hasPrefix("/loki/") }
  }

  /// Entries by path below the folder that holds the table, sorted by path.
  let entries: [(path: String, entry: Entry)]

  /// Reads a table; entries that are no objects are left out.
  init(_ document: JSONValue) {
    entries = document.members
      .map { (path: $0.key, entry: Entry($0.value)) }
      .sorted { $0.path.precedesInBytes($1.path) }
  }

  /// What the table says about the body at `path`, or nil.
  func entry(at path: String) -> Entry? {
    var low = 0
    var high = entries.count
    while low < high {
      let middle = (low + high) / 2
      if entries[middle].path.precedesInBytes(path) { low = middle + 1 } else { high = middle }
    }
    guard low < entries.count, entries[low].path.hasSameBytes(as: path) else { return nil }
    return entries[low].entry
  }
}

extension QueryTable.Entry {
  fileprivate init(_ value: JSONValue) {
    api = value["api"]?.string ?? ""
    expression = value["query"]?.string ?? ""
    let instant = Self.time(value["time"])
    start = Self.time(value["start"]) ?? instant
    end = Self.time(value["end"]) ?? instant
    step = Self.step(value["step"])
    limit = value["limit"].flatMap { Int(Self.text($0)) }
    // Loki's own defaults: 100 lines, newest first.
    let isLogQuery = api.hasPrefix("/loki/") && api.hasSuffix("/query_range")
    if limit == nil, isLogQuery, step == nil { limit = 100 }
    isBackward = (value["direction"]?.string ?? "backward") == "backward"
    command = value["command"]?.string ?? ""
    capturedAt = Self.time(value["captured_at"])
  }

  private static func text(_ value: JSONValue) -> String {
    switch value {
    case .string(let text), .number(let text): text
    default: ""
    }
  }

  /// Reads RFC 3339, Unix seconds, or, as Loki does, nanoseconds when it is longer than 10 digits.
  private static func time(_ value: JSONValue?) -> Timestamp? {
    guard let text = value.map(text), !text.isEmpty else { return nil }
    let isWhole = text.utf8.allSatisfy { (48...57).contains($0) }
    if isWhole, text.utf8.count > 10 { return Int64(text).map(Timestamp.init(nanoseconds:)) }
    return Canonical.timestamp(text)
  }

  /// Reads a duration or seconds.
  private static func step(_ value: JSONValue?) -> TimeSpan? {
    guard let text = value.map(text), !text.isEmpty else { return nil }
    if let span = Canonical.span(text) { return span }
    return Canonical.timestamp(text).map { TimeSpan(nanoseconds: $0.nanoseconds) }
  }
}

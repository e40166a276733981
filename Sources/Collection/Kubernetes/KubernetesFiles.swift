import Telemetry

/// Which file of a bundle holds which kind of object.
struct KubernetesFiles {
  /// The lists by path, sorted by path; members keep their order.
  let lists: [(path: String, members: [ObjectCopy])]
  private let ambiguous: Set<String>

  init(_ objects: [ObjectCopy]) {
    var groups: [String: Set<String>] = [:]
    for object in objects where object.event == nil {
      groups[Self.plural(object.ref.kind), default: []].insert(object.group)
    }
    let ambiguous = Set(groups.filter { $0.value.count > 1 }.map(\.key))
    self.ambiguous = ambiguous
    let byPath = Dictionary(grouping: objects) { Self.path(of: $0, ambiguous: ambiguous) }
    lists = byPath.keys.sorted { $0.precedesInBytes($1) }.map { ($0, byPath[$0] ?? []) }
  }

  /// The path of the list that an object belongs to.
  func path(of object: ObjectCopy) -> String { Self.path(of: object, ambiguous: ambiguous) }

  /// The plural by the rules of Kubernetes' own type guesser.
  static func plural(_ kind: String) -> String {
    let lower = EntrySlug.slug(kind, fallback: "objects")
    if lower == "endpoints" { return lower }
    if lower.hasSuffix("y"), !["a", "e", "i", "o", "u"].contains(lower.dropLast().suffix(1)) {
      return lower.dropLast() + "ies"
    }
    return lower + (["s", "x", "ch", "sh"].contains { lower.hasSuffix($0) } ? "es" : "s")
  }

  private static func path(of object: ObjectCopy, ambiguous: Set<String>) -> String {
    if object.event != nil { return "kubernetes/events.json" }
    var name = plural(object.ref.kind)
    let isReserved = name == "events" || name == "version"
    if !object.group.isEmpty, ambiguous.contains(name) || isReserved {
      name +=
        "."
        + object.group.split(separator: ".").map { EntrySlug.slug(String($0), fallback: "x") }
        .joined(separator: ".")
    } else if isReserved {
      name += "-objects"
    }
    return "kubernetes/\(name).json"
  }
}

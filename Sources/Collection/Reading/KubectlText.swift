/// Recognises what kubectl prints for people.
enum KubectlText {
  /// The singular kind of object that a table or description shows, `unknown` when it cannot be
  /// told; nil when `text` is neither.
  static func kind(of text: Substring) -> String? {
    let line = text.prefix { !$0.isNewline }
    if line.hasPrefix("Name:  ") { return describedKind(text) }
    let columns = line.split(separator: " ").map(String.init)
    let isHeader = line.utf8.allSatisfy { byte in
      (65...90).contains(byte) || " -/()%:".utf8.contains(byte)
    }
    guard isHeader, columns.count >= 2, line.contains("  "), !headerNames.isDisjoint(with: columns)
    else { return nil }
    return columnsOfKinds.first { kind in kind.columns.allSatisfy(columns.contains) }?.name
      ?? "unknown"
  }

  private static let headerNames: Set = ["NAME", "NAMESPACE", "LAST", "OBJECT"]

  private static let columnsOfKinds: [(name: String, columns: [String])] = [
    ("Event", ["REASON", "OBJECT"]),
    ("Pod", ["READY", "STATUS", "RESTARTS"]),
    ("Node", ["ROLES", "VERSION"]),
    ("Deployment", ["UP-TO-DATE", "AVAILABLE", "READY"]),
    ("DaemonSet", ["DESIRED", "UP-TO-DATE"]),
    ("ReplicaSet", ["DESIRED", "CURRENT"]),
    ("Service", ["CLUSTER-IP"]),
    ("Ingress", ["HOSTS", "ADDRESS"]),
    ("PersistentVolumeClaim", ["VOLUME", "CAPACITY"]),
    ("ConfigMap", ["DATA"]),
    ("Job", ["COMPLETIONS"]),
    ("StatefulSet", ["READY", "AGE"]),
    ("Namespace", ["STATUS", "AGE"]),
  ]

  private static func describedKind(_ text: Substring) -> String {
    let fields = Set(
      text.split(whereSeparator: \.isNewline).compactMap { line -> Substring? in
        line.first?.isWhitespace == false ? line.prefix { $0 != ":" } : nil
      })
    if fields.contains("Roles") { return "Node" }
    if fields.contains("Containers") { return "Pod" }
    if fields.contains("StrategyType") { return "Deployment" }
    return "unknown"
  }
}

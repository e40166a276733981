import Policies
import Telemetry

/// Fills the names of a case into the read-only checks of a cause.
struct CheckList {
  let topology: Topology

  /// The commands, each with what it would tell behind a `#`.
  ///
  /// A check for which a name is not known, or not safe to paste into a shell, is left out.
  func checks(_ checks: [CauseCheck], for suspect: Suspect, blamed: Entity) -> [String] {
    let names = names(for: suspect, blamed: blamed)
    return checks.compactMap { check in
      Self.filled(check.command, names).map { "\($0)  # \(check.tells)" }
    }
  }

  private func names(for suspect: Suspect, blamed: Entity) -> [String: String] {
    let entity = suspect.entity
    let pods = topology.pods(of: entity)
    let failing = suspect.supporting.flatMap(\.findings).map(\.entity).first { $0.kind == .pod }
    let pod = blamed.kind == .pod ? blamed : failing ?? pods.last?.entity
    var names: [String: String] = [:]
    names["namespace"] = entity.namespace.isEmpty ? pod?.namespace : entity.namespace
    names["pod"] = pod?.name
    names["service"] = entity.kind == .service ? entity.name : nil
    names["deployment"] =
      entity.kind == .deployment ? entity.name : pods.lazy.compactMap(\.workload).first?.name
    names["node"] =
      entity.kind == .node ? entity.name : pod.flatMap { topology.place(of: $0)?.node?.name }
    return names
  }

  /// The command with names for its placeholders, or nil when one is missing or unsafe.
  private static func filled(_ command: String, _ names: [String: String]) -> String? {
    var words: [String] = []
    for word in command.split(separator: " ") {
      guard let open = word.firstIndex(of: "{"), let close = word.firstIndex(of: "}"), open < close
      else {
        words.append(String(word))
        continue
      }
      let key = String(word[word.index(after: open)..<close])
      guard let name = names[key], isShellSafe(name) else { return nil }
      words.append(word[..<open] + name + word[word.index(after: close)...])
    }
    return words.joined(separator: " ")
  }

  /// Whether a name holds nothing but what Kubernetes allows in names, and is no option.
  private static func isShellSafe(_ name: String) -> Bool {
    guard let first = name.utf8.first, first != UInt8(ascii: "-") else { return false }
    return name.utf8.allSatisfy { byte in
      (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
        || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
        || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-")
    }
  }
}

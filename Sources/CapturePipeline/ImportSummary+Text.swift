import BundleStore
import Canonical
import Telemetry

extension ImportSummary {
  /// The summary for a person: what is in the bundle, what is missing, where it is.
  public var text: String {
    let window = manifest.window
    var lines = [
      "bundle     \(TerminalText.safe(path))  \(Canonical.bytes(Double(bytes)))",
      "id         \(manifest.bundleID)",
      "window     \(Canonical.text(window.start)) to \(Canonical.text(window.end))"
        + "  (\(Canonical.text(window.length)))",
      windowNote,
      "files      \(files)",
      "metrics    \(volume.series) series, \(volume.samples) samples;"
        + " \(volume.answers) recorded answers, \(volume.documents) documents",
      "logs       \(volume.lines) lines in \(volume.streams) streams",
      "kubernetes \(volume.events) events, \(volume.objects) objects",
      "redaction  \(redaction)",
      "coverage   \(manifest.coverage.rawValue)",
    ]
    lines += gapLines
    return lines.filter { !$0.isEmpty }.joined(separator: "\n") + "\n"
  }

  private var windowNote: String {
    guard windowOrigin == .objectStates else { return "" }
    return "           derived from object states, the times that Kubernetes objects and events"
      + " state; give the incident's window with --from and --to"
  }

  private var files: String {
    let counts: [(Int, String)] = [
      (count(of: .used), "used"), (count(of: .recordedAnswer), "recorded answers"),
      (count(of: .duplicate), "duplicates"), (count(of: .gap), "not in the bundle"),
    ]
    let parts = counts.filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
    return "\(manifest.inputs.count): \(parts.joined(separator: ", "))"
  }

  private var redaction: String {
    guard manifest.redaction.isApplied else { return "none: the bundle may hold secrets" }
    let total = manifest.redaction.counts.reduce(0) { $0 + $1.count }
    let rules = manifest.redaction.counts.map { "\($0.rule) \($0.count)" }
    return "\(total) values replaced" + (rules.isEmpty ? "" : ": \(rules.joined(separator: ", "))")
  }

  /// One line for each reason: how often, an example, and what to do.
  private var gapLines: [String] {
    let gaps = manifest.gaps.sorted()
    guard !gaps.isEmpty else { return ["gaps       none"] }
    let losing = gaps.count(where: \.losesEvidence)
    var lines = ["gaps       \(gaps.count), of which \(losing) may have lost evidence"]
    for code in GapCode.allCases {
      let group = gaps.filter { $0.code == code }
      guard let example = group.first(where: \.losesEvidence) ?? group.first else { continue }
      let mark = group.contains(where: \.losesEvidence) ? "!" : " "
      let count = group.count == 1 ? "" : " ×\(group.count)"
      let others = group.count == 1 ? "" : " (and \(group.count - 1) more)"
      lines.append(
        TerminalText.safe(
          "\(mark) \(code.rawValue)\(count)  \(example.subject)\(others): \(example.detail)"))
    }
    return lines
  }
}

import Canonical
import Reasoning
import Telemetry

/// What `timeline` says: one line for everything that happened, with its evidence.
public enum ChronicleListing {
  /// The lines for a terminal, one an entry.
  public static func lines(of analysis: Analysis, style: TerminalStyle) -> [String] {
    guard !analysis.chronicle.isEmpty else { return ["Nothing to tell: no finding, no change."] }
    return analysis.chronicle.map { entry in
      let kind = entry.kind.rawValue.padded(to: 8)
      let evidence = PlainText.line(entry.evidence.joined(separator: " "), limit: 240)
      let text = PlainText.line(entry.text, limit: 240)
      let marked = entry.kind == .incident ? style.paint(text, .strong) : text
      return "\(Canonical.text(entry.time))  \(kind)  \(marked)"
        + (evidence.isEmpty ? "" : "  \(style.paint(evidence, .faint))")
    }
  }

  /// The same as one JSON document.
  public static func json(of analysis: Analysis) -> [UInt8] {
    JSONText.document(
      .object([
        "schema": .string("oncall.timeline/1"),
        "tool": JSONText.tool,
        "bundle": .object(["id": .string(analysis.bundle.id)]),
        "entries": .array(analysis.chronicle.map(JSONText.chronicleEntry)),
      ]))
  }
}

extension String {
  /// The text with blanks after it up to `width` characters.
  func padded(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - count))
  }
}

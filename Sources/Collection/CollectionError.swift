import Canonical
import Telemetry

/// Why an export could not become a bundle.
public enum CollectionError: Error, Hashable, Sendable {
  /// No file holds anything that could be analyzed; the gaps say what each was.
  case nothingUsable(files: Int, gaps: [CoverageGap])
  /// Nothing states a time, so that no window follows from the export.
  case noWindow(files: Int)
  /// All telemetry lies outside the window.
  case nothingInWindow(TimeRange, data: TimeRange?)
}

extension CollectionError: CustomStringConvertible {
  /// One sentence: what is wrong, and what to do next.
  public var description: String {
    switch self {
    case .nothingUsable(0, _):
      "nothing usable: no files were found; name the files, folders or archives of an export"
    case .nothingUsable(let files, let gaps):
      "nothing usable in \(files) files: \(Self.examples(gaps)); give Prometheus, Loki or"
        + " kubectl JSON, or logs with times"
    case .noWindow(let files):
      "nothing usable in \(files) files: none states a time; give the window with --from and --to"
    case .nothingInWindow(let window, let data):
      "nothing usable: no data lies in \(Self.text(window))"
        + (data.map { "; the export covers \(Self.text($0))" } ?? "")
    }
  }

  private static func examples(_ gaps: [CoverageGap]) -> String {
    let shown = gaps.sorted().prefix(3).map { "\($0.subject): \($0.detail)" }
    let rest = gaps.count > 3 ? " and \(gaps.count - 3) more" : ""
    return shown.isEmpty ? "no telemetry" : shown.joined(separator: "; ") + rest
  }

  private static func text(_ range: TimeRange) -> String {
    "\(Canonical.text(range.start)) to \(Canonical.text(range.end))"
  }
}

import BundleStore
import Canonical
import Telemetry

/// What `inspect` says: where a bundle comes from, what is in it, what became of every input, what
/// is missing, and whether its checksums hold.
public enum InspectionListing {
  /// Gaps shown of one code; the rest is counted.
  private static let gapsPerCode = 20

  /// The lines for a terminal.
  public static func lines(of inspection: BundleInspection, style: TerminalStyle) -> [String] {
    let manifest = inspection.manifest
    return identity(inspection) + section("Sources", sources(manifest.sources), style)
      + section("Files", files(manifest.files), style)
      + section("Inputs", inputs(manifest.inputs), style)
      + section("Gaps", gaps(manifest.gaps), style)
      + section("Checksums", checksums(inspection, style), style)
  }

  private static func section(
    _ title: String, _ lines: [String], _ style: TerminalStyle
  ) -> [String] {
    ["", style.paint(title, .strong)] + lines.map { "  \($0)" }
  }

  private static func identity(_ inspection: BundleInspection) -> [String] {
    let manifest = inspection.manifest
    let damage =
      inspection.damages.isEmpty
      ? ""
      : "; \(Quantity.count(inspection.damages.count, "file")) damaged or missing, see Checksums"
    let window = manifest.window
    return [
      "Bundle     \(PlainText.line(manifest.bundleID))",
      "Schema     \(Manifest.schema)",
      "Written by \(PlainText.line(manifest.tool))",
      "Window     \(Canonical.text(window.start)) to \(Canonical.text(window.end)) "
        + "(\(TimeText.span(window.length)))",
      "Time zone  \(manifest.displayTimeZone.map { PlainText.line($0) } ?? "UTC; none was named")",
      "Coverage   \(inspection.coverage.rawValue)\(damage)",
      "Redaction  \(redaction(manifest.redaction))",
    ]
  }

  private static func redaction(_ summary: RedactionSummary) -> String {
    guard summary.isApplied else { return "not applied: the bundle may hold secrets" }
    let total = summary.counts.reduce(0) { $0 + $1.count }
    let rules = summary.counts.filter { $0.count > 0 }.map {
      "\(PlainText.line($0.rule, limit: 64)) × \($0.count)"
    }
    return "applied, \(Quantity.count(total, "value")) replaced"
      + (rules.isEmpty ? "" : ": \(rules.joined(separator: ", "))")
  }

  private static func sources(_ sources: [BundleSource]) -> [String] {
    guard !sources.isEmpty else { return ["none"] }
    return sources.map { source in
      var text = source.kind.rawValue
      if !source.version.isEmpty { text += " \(PlainText.line(source.version, limit: 64))" }
      if let interval = source.scrapeInterval {
        text += ", scraped every \(Canonical.text(interval))"
      }
      if let lookback = source.lookback { text += ", lookback \(Canonical.text(lookback))" }
      if let horizon = source.eventHorizon { text += ", events since \(Canonical.text(horizon))" }
      return text
    }
  }

  private static func files(_ files: [BundleFile]) -> [String] {
    let rows = FileRole.allCases.compactMap { role -> [String]? in
      let members = files.filter { $0.role == role }
      return members.isEmpty ? nil : row(role.rawValue, members)
    }
    guard !rows.isEmpty else { return ["none"] }
    let all = rows.count > 1 ? [row("all", files)] : []
    return TextTable.lines(["role", "files", "records", "bytes", "first", "last"], rows + all)
  }

  private static func row(_ name: String, _ files: [BundleFile]) -> [String] {
    let bytes = files.reduce(0.0) { $0 + Double($1.bytes) }
    let first = files.compactMap(\.firstTime).min().map { Canonical.text($0) } ?? "-"
    let last = files.compactMap(\.lastTime).max().map { Canonical.text($0) } ?? "-"
    let records = files.reduce(0) { $0 &+ $1.records }
    return [name, "\(files.count)", "\(records)", Canonical.bytes(bytes), first, last]
  }

  private static func inputs(_ inputs: [BundleInput]) -> [String] {
    guard !inputs.isEmpty else { return ["none recorded"] }
    let counts = InputOutcome.allCases.map { outcome in
      "\(inputs.filter { $0.outcome == outcome }.count) \(outcome.rawValue)"
    }
    let rows = inputs.map { input in
      [
        input.outcome.rawValue, Canonical.bytes(Double(input.bytes)),
        PlainText.line(input.path, limit: 200),
        PlainText.line(input.detail, limit: 200) + entries(input.entries),
      ]
    }
    return ["\(Quantity.count(inputs.count, "input")): \(counts.joined(separator: ", "))"]
      + TextTable.lines(["outcome", "bytes", "input", "what became of it"], rows)
  }

  private static func entries(_ entries: [String]) -> String {
    entries.isEmpty ? "" : " → " + PlainText.line(Wording.list(entries, limit: 3), limit: 400)
  }

  private static func gaps(_ gaps: [CoverageGap]) -> [String] {
    guard !gaps.isEmpty else { return ["none known"] }
    var codes: [GapCode] = []
    for gap in gaps where !codes.contains(gap.code) { codes.append(gap.code) }
    return codes.flatMap { code -> [String] in
      let members = gaps.filter { $0.code == code }
      let losing = members.filter(\.losesEvidence).count
      let shown = members.prefix(gapsPerCode).map { "  \(text($0))" }
      let rest = members.count - shown.count
      return ["\(code.rawValue): \(members.count), of which \(losing) may hide evidence"] + shown
        + (rest > 0 ? ["  and \(rest) more; `--format json` has them all"] : [])
    }
  }

  private static func text(_ gap: CoverageGap) -> String {
    let range = gap.range.map { " \(Canonical.text($0.start)) to \(Canonical.text($0.end))" } ?? ""
    return PlainText.line(
      "\(gap.source.rawValue) \(gap.subject)\(range): \(gap.detail)", limit: 400)
  }

  private static func checksums(
    _ inspection: BundleInspection, _ style: TerminalStyle
  ) -> [String] {
    let total = inspection.manifest.files.count
    guard !inspection.damages.isEmpty else {
      return ["all \(Quantity.count(total, "file")) as the manifest says"]
    }
    let damaged = Quantity.count(inspection.damages.count, "file")
    return [style.paint("\(damaged) of \(total) damaged or missing:", .bad)]
      + inspection.damages.map {
        "  \(PlainText.line($0.path, limit: 200)): \(PlainText.line($0.reason))"
      }
  }
}

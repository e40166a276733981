import Canonical
import Detection
import Reasoning
import Telemetry

/// What it takes to make the same report again; always part of a report.
struct ReproduceSection: ReportSection {
  let title = "Reproduce this report"

  func body(in context: ReportContext) -> [String] {
    let bundle = context.analysis.bundle
    var command = "\(ToolIdentity.name) report <bundle file> -o out"
    if bundle.replayedTo < bundle.window.end {
      command += " --as-of \(Canonical.text(bundle.replayedTo))"
    }
    if context.analysis.score.step != .seconds(60) {
      command += " --step \(Canonical.text(context.analysis.score.step))"
    }
    return [
      "```sh", command, "```", "",
      "- Bundle: \(MarkdownText.code(bundle.id, limit: 100))",
      "- Tool: \(ToolIdentity.name) \(ToolIdentity.version), "
        + MarkdownText.escaped(context.analysis.score.model, limit: 64),
      "- Policies: \(MarkdownText.code(bundle.policyDigest, limit: 100))",
    ] + bundle.sources.prefix(12).map { "- Source: \(MarkdownText.escaped($0, limit: 200))" } + [
      "",
      "The same bundle, policies and version give the same bytes on any machine.",
    ]
  }
}

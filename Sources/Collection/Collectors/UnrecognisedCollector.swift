import BundleStore
import JSONStream
import Telemetry

/// Whatever no other collector takes: listed, kept out of the bundle, and counted as a gap.
struct UnrecognisedCollector: Collector {
  func claims(_ index: Int, in context: CollectionContext) -> Bool { true }

  func collect(
    _ indices: [Int], in context: CollectionContext, emit: (CollectedEntry) throws -> Void
  ) throws -> Collected {
    var collected = Collected()
    for index in indices {
      let answer = context.answers[index]
      let (code, words, losesEvidence) = verdict(answer)
      collected.lose(
        index,
        CoverageGap(
          source: answer.source, subject: answer.path, code: code,
          detail: try context.redaction.text(words, &collected.tally),
          losesEvidence: losesEvidence))
    }
    return collected
  }

  private func verdict(_ answer: ExportAnswer) -> (GapCode, String, losesEvidence: Bool) {
    switch answer.content {
    case .malformed(let words): (.malformed, words, true)
    case .skipped(let reason, let losesEvidence): (.unrecognised, reason, losesEvidence)
    case .text(.unrecognised(let words)): (.unrecognised, words, false)
    default: (.unrecognised, "JSON of no shape that this version reads", false)
    }
  }
}

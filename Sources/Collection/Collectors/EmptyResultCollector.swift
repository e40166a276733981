import BundleStore
import JSONStream
import Telemetry

/// Answers without anything in them: the query worked and found nothing. They are listed, so that
/// nothing found is never taken for nothing asked.
struct EmptyResultCollector: Collector {
  func claims(_ index: Int, in context: CollectionContext) -> Bool {
    switch context.answers[index].content {
    case .samples(let table): table.samples.isEmpty
    case .logs(let table): table.lines.isEmpty
    case .objects(let objects, let events): objects.isEmpty && events.isEmpty
    default: false
    }
  }

  func collect(
    _ indices: [Int], in context: CollectionContext, emit: (CollectedEntry) throws -> Void
  ) throws -> Collected {
    var collected = Collected()
    for index in indices {
      let answer = context.answers[index]
      collected.lose(
        index,
        CoverageGap(
          source: answer.source, subject: answer.path, code: .emptyResult, detail: detail(answer),
          losesEvidence: false))
    }
    return collected
  }

  private func detail(_ answer: ExportAnswer) -> String {
    let query = answer.expression.isEmpty ? "the query" : "`\(answer.expression)`"
    return switch answer.content {
    case .samples: "\(query) returned no series: the metric is absent or the expression is wrong"
    case .logs: "\(query) returned no lines"
    default: "the list holds no objects"
    }
  }
}

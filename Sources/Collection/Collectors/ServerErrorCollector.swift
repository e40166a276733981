import BundleStore
import JSONStream
import Telemetry

/// Errors stored where data should be: envelopes, Kubernetes `Status` objects, plain text, login
/// pages, empty files. Each is a gap in the server's words, and never zero data.
struct ServerErrorCollector: Collector {
  func claims(_ index: Int, in context: CollectionContext) -> Bool {
    message(of: context.answers[index]) != nil
  }

  func collect(
    _ indices: [Int], in context: CollectionContext, emit: (CollectedEntry) throws -> Void
  ) throws -> Collected {
    var collected = Collected()
    for index in indices {
      let answer = context.answers[index]
      let message = message(of: answer) ?? ""
      let safe = try context.redaction.text(message, &collected.tally)
      collected.lose(
        index,
        CoverageGap(
          source: answer.source, subject: answer.path, code: .serverError, detail: safe,
          losesEvidence: true))
    }
    return collected
  }

  private func message(of answer: ExportAnswer) -> String? {
    switch answer.content {
    case .text(.serverError(let words)): return "the server answered: \(words)"
    case .text(.webPage(let title)):
      return "a web page (\(title)) instead of data; export again with valid credentials"
    case .text(.empty): return "the file is empty; export it again"
    default: break
    }
    switch answer.kind {
    case .serverError:
      return "the server answered: \(answer.body?.error ?? "success, without any data")"
    case .kubernetesStatus:
      return "the API server answered: \(answer.body?.error ?? "a Status without a message")"
    default: return nil
    }
  }
}

import BundleStore
import Queries
import Reporting

extension AnalysisCommands {
  /// The answer to a PromQL or LogQL query.
  ///
  /// With `--format json` a query that cannot be answered leaves Prometheus's envelope of an error
  /// and the exit code of a usage mistake.
  public static func query(
    _ plan: QueryPlan, as presentation: Presentation
  ) throws(AnalysisFailure) -> CommandResult {
    let complaint: QueryComplaint
    do {
      let bundle = try BundleReader(path: plan.bundlePath)
      switch plan.question {
      case .metrics(let question):
        let answer = try BundleQueries(bundle, threads: plan.threads).answer(to: question)
        return result(of: answer, plan, presentation)
      case .logs(let question):
        return result(of: try BundleLogQueries(bundle).answer(to: question), plan, presentation)
      }
    } catch let error as BundleQueryError {
      complaint = QueryComplaint(error, query: plan.question.text)
    } catch let error as LogQuestionError {
      complaint = QueryComplaint(error, query: plan.question.text)
    } catch {
      throw AnalysisFailure(error, bundlePath: plan.bundlePath)
    }
    guard presentation.format == .json else { throw .badQuery(complaint) }
    return CommandResult(
      refusal: QueryDocument.json(error: complaint.message, type: complaint.type),
      note: complaint.message)
  }

  private static func result(
    of answer: BundleAnswer, _ plan: QueryPlan, _ presentation: Presentation
  ) -> CommandResult {
    let output =
      presentation.format == .json
      ? QueryDocument.json(of: answer)
      : text(QueryListing.lines(of: answer, limit: plan.limit, style: presentation.style))
    return CommandResult(output: output, damaged: answer.damages.count, path: plan.bundlePath)
  }

  private static func result(
    of answer: LogAnswer, _ plan: QueryPlan, _ presentation: Presentation
  ) -> CommandResult {
    let output =
      presentation.format == .json
      ? LogDocument.json(of: answer)
      : text(LogListing.lines(of: answer, limit: plan.limit, style: presentation.style))
    return CommandResult(output: output, damaged: answer.damages.count, path: plan.bundlePath)
  }
}

extension QueryPlan.Question {
  /// The query as it was written.
  fileprivate var text: String {
    switch self {
    case .metrics(let question): question.text
    case .logs(let question): question.text
    }
  }
}

import BundleStore
import Queries
import Reporting

extension AnalysisCommands {
  /// The answer to a PromQL query.
  ///
  /// With `--format json` a query that cannot be answered leaves Prometheus's envelope of an error
  /// and the exit code of a usage mistake.
  public static func query(
    _ plan: QueryPlan, as presentation: Presentation
  ) throws(AnalysisFailure) -> CommandResult {
    let complaint: QueryComplaint
    do {
      let bundle = try BundleReader(path: plan.bundlePath)
      let answer = try BundleQueries(bundle, threads: plan.threads).answer(to: plan.question)
      return result(of: answer, plan, presentation)
    } catch let error as BundleQueryError {
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
}

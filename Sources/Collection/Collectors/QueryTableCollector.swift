import BundleStore
import JSONStream
import Telemetry

/// The table that says which request produced which body. It is no telemetry: what it says is
/// recorded with every entry.
struct QueryTableCollector: Collector {
  func claims(_ index: Int, in context: CollectionContext) -> Bool {
    context.answers[index].kind == .queryTable
  }

  func collect(
    _ indices: [Int], in context: CollectionContext, emit: (CollectedEntry) throws -> Void
  ) throws -> Collected {
    var collected = Collected()
    for index in indices {
      let requests = context.answers[index].document.members.count
      collected.inputs[index] = CollectedInput(
        outcome: .used, detail: "the table of \(requests) requests, recorded with each entry")
    }
    return collected
  }
}

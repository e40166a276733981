import BundleStore
import Canonical
import JSONStream
import Telemetry

/// Kubernetes objects: one list for each kind over all inputs in `kubernetes/`, each object once,
/// and one list of all events whichever API gave them.
struct KubernetesCollector: Collector {
  func claims(_ index: Int, in context: CollectionContext) -> Bool {
    if case .objects = context.answers[index].content { true } else { false }
  }

  func collect(
    _ indices: [Int], in context: CollectionContext, emit: (CollectedEntry) throws -> Void
  ) throws -> Collected {
    let (copies, outside) = copies(indices, in: context)
    let kept = ObjectCopy.merged(copies)
    var collected = Collected()
    var pathOfFile: [Int: Set<String>] = [:]
    let files = KubernetesFiles(kept)
    for (path, members) in files.lists {
      let entry = try list(path, members, in: context, &collected.tally)
      try emit(entry)
      let isEvents = entry.role == .events
      collected.volume.events += isEvents ? members.count : 0
      collected.volume.objects += isEvents ? 0 : members.count
    }
    for copy in copies { pathOfFile[copy.input, default: []].insert(files.path(of: copy)) }
    let winners = Dictionary(grouping: kept, by: \.input).mapValues(\.count)
    let counts = Dictionary(grouping: copies, by: \.input).mapValues(\.count)
    for index in indices {
      let count = counts[index] ?? 0
      if let left = outside[index] {
        let part = OutsideWindow(
          source: .kubernetes, path: context.answers[index].path, count: left, noun: "events")
        if count == 0 { collected.lose(index, part) } else { collected.outside.append(part) }
      }
      guard count > 0 else { continue }
      collected.inputs[index] = CollectedInput(
        outcome: winners[index] == nil ? .duplicate : .used,
        entries: (pathOfFile[index] ?? []).sorted { $0.precedesInBytes($1) },
        detail: detail(count, winners[index] ?? 0))
    }
    collected.gaps += truncated(indices, in: context)
    return collected
  }

  private func detail(_ count: Int, _ won: Int) -> String {
    won == count ? "\(count) objects" : "\(count) objects, \(count - won) of them also elsewhere"
  }

  /// Every object and event of the inputs, without events outside a window that was asked for.
  private func copies(
    _ indices: [Int], in context: CollectionContext
  ) -> (
    [ObjectCopy], outside: [Int: Int]
  ) {
    var copies: [ObjectCopy] = []
    var outside: [Int: Int] = [:]
    for index in indices {
      guard case .objects(let objects, let events) = context.answers[index].content else {
        continue
      }
      copies += objects.map { ObjectCopy($0, input: index) }
      for event in events {
        if isOutside(event.event, context) {
          outside[index, default: 0] += 1
        } else {
          copies.append(ObjectCopy(event, input: index))
        }
      }
    }
    return (copies, outside)
  }

  /// Events are few and tell what led up to the window, so that only a window that was asked for
  /// leaves any out.
  private func isOutside(_ event: KubeEvent, _ context: CollectionContext) -> Bool {
    guard context.window.isAsked, let last = event.lastSeen ?? event.firstSeen else { return false }
    let first = event.firstSeen ?? last
    return last < context.window.range.start || context.window.range.end < first
  }

  private func list(
    _ path: String, _ members: [ObjectCopy], in context: CollectionContext,
    _ tally: inout RedactionTally
  ) throws -> CollectedEntry {
    var output = Array("{\"apiVersion\":\"v1\",\"items\":[".utf8)
    for (number, copy) in members.enumerated() {
      output.append(contentsOf: (number > 0 ? ",\n" : "\n").utf8)
      let safe = try context.redaction.document(copy.document, &tally)
      output.append(contentsOf: Canonical.json(safe, isPretty: false).dropLast())
    }
    output.append(
      contentsOf: "\n],\"kind\":\"List\",\"metadata\":{\"resourceVersion\":\"\"}}\n".utf8)
    let isEvents = members.first?.event != nil
    return CollectedEntry(
      path: path, role: isEvents ? .events : .objects, source: .kubernetes,
      records: members.count,
      firstTime: isEvents ? members.compactMap { $0.event?.firstSeen }.min() : nil,
      lastTime: isEvents ? members.compactMap { $0.event?.lastSeen }.max() : nil, content: output)
  }

  /// Pages of longer lists; harmless when another input holds a list without a next page that has
  /// every object of the page.
  private func truncated(_ indices: [Int], in context: CollectionContext) -> [CoverageGap] {
    indices.filter { context.answers[$0].body?.isTruncatedList == true }.map { index in
      let wanted = context.answers[index].objectKeys
      let isHeld = indices.contains { other in
        other != index && context.answers[other].body?.isTruncatedList == false
          && wanted.isSubset(of: context.answers[other].objectKeys)
      }
      return CoverageGap(
        source: .kubernetes, subject: context.answers[index].path, code: .truncatedList,
        detail: isHeld
          ? "one page of a longer list; another file holds the whole list"
          : "one page of a longer list; export the rest, or use kubectl, which reads every page",
        losesEvidence: !isHeld)
    }
  }
}

extension ExportAnswer {
  /// What its Kubernetes objects and events are called.
  fileprivate var objectKeys: Set<[String]> {
    guard case .objects(let objects, let events) = content else { return [] }
    let refs = objects.map { [$0.ref.kind, $0.ref.namespace, $0.ref.name] }
    return Set(refs + events.map { ["Event", $0.event.namespace, $0.event.name] })
  }
}

import BundleStore
import Canonical
import JSONStream
import PromQL
import Telemetry

/// Answers of samples that belong into one entry: the chunks or overlapping pages of one query.
struct AnswerGroup: Sendable {
  /// The answers, as indices of the context's, ascending.
  let indices: [Int]
  /// The query, from the first start to the last end.
  let query: RecordedQuery
  let source: SourceKind
  /// What the query selects when it is a plain selector of Prometheus.
  let selector: PlainSelector?
  /// Whether the answer is a vector: one instant, one sample a series.
  let isVector: Bool
  /// Whether the times are those of samples and not of a grid's steps.
  let hasSampleTimes: Bool
  /// A digest that tells groups of equal queries apart.
  let digest: ContentDigest
  /// Whether the group is raw data; the others are recorded answers.
  private(set) var isRaw = false

  /// Sorts by query, then digest; entries are numbered in this order.
  static func precedes(_ left: AnswerGroup, _ right: AnswerGroup) -> Bool {
    let (first, second) = (left.query, right.query)
    if !first.expression.hasSameBytes(as: second.expression) {
      return first.expression.precedesInBytes(second.expression)
    }
    if !first.api.hasSameBytes(as: second.api) { return first.api.precedesInBytes(second.api) }
    let earliest = Timestamp(nanoseconds: .min)
    let starts = (first.start ?? earliest, second.start ?? earliest)
    if starts.0 != starts.1 { return starts.0 < starts.1 }
    let ends = (first.end ?? earliest, second.end ?? earliest)
    if ends.0 != ends.1 { return ends.0 < ends.1 }
    let steps = (first.step ?? .zero, second.step ?? .zero)
    if steps.0 != steps.1 { return steps.0 < steps.1 }
    return left.digest.hex.precedesInBytes(right.digest.hex)
  }

  /// The groups of all answers that hold samples, in order, with raw ones marked.
  static func groups(of answers: [ExportAnswer], excluding excluded: Set<Int>) -> [AnswerGroup] {
    var indicesByKey: [String: [Int]] = [:]
    for (index, answer) in answers.enumerated() {
      guard !excluded.contains(index), case .samples(let table) = answer.content,
        !table.samples.isEmpty
      else { continue }
      indicesByKey[key(of: answer, table), default: []].append(index)
    }
    let keys = indicesByKey.keys.sorted { $0.precedesInBytes($1) }
    var groups = keys.map { AnswerGroup(indicesByKey[$0] ?? [], answers) }
    groups.sort(by: precedes)
    for index in RawSelection.rawGroups(groups, answers) { groups[index].isRaw = true }
    return groups
  }

  /// Answers of one key answer the same query.
  private static func key(of answer: ExportAnswer, _ table: SampleTable) -> String {
    let isVector = answer.kind == .prometheusVector
    if let request = answer.request, !request.expression.isEmpty {
      let instant = request.isRange ? "" : "\(request.start?.nanoseconds ?? 0)"
      let step = request.step?.nanoseconds ?? 0
      return "\(request.expression)\u{0}\(request.api)\u{0}\(instant)\u{0}\(step)\u{0}\(isVector)"
    }
    if let name = table.commonMetricName, !isVector, !answer.isFromLoki {
      return "\(name)\u{0}\u{0}\(table.isGrid)"
    }
    return "\u{0}\(answer.digest.hex)\u{0}\(answer.request?.api ?? "")"
  }

  private init(_ indices: [Int], _ answers: [ExportAnswer]) {
    let members = indices.map { answers[$0] }
    guard let first = members.first else { preconditionFailure("BUG: a group without answers") }
    let tables = members.compactMap { answer -> SampleTable? in
      if case .samples(let table) = answer.content { table } else { nil }
    }
    self.indices = indices
    source = first.source
    isVector = first.kind == .prometheusVector
    let name = first.expression.isEmpty ? tables.first?.commonMetricName : nil
    let isPrometheus = !first.isFromLoki
    let expression = isPrometheus ? name ?? first.expression : first.expression
    selector = isPrometheus ? PlainSelector(expression) : nil
    let isKnown = first.request?.start != nil
    let isGrid = tables.allSatisfy(\.isGrid)
    hasSampleTimes = selector?.range != nil || (!isKnown && !isVector && !isGrid)
    digest = members.map(\.digest).min { $0.hex.precedesInBytes($1.hex) } ?? first.digest
    let span = Self.span(of: tables)
    let starts = members.compactMap { $0.request?.start }
    let ends = members.compactMap { $0.request?.end }
    query = RecordedQuery(
      api: first.request?.api ?? "", expression: expression,
      start: starts.min() ?? span.map { Timestamp(nanoseconds: $0.lowerBound) },
      end: ends.max() ?? span.map { Timestamp(nanoseconds: $0.upperBound) },
      step: first.request?.step
        ?? (isKnown || isVector || !isGrid ? nil : tables.compactMap(\.step).min()))
  }

  private static func span(of tables: [SampleTable]) -> ClosedRange<Int64>? {
    let spans = tables.compactMap(\.span)
    guard let first = spans.map(\.lowerBound).min(), let last = spans.map(\.upperBound).max() else {
      return nil
    }
    return first...last
  }
}

extension SampleTable {
  /// The metric name that every series has, or nil.
  var commonMetricName: String? {
    guard let name = series.first?.labels.metricName else { return nil }
    return series.allSatisfy { $0.labels.metricName?.hasSameBytes(as: name) == true } ? name : nil
  }

  /// The largest step of which all times are multiples from the first; nil for a single time.
  var step: TimeSpan? {
    guard let first = samples.first?.nanoseconds else { return nil }
    var divisor: UInt64 = 0
    for sample in samples {
      var rest = (sample.nanoseconds &- first).magnitude
      while rest > 0 { (divisor, rest) = (rest, divisor % rest) }
      if divisor == 1 { break }
    }
    return divisor == 0 ? nil : TimeSpan(nanoseconds: Int64(clamping: divisor))
  }

  /// Whether the times look like the steps of a query: scrapes are a few milliseconds off.
  var isGrid: Bool { step.map { $0 >= .seconds(1) } ?? true }
}

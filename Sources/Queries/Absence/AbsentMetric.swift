import BundleStore
import PromQL
import Telemetry

/// A selector that finds nothing in a bundle because the bundle does not hold its metric.
public struct AbsentMetric: Hashable, Sendable {
  /// The metric, or the selector's text when it fixes no name.
  public let name: String
  /// Names that may have been meant, the most alike first.
  public let nearest: [String]
  /// Whether the capture asked for it, and what came of that.
  public let request: Request
  /// Where the selector stands in the query.
  public let position: SourceRange

  /// What the capture did about a metric.
  public enum Request: Hashable, Sendable {
    /// It never asked.
    case none
    /// It asked, and this gap says what it got.
    case gap(GapCode, subject: String)
    /// It asked only for expressions with it, of which this is the first.
    case derived(expression: String)
  }

  /// One sentence: what is missing, what may have been meant, why it is missing.
  public var description: String {
    var text = "the bundle holds no series of \(name)"
    if !nearest.isEmpty { text += "; nearest names: \(nearest.joined(separator: ", "))" }
    switch request {
    case .none: text += "; the capture did not ask for it"
    case .gap(.emptyResult, let subject):
      text += "; the capture asked for it and got an empty answer (\(subject))"
    case .gap(let code, let subject):
      text += "; the capture asked for it and got none (\(code.rawValue), \(subject))"
    case .derived(let expression):
      text += "; the capture asked for it only inside `\(expression)`"
    }
    return text
  }
}

/// Looks for the selectors of an expression that a bundle cannot answer.
struct AbsenceSearch {
  let manifest: Manifest
  let source: BundleSeriesSource
  let recorded: RecordedAnswers

  /// The selectors of metrics that the bundle does not hold, in order of the query, each metric
  /// once.
  ///
  /// - Throws: what `source` throws.
  func absentMetrics(of uses: [SelectorUse]) throws -> [AbsentMetric] {
    var found: [AbsentMetric] = []
    for use in uses {
      let onName = use.selector.matchers.filter(\.isOnName)
      let matchers = onName.isEmpty ? use.selector.matchers : onName
      guard try source.series(matching: matchers, from: .min, to: .max).isEmpty else { continue }
      let absent = absentMetric(use.selector)
      if !found.contains(where: { $0.name.hasSameBytes(as: absent.name) }) { found.append(absent) }
    }
    return found
  }

  /// The selectors that select none of the series that the bundle holds of their metric.
  ///
  /// - Throws: what `source` throws.
  func unmatchedSelectors(of uses: [SelectorUse]) throws -> [UnmatchedSelector] {
    try uses.compactMap { use in
      let onName = use.selector.matchers.filter(\.isOnName)
      guard !onName.isEmpty, onName.count < use.selector.matchers.count else { return nil }
      let labels = try source.series(matching: onName, from: .min, to: .max).map(\.labels)
      return UnmatchedSelector(use.selector, among: labels)
    }
  }

  private func absentMetric(_ selector: VectorSelector) -> AbsentMetric {
    guard let name = selector.metricName else {
      return AbsentMetric(
        name: Expression.vectorSelector(selector).text, nearest: [], request: .none,
        position: selector.position)
    }
    return AbsentMetric(
      name: name, nearest: NearestNames.of(name, among: source.metricNames),
      request: request(for: name), position: selector.position)
  }

  private func request(for name: String) -> AbsentMetric.Request {
    let entries = source.index.entries(holding: name).map { source.index.entries[$0] }
    let gaps = manifest.gaps.filter { $0.source == .prometheus } + source.gaps
    let own = gaps.filter { gap in
      gap.detail.mentions(name) || gap.subject.mentions(name)
        || entries.contains { $0.metricName != nil && $0.file.path.hasSameBytes(as: gap.subject) }
    }
    if let gap = own.min() { return .gap(gap.code, subject: gap.subject) }
    if let expression = recorded.expressions(with: name).first {
      return .derived(expression: expression)
    }
    if let entry = entries.first(where: { $0.metricName != nil }) {
      return .gap(.emptyResult, subject: entry.file.path)
    }
    return .none
  }
}

extension String {
  /// Whether `name` stands in the text as a whole word of PromQL.
  fileprivate func mentions(_ name: String) -> Bool {
    let (text, word) = (Array(utf8), Array(name.utf8))
    guard !word.isEmpty, text.count >= word.count else { return false }
    func isPart(_ index: Int) -> Bool {
      guard text.indices.contains(index) else { return false }
      switch text[index] {
      case 48...57, 65...90, 97...122, UInt8(ascii: "_"), UInt8(ascii: ":"): return true
      default: return false
      }
    }
    return (0...(text.count - word.count)).contains { start in
      text[start...].starts(with: word) && !isPart(start - 1) && !isPart(start + word.count)
    }
  }
}

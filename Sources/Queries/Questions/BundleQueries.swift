import BundleStore
import Canonical
import PromQL
import Telemetry

/// Answers PromQL questions from a bundle.
///
/// Series are read when a question first needs them and kept. Safe for one question at a time.
public struct BundleQueries: Sendable {
  private let bundle: BundleReader
  /// The bundle's metrics.
  public let source: BundleSeriesSource
  /// How the captured server evaluated.
  public let server: RecordedServer

  /// Opens a bundle's metrics; nothing but its status is read yet.
  ///
  /// - Parameter threads: Entries read at a time, at least 1.
  public init(_ bundle: BundleReader, threads: Int) {
    self.bundle = bundle
    source = BundleSeriesSource(bundle, threads: threads)
    server = RecordedServer(of: bundle)
  }

  /// The answer to a question.
  ///
  /// When the bundle lacks a metric of the expression but holds the recorded server's answer to
  /// the whole of it, that one serves and a warning says so.
  ///
  /// - Parameter usesRecordedAnswers: Whether a recorded answer may serve.
  /// - Throws: `BundleQueryError`; `BundleError` when the bundle was refused or cannot be read.
  public func answer(
    to question: BundleQuestion, usesRecordedAnswers: Bool = true
  ) throws -> BundleAnswer {
    let expression = try parsed(question.text)
    let times = try AskedTimes(
      question.times, for: expression, window: bundle.manifest.window,
      scrapeInterval: server.scrapeInterval)
    let uses = SelectorUse.all(in: expression)
    let recorded = RecordedAnswers(bundle)
    let search = AbsenceSearch(manifest: bundle.manifest, source: source, recorded: recorded)
    let absent = try search.absentMetrics(of: uses)
    if usesRecordedAnswers, !absent.isEmpty,
      let found = try recorded.answer(to: expression, over: times.grid)
    {
      return answer(expression, times, recorded: found, absent)
    }
    if question.isStrict, !absent.isEmpty { throw BundleQueryError.absentMetrics(absent) }
    var result = try evaluated(expression, times, lookback: question.lookback, uses)
    let scope = QuestionScope(uses: uses, times: times, index: source.index, bundle.manifest.window)
    let unmatched = try search.unmatchedSelectors(of: uses)
    result.warnings += absent.map { $0.warning } + scope.warnings + source.gaps.map(\.warning)
    result.warnings += unmatched.filter(\.isUnknownLabel).map {
      "bundle warning: \($0.description)"
    }
    result.infos += scope.notes
    result.infos += unmatched.filter { !$0.isUnknownLabel }.map { "bundle info: \($0.description)" }
    if let difference = try difference(of: result, from: expression, in: recorded) {
      result.warnings.append(difference)
    } else if expression.type != .matrix, readsGrids(uses) {
      result.infos.append(Self.gridNote)
    }
    return finished(expression, times, result, absent)
  }

  /// What the recorded server answered to an expression at the instants of `grid`; nil when the
  /// bundle does not hold its answer for all of them.
  public func recordedAnswer(to expression: Expression, over grid: QueryGrid) throws -> [Column]? {
    try RecordedAnswers(bundle).answer(to: expression, over: grid)?.columns
  }

  /// How far back from a step an expression looks, without the lookback of instant selectors and
  /// without what `@` fixes; only literal durations count.
  public static func reach(of expression: Expression) -> TimeSpan {
    SelectorUse.all(in: expression).filter { !$0.isAnchored }.map(\.reach).max() ?? .zero
  }

  /// From when on every range of an expression holds scrapes with their own times, rather than the
  /// instants of a grid, as far as the bundle's entries say; nil when one never does, or when the
  /// expression has no ranges.
  public func scrapesBegin(for expression: Expression) -> Timestamp? {
    let ranges = SelectorUse.all(in: expression).filter(\.isRange)
    let starts = ranges.map { use in
      source.index.entries(for: use.selector.matchers).compactMap { index -> Timestamp? in
        let coverage = source.index.entries[index].coverage
        return coverage.step == nil ? coverage.span?.lowerBound : nil
      }.min()
    }
    guard !starts.isEmpty, !starts.contains(nil) else { return nil }
    return starts.compactMap { $0 }.max().map { $0 + Self.reach(of: expression) }
  }

  /// How `expression` is evaluated over what the bundle holds.
  public func options(for expression: Expression, lookback: TimeSpan? = nil) -> QueryOptions {
    options(SelectorUse.all(in: expression), lookback)
  }

  /// Whether an expression has a range selector.
  public static func readsRanges(_ expression: Expression) -> Bool {
    SelectorUse.all(in: expression).contains(where: \.isRange)
  }

  /// The metrics that an expression names, each once, sorted.
  public static func metricNames(in expression: Expression) -> [String] {
    let names = SelectorUse.all(in: expression).compactMap(\.selector.metricName)
    return Set(names.map(Label.init(metric:))).map(\.value).sorted { $0.precedesInBytes($1) }
  }

  private func options(_ uses: [SelectorUse], _ lookback: TimeSpan?) -> QueryOptions {
    let needed = uses.filter(\.isRange).flatMap { source.index.entries(for: $0.selector.matchers) }
    let readsScrapesFromGrid = needed.contains { index in
      guard let step = source.index.entries[index].coverage.step else { return false }
      return server.scrapeInterval.map { step <= $0 } ?? true
    }
    return server.options(lookback: lookback, readsScrapesFromGrid: readsScrapesFromGrid)
  }

  /// Why an expression can select nothing, when every selector of it names a label that no series
  /// of its metric has; sentences. None when one selector may find something.
  ///
  /// - Throws: what the source throws.
  public func unknownLabels(in expression: Expression) throws -> [String] {
    let search = AbsenceSearch(
      manifest: bundle.manifest, source: source, recorded: RecordedAnswers(bundle))
    let uses = SelectorUse.all(in: expression)
    let unknown = try search.unmatchedSelectors(of: uses).filter(\.isUnknownLabel)
    return unknown.count == uses.count ? unknown.map(\.description) : []
  }

  /// How far a result lies from the server's own; nil when they agree or there is none.
  private func difference(
    of result: QueryResult, from expression: Expression, in recorded: RecordedAnswers
  ) throws -> String? {
    guard case .vector(let columns) = result.value,
      let found = try recorded.answer(to: expression, over: result.grid)
    else { return nil }
    return RecordedDifference(of: columns, with: found.columns)
      .warning(recordedIn: found.file.path)
  }

  /// Whether a range is read from the instants of a grid instead of from scrapes.
  private func readsGrids(_ uses: [SelectorUse]) -> Bool {
    uses.filter(\.isRange).contains { use in
      source.index.entries(for: use.selector.matchers).contains {
        source.index.entries[$0].coverage.step != nil
      }
    }
  }

  private static let gridNote =
    "bundle info: ranges are read from a grid of instants, not from the scrapes themselves, so"
    + " rates can be off where a scrape was missed or a series began"

  private func parsed(_ text: String) throws -> Expression {
    do {
      return try Expression.parse(text)
    } catch {
      throw BundleQueryError.syntax(error)
    }
  }

  private func evaluated(
    _ expression: Expression, _ times: AskedTimes, lookback: TimeSpan?, _ uses: [SelectorUse]
  ) throws -> QueryResult {
    let engine = QueryEngine(source: source, options: options(uses, lookback))
    do {
      switch times {
      case .instant(let instant): return try engine.result(of: expression, at: instant)
      case .range(let grid): return try engine.result(of: expression, over: grid)
      }
    } catch let error as QueryError {
      throw BundleQueryError.query(error)
    }
  }

  private func answer(
    _ expression: Expression, _ times: AskedTimes, recorded: RecordedAnswers.Found,
    _ absent: [AbsentMetric]
  ) -> BundleAnswer {
    let names = absent.map(\.name).joined(separator: ", ")
    let text =
      "the bundle holds no series of \(names), so this is the recorded answer of Prometheus"
      + " (\(recorded.file.path))"
    let result = QueryResult(
      grid: times.grid, value: .vector(recorded.columns), warnings: ["bundle warning: \(text)"])
    return finished(expression, times, result, absent)
  }

  /// The answer with every warning and note once, sorted.
  private func finished(
    _ expression: Expression, _ times: AskedTimes, _ result: QueryResult,
    _ absent: [AbsentMetric]
  ) -> BundleAnswer {
    var result = result
    result.warnings = result.warnings.eachOnceSorted
    result.infos = result.infos.eachOnceSorted
    return BundleAnswer(
      expression: expression, times: times, result: result, absentMetrics: absent,
      damages: source.gaps)
  }
}

extension AbsentMetric {
  fileprivate var warning: String {
    "bundle warning: \(description) (\(position.line):\(position.column))"
  }
}

extension CoverageGap {
  fileprivate var warning: String { "bundle warning: \(detail)" }
}

extension [String] {
  /// Each text once, in order of its bytes.
  fileprivate var eachOnceSorted: [String] {
    sorted { $0.precedesInBytes($1) }.reduce(into: []) { kept, text in
      if kept.last?.hasSameBytes(as: text) != true { kept.append(text) }
    }
  }
}

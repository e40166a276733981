/// Something asked for, or handed in, and not obtained.
public struct CoverageGap: Hashable, Comparable, Sendable {
  /// Where the data would have come from.
  public let source: SourceKind
  /// What is missing: a path of the export, a query, or a kind of object.
  public let subject: String
  /// The time that is not covered, or nil when the gap has none.
  public let range: TimeRange?
  /// Why it is missing.
  public let code: GapCode
  /// What happened, in words, and what to do about it.
  public let detail: String
  /// Whether evidence may be missing because of it; false for what the bundle holds another way.
  public let losesEvidence: Bool

  /// Makes a gap.
  public init(
    source: SourceKind, subject: String, range: TimeRange? = nil, code: GapCode, detail: String,
    losesEvidence: Bool
  ) {
    self.source = source
    self.subject = subject
    self.range = range
    self.code = code
    self.detail = detail
    self.losesEvidence = losesEvidence
  }

  /// Sorts by source, subject, code and time.
  public static func < (left: CoverageGap, right: CoverageGap) -> Bool {
    if left.source != right.source { return left.source < right.source }
    if !left.subject.hasSameBytes(as: right.subject) {
      return left.subject.precedesInBytes(right.subject)
    }
    if left.code != right.code { return left.code.rawValue.precedesInBytes(right.code.rawValue) }
    let starts = (left.range?.start.nanoseconds ?? 0, right.range?.start.nanoseconds ?? 0)
    if starts.0 != starts.1 { return starts.0 < starts.1 }
    return left.detail.precedesInBytes(right.detail)
  }
}

/// The systems that telemetry comes from, named as in a manifest.
public enum SourceKind: String, Hashable, Comparable, Sendable, CaseIterable {
  case prometheus, loki, kubernetes, export

  /// Sorts in order of declaration.
  public static func < (left: SourceKind, right: SourceKind) -> Bool {
    (allCases.firstIndex(of: left) ?? 0) < (allCases.firstIndex(of: right) ?? 0)
  }
}

/// Why something is missing; a closed vocabulary that scripts may rely on.
public enum GapCode: String, Hashable, Sendable, CaseIterable {
  /// A page or query stopped at its limit.
  case capped = "CAPPED"
  /// Kubernetes had deleted the events before they were captured.
  case eventTTL = "EVENT_TTL"
  /// The server said its answer is partial.
  case serverPartial = "SERVER_PARTIAL"
  /// The server answered with an error, in any form.
  case serverError = "SERVER_ERROR"
  /// A list with more pages of which only one was captured.
  case truncatedList = "TRUNCATED_LIST"
  /// One nanosecond holds more log lines than a page.
  case saturatedNanosecond = "SATURATED_NS"
  /// A query that returned nothing.
  case emptyResult = "EMPTY_RESULT"
  /// The body could not be parsed to its end.
  case malformed = "MALFORMED"
  /// The content is of no kind this version reads.
  case unrecognised = "UNRECOGNISED"
  /// A table for people where the same facts exist as data.
  case textTable = "TEXT_TABLE"
  /// The steps of a grid are wider than the scrape interval.
  case coarseStep = "STEP_COARSER_THAN_SCRAPE"
  /// Nothing of this source was handed in or asked for.
  case notRequested = "NOT_REQUESTED"
  /// A budget stopped the capture.
  case budget = "BUDGET"
  /// A file of the bundle is damaged.
  case damaged = "DAMAGED"
  /// A file that the manifest lists is not in the bundle.
  case missingFile = "MISSING_FILE"
  /// Data that lies outside the window.
  case outsideWindow = "OUTSIDE_WINDOW"
  /// Independent counts disagree.
  case countMismatch = "COUNT_MISMATCH"
}

/// How much of what was asked for is there.
public enum CoverageVerdict: String, Hashable, Sendable {
  case complete, partial, insufficient
}

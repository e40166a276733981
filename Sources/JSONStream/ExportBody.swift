import Telemetry

/// What one export body turned out to be, after reading it to its end.
public struct ExportBody: Sendable {
  /// What kind of answer it is.
  public var kind: ExportKind
  /// The whole document of a small body, envelope included (rules, alerts, targets, metadata,
  /// status, lists, scalars, `Table`, `Status`); nil for bodies that went to the sink.
  public var document: JSONValue?
  /// Warnings and infos of the server, in its words.
  public var warnings: [String] = []
  /// The server's error, when it answered with one.
  public var error: String?
  /// Whether a list has a `continue` token or `remainingItemCount`: more pages exist.
  public var isTruncatedList = false
  /// Whether the answer carries Loki's `stats`, which tells a Loki matrix from a Prometheus one.
  public var hasLokiStats = false
  /// Whether a Loki answer keeps stream labels and structured metadata apart.
  public var hasCategorisedLabels = false
  /// Series, streams and objects that went to the sink.
  public var groups = 0
  /// Samples, lines and objects that went to the sink.
  public var records = 0
  /// Byte sequences that were not UTF-8 and were replaced by U+FFFD.
  public var replacedUTF8 = 0
  /// Keys that appeared twice in one object; the last value was kept.
  public var duplicateKeys = 0

  /// Makes a description of a body of `kind`.
  public init(kind: ExportKind) {
    self.kind = kind
  }
}

/// The kinds of export body, told from content alone.
public enum ExportKind: String, Hashable, Sendable, CaseIterable {
  case prometheusMatrix, prometheusVector, prometheusScalar
  case prometheusRules, prometheusAlerts, prometheusMetadata, prometheusTargets
  /// `status/buildinfo`, `flags`, `runtimeinfo`, `tsdb`, `config`: told apart by their keys.
  case prometheusStatus
  /// A list of label names, label values, or series; an empty list is a `labelList`.
  case labelList, seriesList
  case lokiStreams, lokiStatistics, lokiPatterns, lokiDetectedFields
  /// Loki's own `buildinfo`, which has no envelope.
  case lokiBuild
  /// `logcli -o jsonl`: one object of labels, line and timestamp a line.
  case logcliLines
  case kubernetesList, kubernetesObject, kubernetesTable, kubernetesStatus, kubernetesVersion
  /// An error envelope of Prometheus or Loki, or a success envelope without data.
  case serverError
  /// The table of queries that belongs to an export.
  case queryTable
  /// JSON of no known shape.
  case unrecognisedJSON
}

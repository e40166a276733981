import Canonical
import JSONStream
import Telemetry

/// One file of an export after reading: what it is, and the telemetry it holds.
public struct ExportAnswer: Sendable {
  /// Which tree of files it stood in, and its path there; see `ExportFile`.
  let tree: Int
  let place: String
  /// Its size in bytes.
  let bytes: Int
  /// The digest of its bytes.
  let digest: ContentDigest
  /// What was read from it.
  var content: Content
  /// What the reader said about a JSON body; nil for anything else.
  let body: ExportBody?
  /// Its path below the root of its export; empty until `ExportRoots` has found it.
  var path = ""
  /// What the table of queries says about it, when there is one.
  var request: QueryTable.Entry?

  /// What a file holds.
  enum Content: Sendable {
    case samples(SampleTable)
    case logs(LogTable)
    case objects([KubeObject], [BodySink.Event])
    case document(JSONValue)
    case text(PlainText)
    /// The body could not be parsed to its end; the words say where.
    case malformed(String)
    /// It was not read; the words say why.
    case skipped(String, losesEvidence: Bool)
  }

  /// The kind of a JSON body, or nil.
  var kind: ExportKind? { body?.kind }

  /// The expression that it answers, or empty when that is not known.
  var expression: String { request?.expression ?? "" }

  /// Whether Loki gave the answer, as far as request and content tell.
  var isFromLoki: Bool {
    if let request, !request.api.isEmpty { return request.isLoki }
    switch kind {
    case .lokiStreams, .lokiStatistics, .lokiPatterns, .lokiDetectedFields, .lokiBuild,
      .logcliLines:
      return true
    default: return body?.hasLokiStats ?? false
    }
  }

  /// The system that it came from.
  var source: SourceKind {
    switch kind {
    case .kubernetesList, .kubernetesObject, .kubernetesTable, .kubernetesStatus,
      .kubernetesVersion:
      return .kubernetes
    case .unrecognisedJSON, .queryTable, nil:
      if let request, request.api.isEmpty, request.command.hasPrefix("kubectl") {
        return .kubernetes
      }
      guard let api = request?.api, !api.isEmpty else { return .export }
      return isFromLoki ? .loki : .prometheus
    default: return isFromLoki ? .loki : .prometheus
    }
  }
}

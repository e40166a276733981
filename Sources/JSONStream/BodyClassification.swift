import Telemetry

/// Tells what a body is from the members of its root and from what went to the sink.
struct BodyClassification {
  private let root: JSONValue
  private let streamed: BodyReader.Streamed?

  /// - Parameter root: The root of the body without what went to the sink.
  init(root: JSONValue, streamed: BodyReader.Streamed?) {
    self.root = root
    self.streamed = streamed
  }

  /// Fills in the kind of `body` and what the envelope says.
  func describe(_ body: inout ExportBody) {
    body.kind = kind
    body.warnings = ["warnings", "infos"].flatMap { root[$0]?.elements.compactMap(\.string) ?? [] }
    body.error = error
    body.isTruncatedList = isTruncatedList
    body.hasLokiStats = hasLokiStats
    let flags = root["data"]?["encodingFlags"] ?? root["encodingFlags"]
    if flags?.elements.contains(.string("categorize-labels")) == true {
      body.hasCategorisedLabels = true
    }
    if streamed == nil, !Self.sinkKinds.contains(body.kind) { body.document = root }
  }

  /// Kinds whose bodies go to the sink even when they are empty.
  private static let sinkKinds: Set<ExportKind> = [
    .prometheusMatrix, .prometheusVector, .lokiStreams, .logcliLines, .kubernetesList,
    .kubernetesObject,
  ]

  /// What kind of answer the body is.
  var kind: ExportKind {
    if isErrorEnvelope { return .serverError }
    switch streamed {
    case .matrix: return .prometheusMatrix
    case .vector: return .prometheusVector
    case .streams: return .lokiStreams
    case .items: return .kubernetesList
    case .logcliLines: return .logcliLines
    case nil: break
    }
    return envelopeKind ?? kubernetesKind ?? plainKind ?? .unrecognisedJSON
  }

  private var error: String? {
    switch kind {
    case .serverError:
      root["error"]?.string ?? root["message"]?.string ?? root["errorType"]?.string
    case .kubernetesStatus: root["message"]?.string ?? root["reason"]?.string
    default: nil
    }
  }

  private var isTruncatedList: Bool {
    let metadata = root["metadata"]
    return metadata?.words("continue") != nil && root["kind"]?.string != "Status"
      || (metadata?["remainingItemCount"]?.integer ?? 0) > 0
  }

  /// Loki reports a `summary`; the `stats` of Prometheus hold timings and samples.
  private var hasLokiStats: Bool {
    let stats = root["data"]?["stats"] ?? root["stats"]
    return ["summary", "ingester", "querier"].contains { stats?[$0] != nil }
  }
}

// MARK: Envelopes of Prometheus and Loki

extension BodyClassification {
  private var isErrorEnvelope: Bool {
    root["apiVersion"] == nil && root["status"]?.string == "error"
  }

  private var envelopeKind: ExportKind? {
    guard root["apiVersion"] == nil, let status = root["status"]?.string else {
      if case .array = root["streams"] { return .lokiStreams }
      return root["resultType"] != nil ? kind(ofData: root) : nil
    }
    guard status == "success" else { return nil }
    switch root["data"] {
    case nil, .null: return .serverError
    case .array(let elements): return kind(ofList: elements)
    case .object(let members): return kind(ofData: .object(members))
    default: return nil
    }
  }

  private func kind(ofList elements: [JSONValue]) -> ExportKind? {
    if elements.allSatisfy({ $0.string != nil }) { return .labelList }
    if elements.allSatisfy({ $0["pattern"] != nil && $0["samples"] != nil }) {
      return .lokiPatterns
    }
    if elements.allSatisfy({ $0["target"] != nil && $0["type"] != nil }) {
      return .prometheusMetadata
    }
    let areLabels = elements.allSatisfy { element in
      guard case .object(let members) = element else { return false }
      return members.allSatisfy { $0.value.string != nil }
    }
    return areLabels ? .seriesList : nil
  }

  private func kind(ofData data: JSONValue) -> ExportKind? {
    if let resultType = data["resultType"]?.string { return kind(ofResultType: resultType) }
    if case .array(let elements) = data["result"] {
      return elements.first?.double != nil ? .prometheusScalar : nil
    }
    let marks: [(String, ExportKind)] = [
      ("groups", .prometheusRules), ("alerts", .prometheusAlerts),
      ("activeTargets", .prometheusTargets), ("droppedTargets", .prometheusTargets),
      ("goVersion", .prometheusStatus), ("yaml", .prometheusStatus),
      ("headStats", .prometheusStatus), ("startTime", .prometheusStatus),
    ]
    if let mark = marks.first(where: { data[$0.0] != nil }) { return mark.1 }
    let values = data.members.map(\.value)
    if !values.isEmpty, values.allSatisfy({ $0.string != nil }) { return .prometheusStatus }
    let isMetadata = values.allSatisfy { value in
      guard case .array(let entries) = value else { return false }
      return entries.allSatisfy { $0["type"] != nil }
    }
    return isMetadata ? .prometheusMetadata : nil
  }

  private func kind(ofResultType type: String) -> ExportKind? {
    switch type {
    case "matrix": .prometheusMatrix
    case "vector": .prometheusVector
    case "scalar", "string": .prometheusScalar
    case "streams": .lokiStreams
    default: nil
    }
  }
}

// MARK: Kubernetes, and documents without an envelope

extension BodyClassification {
  private var kubernetesKind: ExportKind? {
    guard let kind = root["kind"]?.string, root["apiVersion"]?.string != nil else {
      let isVersion = root["gitVersion"] != nil && root["major"] != nil
      let isVersionPair = root["clientVersion"] != nil || root["serverVersion"] != nil
      return isVersion || isVersionPair ? .kubernetesVersion : nil
    }
    switch kind {
    case "Table": return .kubernetesTable
    case "Status": return .kubernetesStatus
    default: return kind.hasSuffix("List") ? .kubernetesList : .kubernetesObject
    }
  }

  private var plainKind: ExportKind? {
    if ["streams", "chunks", "entries"].allSatisfy({ root[$0]?.integer != nil }) {
      return .lokiStatistics
    }
    if root["fields"] != nil || root["detectedLabels"] != nil { return .lokiDetectedFields }
    if root["version"]?.string != nil, root["goVersion"] != nil { return .lokiBuild }
    let values = root.members.map(\.value)
    let isQueryTable =
      !values.isEmpty && values.allSatisfy { $0["api"] != nil || $0["command"] != nil }
    return isQueryTable ? .queryTable : nil
  }
}

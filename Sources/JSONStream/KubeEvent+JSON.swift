import Telemetry

extension KubeEvent {
  /// Reads an event of `v1` or `events.k8s.io`; nil when `object` is of another kind.
  ///
  /// - Source: kubectl's `get events` and `describe`: series first, then the legacy fields, then
  ///   `eventTime`. The `deprecated…` fields of `events.k8s.io` are the legacy fields of `v1`.
  init?(_ object: KubeObject) {
    let version = object.apiVersion
    guard object.ref.kind == "Event",
      version == "v1" || version.isEmpty || version.hasPrefix("events.k8s.io/")
    else { return nil }
    let document = object.document
    let series = document["series"]
    let firstLegacy = document.time("firstTimestamp") ?? document.time("deprecatedFirstTimestamp")
    let lastLegacy = document.time("lastTimestamp") ?? document.time("deprecatedLastTimestamp")
    let eventTime = document.time("eventTime")
    self.init(
      uid: object.uid, namespace: object.ref.namespace, name: object.ref.name,
      regarding: ObjectRef(regarding: document["regarding"] ?? document["involvedObject"]),
      reason: document.words("reason") ?? "",
      note: document.words("note") ?? document.words("message") ?? "",
      isWarning: document["type"]?.string == "Warning",
      reporter: Self.reporter(of: document),
      firstSeen: eventTime ?? firstLegacy ?? object.createdAt,
      lastSeen: series?.time("lastObservedTime") ?? lastLegacy ?? eventTime,
      count: Self.count(of: document))
  }

  private static func reporter(of document: JSONValue) -> String {
    document.words("reportingController") ?? document.words("reportingComponent")
      ?? document["source"]?.words("component")
      ?? document["deprecatedSource"]?.words("component") ?? ""
  }

  private static func count(of document: JSONValue) -> Int64 {
    let counts = [
      document["series"]?["count"], document["count"], document["deprecatedCount"],
    ].compactMap { $0?.integer }
    return min(counts.first { $0 > 0 } ?? 1, Int64(Int32.max))
  }
}

extension ObjectRef {
  fileprivate init(regarding reference: JSONValue?) {
    self.init(
      kind: reference?.words("kind") ?? "", namespace: reference?.words("namespace") ?? "",
      name: reference?.words("name") ?? "")
  }
}

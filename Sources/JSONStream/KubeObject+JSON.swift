import Canonical
import Telemetry

extension KubeObject {
  /// Reads the identity of an object; nil when neither it nor its list says what kind it is.
  init?(_ document: JSONValue, in list: KubeListKind?) {
    guard let kind = document["kind"]?.string ?? list?.itemKind, !kind.isEmpty else { return nil }
    self.init(
      document, kind: kind,
      apiVersion: document["apiVersion"]?.string ?? list?.apiVersion ?? "")
  }

  /// An object whose kind nothing tells.
  init(unnamed document: JSONValue) {
    self.init(document, kind: "", apiVersion: document["apiVersion"]?.string ?? "")
  }

  private init(_ document: JSONValue, kind: String, apiVersion: String) {
    let metadata = document["metadata"]
    self.init(
      ref: ObjectRef(
        kind: kind, namespace: metadata?["namespace"]?.string ?? "",
        name: metadata?["name"]?.string ?? ""),
      apiVersion: apiVersion,
      uid: metadata?["uid"]?.string ?? "",
      resourceVersion: metadata?["resourceVersion"]?.string ?? "",
      createdAt: metadata?.time("creationTimestamp"),
      document: document)
  }
}

extension JSONValue {
  /// The member called `key` as an RFC 3339 time; nil for year 0001, null and what is no time.
  func time(_ key: String) -> Timestamp? {
    guard let text = self[key]?.string, text.contains("T") else { return nil }
    return Canonical.timestamp(text)
  }

  /// The member called `key` as text that is not empty.
  func words(_ key: String) -> String? {
    guard let text = self[key]?.string, !text.isEmpty else { return nil }
    return text
  }
}

import Canonical
import Telemetry

/// One copy of a Kubernetes object or event, as one input held it.
struct ObjectCopy: Sendable {
  /// The input, as an index of the context's answers.
  let input: Int
  let ref: ObjectRef
  let apiVersion: String
  let uid: String
  /// The event, when it is one.
  let event: KubeEvent?
  /// The document in canonical order, without the field sets of managed fields.
  let document: JSONValue
  private let resourceVersion: String
  private let hasManagedFields: Bool
  private let bytes: [UInt8]

  init(_ object: KubeObject, input: Int) {
    self.init(
      input: input, ref: object.ref, apiVersion: object.apiVersion, uid: object.uid, event: nil,
      resourceVersion: object.resourceVersion, document: object.document)
  }

  init(_ event: BodySink.Event, input: Int) {
    let document = event.document
    self.init(
      input: input,
      ref: ObjectRef(kind: "Event", namespace: event.event.namespace, name: event.event.name),
      apiVersion: document["apiVersion"]?.string ?? Self.eventVersion(document),
      uid: event.event.uid, event: event.event,
      resourceVersion: document["metadata"]?["resourceVersion"]?.string ?? "", document: document)
  }

  /// Items of a raw list carry no version; their fields tell the API.
  private static func eventVersion(_ document: JSONValue) -> String {
    document["regarding"] == nil ? "v1" : "events.k8s.io/v1"
  }

  private init(
    input: Int, ref: ObjectRef, apiVersion: String, uid: String, event: KubeEvent?,
    resourceVersion: String, document: JSONValue
  ) {
    self.input = input
    self.ref = ref
    self.apiVersion = apiVersion
    self.uid = uid
    self.event = event
    self.resourceVersion = resourceVersion
    let trimmed = ManagedFields.trimmed(document)
      .settingWhenAbsent("apiVersion", apiVersion).settingWhenAbsent("kind", ref.kind)
    self.document = trimmed.sortedByKey
    hasManagedFields = document["metadata"]?["managedFields"]?.elements.isEmpty == false
    bytes = Canonical.json(self.document, isPretty: false)
  }

  /// One copy of every object, sorted by reference and uid.
  ///
  /// The newest resource version wins, then the copy with managed fields, then the longer one. The
  /// copies of an event share its uid, whichever API gave them.
  static func merged(_ copies: [ObjectCopy]) -> [ObjectCopy] {
    var kept: [ObjectCopy] = []
    for copy in copies.sorted(by: precedes) {
      if let last = kept.last, last.isSameObject(as: copy) { continue }
      kept.append(copy)
    }
    return kept
  }

  /// The API group; empty for the core group.
  var group: String {
    let parts = apiVersion.split(separator: "/")
    return parts.count > 1 ? String(parts[0]) : ""
  }

  /// An event is one thing under two groups; of objects the group is part of the identity.
  private var identity: [String] {
    [ref.kind, event == nil ? group : "", ref.namespace, ref.name, uid]
  }

  private func isSameObject(as other: ObjectCopy) -> Bool {
    zip(identity, other.identity).allSatisfy { $0.hasSameBytes(as: $1) }
  }

  /// Copies of one object stand together, the best first.
  private static func precedes(_ left: ObjectCopy, _ right: ObjectCopy) -> Bool {
    for (first, second) in zip(left.identity, right.identity)
    where !first.hasSameBytes(as: second) {
      return first.precedesInBytes(second)
    }
    let versions = (UInt64(left.resourceVersion) ?? 0, UInt64(right.resourceVersion) ?? 0)
    if versions.0 != versions.1 { return versions.0 > versions.1 }
    if left.hasManagedFields != right.hasManagedFields { return left.hasManagedFields }
    if left.bytes.count != right.bytes.count { return left.bytes.count > right.bytes.count }
    if left.bytes != right.bytes { return left.bytes.lexicographicallyPrecedes(right.bytes) }
    return left.input < right.input
  }
}

/// What is kept of `metadata.managedFields`: who wrote when, not every field that was written.
enum ManagedFields {
  /// The document without `fieldsV1` and `fieldsType`, which are large and only name fields.
  static func trimmed(_ document: JSONValue) -> JSONValue {
    guard document["metadata"]?["managedFields"] != nil else { return document }
    return document.replacing("metadata") { metadata in
      metadata.replacing("managedFields") { fields in
        .array(fields.elements.map { $0.removing(["fieldsV1", "fieldsType"]) })
      }
    }
  }
}

extension JSONValue {
  fileprivate func replacing(_ key: String, _ change: (JSONValue) -> JSONValue) -> JSONValue {
    .object(
      members.map {
        $0.key.hasSameBytes(as: key) ? JSONMember(key: $0.key, value: change($0.value)) : $0
      })
  }

  fileprivate func removing(_ keys: [String]) -> JSONValue {
    .object(members.filter { member in !keys.contains { $0.hasSameBytes(as: member.key) } })
  }

  fileprivate func settingWhenAbsent(_ key: String, _ text: String) -> JSONValue {
    guard self[key] == nil, !text.isEmpty else { return self }
    return .object(members + [JSONMember(key: key, value: .string(text))])
  }
}

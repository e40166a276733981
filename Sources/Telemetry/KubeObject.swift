/// The identity of a Kubernetes object.
public struct ObjectRef: Hashable, Comparable, Sendable {
  /// The kind in its singular form, such as `Pod`.
  public let kind: String
  /// The namespace; empty for cluster-scoped kinds.
  public let namespace: String
  /// The object's name.
  public let name: String

  /// Makes a reference.
  public init(kind: String, namespace: String, name: String) {
    self.kind = kind
    self.namespace = namespace
    self.name = name
  }

  /// Sorts by kind, namespace and name, as bytes.
  public static func < (left: ObjectRef, right: ObjectRef) -> Bool {
    if !left.kind.hasSameBytes(as: right.kind) { return left.kind.precedesInBytes(right.kind) }
    if !left.namespace.hasSameBytes(as: right.namespace) {
      return left.namespace.precedesInBytes(right.namespace)
    }
    return left.name.precedesInBytes(right.name)
  }
}

/// A Kubernetes object as an export held it, with its identity read out.
public struct KubeObject: Hashable, Sendable {
  /// Which object it is.
  public let ref: ObjectRef
  /// The API version, such as `apps/v1`; empty when neither item nor list named one.
  public let apiVersion: String
  /// The object's uid; empty when it has none.
  public let uid: String
  /// The resource version at capture; empty when it has none.
  public let resourceVersion: String
  /// When the object was created, or nil.
  public let createdAt: Timestamp?
  /// The whole object.
  public let document: JSONValue

  /// Makes an object.
  public init(
    ref: ObjectRef, apiVersion: String, uid: String, resourceVersion: String,
    createdAt: Timestamp?, document: JSONValue
  ) {
    self.ref = ref
    self.apiVersion = apiVersion
    self.uid = uid
    self.resourceVersion = resourceVersion
    self.createdAt = createdAt
    self.document = document
  }
}

/// A Kubernetes event, read the same way from `v1` and from `events.k8s.io/v1`.
///
/// Times and count follow kubectl: last = `series.lastObservedTime` ?? `lastTimestamp` ??
/// `eventTime`; first = `eventTime` ?? `firstTimestamp` ?? creation; count = `series.count` ??
/// `count` ?? 1, where 0 and null mean 1.
public struct KubeEvent: Hashable, Sendable {
  /// The event's own uid; one event has the same uid in both APIs.
  public let uid: String
  /// The event's namespace.
  public let namespace: String
  /// The event's own name.
  public let name: String
  /// The object that it is about.
  public let regarding: ObjectRef
  /// The CamelCase reason, such as `BackOff`.
  public let reason: String
  /// The message for people.
  public let note: String
  /// Whether its type is `Warning`.
  public let isWarning: Bool
  /// The component that wrote it, such as `kubelet`.
  public let reporter: String
  /// When it was first seen, or nil when it carries no usable time.
  public let firstSeen: Timestamp?
  /// When it was last seen, or nil when it carries no usable time.
  public let lastSeen: Timestamp?
  /// How often it was seen, at least 1. Not a rate: see `firstSeen` and `lastSeen`.
  public let count: Int64

  /// Makes an event.
  public init(
    uid: String, namespace: String, name: String, regarding: ObjectRef, reason: String,
    note: String, isWarning: Bool, reporter: String, firstSeen: Timestamp?, lastSeen: Timestamp?,
    count: Int64
  ) {
    self.uid = uid
    self.namespace = namespace
    self.name = name
    self.regarding = regarding
    self.reason = reason
    self.note = note
    self.isWarning = isWarning
    self.reporter = reporter
    self.firstSeen = firstSeen
    self.lastSeen = lastSeen
    self.count = count
  }
}

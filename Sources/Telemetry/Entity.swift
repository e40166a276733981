/// Something that can break: a service, a pod, a node, a deployment, or a thing outside.
public struct Entity: Hashable, Comparable, Sendable {
  /// What kind of thing it is.
  public let kind: EntityKind
  /// Its Kubernetes namespace; empty for nodes, for things outside and when it is not known.
  public let namespace: String
  /// Its name as Kubernetes or the telemetry gives it.
  public let name: String

  /// Makes an entity.
  public init(kind: EntityKind, namespace: String = "", name: String) {
    self.kind = kind
    self.namespace = namespace
    self.name = name
  }

  /// Sorts by kind, namespace and name, as bytes.
  public static func < (left: Entity, right: Entity) -> Bool {
    if left.kind != right.kind { return left.kind < right.kind }
    if !left.namespace.hasSameBytes(as: right.namespace) {
      return left.namespace.precedesInBytes(right.namespace)
    }
    return left.name.precedesInBytes(right.name)
  }
}

/// The kinds of entity, named as in `analysis.json`.
public enum EntityKind: String, Hashable, Comparable, Sendable, CaseIterable {
  case service, deployment, pod, node, external, cluster

  /// Sorts in order of declaration.
  public static func < (left: EntityKind, right: EntityKind) -> Bool {
    (allCases.firstIndex(of: left) ?? 0) < (allCases.firstIndex(of: right) ?? 0)
  }
}

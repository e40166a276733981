import Telemetry

/// Who answers at the address that a blackbox probe asks.
///
/// A name inside the cluster, `service.namespace.svc…`, is that Kubernetes Service (DNS-based
/// service discovery, specification 1.1.0); anything else is a party seen from outside.
struct ProbeTarget: Hashable {
  /// The service, or the address as an external party.
  let entity: Entity

  /// - Parameter instance: The probe's `instance` label: a URL, a host, or a host with a port.
  init(instance: String) {
    let address = instance.split(separator: "://").last.map(String.init) ?? instance
    let host = address.prefix { $0 != "/" && $0 != ":" && $0 != "?" }
    let parts = host.split(separator: ".").map(String.init)
    entity =
      parts.count > 2 && parts[2] == "svc"
      ? Entity(kind: .service, namespace: parts[1], name: parts[0])
      : Entity(kind: .external, name: instance)
  }
}

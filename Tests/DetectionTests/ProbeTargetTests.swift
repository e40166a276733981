import Telemetry
import Testing

@testable import Detection

@Suite struct ProbeTargetTests {
  @Test(
    "A name inside the cluster is its Service, any other address a party outside",
    arguments: [
      ("https://api.shop.svc:8443/", Entity(kind: .service, namespace: "shop", name: "api")),
      (
        "http://api.shop.svc.cluster.local/healthz",
        Entity(kind: .service, namespace: "shop", name: "api")
      ),
      ("api.shop.svc:443", Entity(kind: .service, namespace: "shop", name: "api")),
      ("https://shop.example.com/", Entity(kind: .external, name: "https://shop.example.com/")),
      ("10.0.0.7:443", Entity(kind: .external, name: "10.0.0.7:443")),
      ("", Entity(kind: .external, name: "")),
    ])
  func resolves(instance: String, expected: Entity) {
    #expect(ProbeTarget(instance: instance).entity == expected)
  }
}

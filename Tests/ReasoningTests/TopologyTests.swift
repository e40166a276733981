import Replay
import Telemetry
import Testing

@testable import Reasoning

@Suite("Topology")
struct TopologyTests {
  static func series(_ pairs: KeyValuePairs<String, String>) -> RecordedSeries {
    RecordedSeries(
      series: Series(
        labels: LabelSet(pairs), times: .grid(start: Town.start, step: .minutes(1), count: 1),
        values: [1]),
      path: "metrics/x.json")
  }

  static func topology(_ series: [RecordedSeries]) -> Topology {
    Topology(
      observed: Observations(
        window: Town.window, end: Town.window.end, step: .minutes(1), series: series, logs: nil,
        objects: [], events: [], sources: []))
  }

  static let fromMetrics = topology([
    series([
      "__name__": "kube_pod_info", "namespace": "town", "pod": "mill-5d9c-x2", "node": "n1",
      "pod_ip": "10.8.0.7", "created_by_kind": "ReplicaSet", "created_by_name": "mill-5d9c",
    ]),
    series([
      "__name__": "http_requests_total", "namespace": "town", "pod": "mill-5d9c-x2",
      "service": "mill-http",
    ]),
    series([
      "__name__": "container_memory_working_set_bytes", "namespace": "town", "pod": "oven-0",
      "node": "n2", "service": "kubelet",
    ]),
  ])

  @Test("metrics alone tell a pod's workload, service, node and address")
  func metrics() throws {
    let pod = Entity(kind: .pod, namespace: "town", name: "mill-5d9c-x2")
    let place = try #require(Self.fromMetrics.place(of: pod))
    #expect(place.workload == Entity(kind: .deployment, namespace: "town", name: "mill"))
    #expect(place.service == Entity(kind: .service, namespace: "town", name: "mill-http"))
    #expect(place.node == Entity(kind: .node, name: "n1"))
    #expect(Self.fromMetrics.answering(at: "10.8.0.7", near: "") == place.service)
  }

  @Test("an exporter's own service label is not the service of the pod that it reports on")
  func exporter() throws {
    let pod = Entity(kind: .pod, namespace: "town", name: "oven-0")
    let place = try #require(Self.fromMetrics.place(of: pod))
    #expect(place.service == nil)
    #expect(place.node == Entity(kind: .node, name: "n2"))
  }

  @Test(
    "a service answers to its names as Kubernetes resolves them",
    arguments: [
      ("mill-http", "town", true), ("mill-http", "elsewhere", true),
      ("mill-http.town", "elsewhere", true), ("mill-http.town.svc.cluster.local", "", true),
      ("mill-http.elsewhere", "town", false), ("mill-http.example.com", "town", false),
      ("10.8.0.8", "town", false),
    ])
  func names(host: String, namespace: String, isKnown: Bool) {
    #expect((Self.fromMetrics.answering(at: host, near: namespace) != nil) == isKnown)
  }

  @Test("a name under svc is a service of the cluster although its object was not captured")
  func unknownService() {
    #expect(
      Self.fromMetrics.answering(at: "db.prod.svc.cluster.local", near: "town")
        == Entity(kind: .service, namespace: "prod", name: "db"))
  }

  @Test("a name that two namespaces have is only resolved near one of them")
  func ambiguous() {
    let topology = Self.topology(
      ["a", "b"].map {
        Self.series([
          "__name__": "up", "namespace": $0, "pod": "mill-\($0)", "service": "mill",
        ])
      })
    #expect(topology.service(named: "mill", near: "a")?.namespace == "a")
    #expect(topology.service(named: "mill", near: "c") == nil)
  }
}

import Telemetry
import Testing

@testable import Collection

@Suite struct KubernetesImportTests {
  @Test func `one list a kind holds each object once, the newest version first`() throws {
    let imported = try Imported(
      [
        "a.json": list(pod("p", version: 5, extra: #","spec":{"x":1}"#), pod("q", version: 1)),
        "b.json": list(pod("p", version: 10)),
      ], window: anyWindow)
    #expect(
      imported.items("kubernetes/pods.json") == [
        #"{"apiVersion":"v1","kind":"Pod","metadata":{"name":"p","namespace":"shop","resourceVersion":"10","uid":"u-p"}}"#,
        #"{"apiVersion":"v1","kind":"Pod","metadata":{"name":"q","namespace":"shop","resourceVersion":"1","uid":"u-q"}}"#,
      ])
    #expect(imported.outcome("a.json") == .used)
    #expect(imported.export.volume.objects == 2)
  }

  @Test func `managed fields keep who wrote when, and win at equal versions`() throws {
    let fields =
      #","managedFields":[{"manager":"kubectl","operation":"Update","#
      + #""time":"2026-01-01T00:00:00Z","fieldsType":"FieldsV1","fieldsV1":{"f:a":{}}}]"#
    let imported = try Imported(
      [
        "plain.json": list(
          pod("p", version: 5, extra: #","spec":{"padding":"xxxxxxxxxxxxxxxxxx"}"#)),
        "raw.json": """
        {"kind":"PodList","apiVersion":"v1","metadata":{},"items":[
        {"metadata":{"name":"p","namespace":"shop","resourceVersion":"5","uid":"u-p"\(fields)}}]}
        """,
      ], window: anyWindow)
    let items = imported.items("kubernetes/pods.json")
    #expect(items.count == 1)
    #expect(
      items.first
        == #"{"apiVersion":"v1","kind":"Pod","metadata":{"managedFields":[{"manager":"kubectl","#
        + #""operation":"Update","time":"2026-01-01T00:00:00Z"}],"name":"p","namespace":"shop","#
        + #""resourceVersion":"5","uid":"u-p"}}"#)
    #expect(imported.outcome("plain.json") == .duplicate)
    #expect(imported.input("plain.json")?.entries == ["kubernetes/pods.json"])
  }

  @Test func `an event that both APIs show counts once`() throws {
    let imported = try Imported([
      "v1.json": list(
        #"{"apiVersion":"v1","kind":"Event","metadata":{"name":"e","namespace":"shop","uid":"1"},"#
          + #""involvedObject":{"kind":"Pod","name":"p"},"reason":"BackOff","count":3,"#
          + #""firstTimestamp":"2026-01-01T00:00:00Z","lastTimestamp":"2026-01-01T00:01:00Z"}"#),
      "new.json": list(
        #"{"apiVersion":"events.k8s.io/v1","kind":"Event","#
          + #""metadata":{"name":"e","namespace":"shop","uid":"1"},"reason":"BackOff","#
          + #""regarding":{"kind":"Pod","name":"p"},"deprecatedCount":3}"#,
        #"{"apiVersion":"events.k8s.io/v1","kind":"Event","#
          + #""metadata":{"name":"f","namespace":"shop","uid":"2"},"reason":"Killing","#
          + #""eventTime":"2026-01-01T00:00:30Z"}"#),
    ])
    #expect(imported.paths == ["kubernetes/events.json"])
    #expect(imported.export.volume.events == 2)
    #expect(imported.entries["kubernetes/events.json"]?.role == .events)
    #expect(imported.items("kubernetes/events.json").first?.contains(#""count":3"#) == true)
  }

  @Test(arguments: [
    ("Pod", "pods"), ("Endpoints", "endpoints"), ("NetworkPolicy", "networkpolicies"),
    ("Ingress", "ingresses"), ("EndpointSlice", "endpointslices"), ("Gateway", "gateways"),
  ])
  func `a kind has Kubernetes' own plural`(kind: String, plural: String) {
    #expect(KubernetesFiles.plural(kind) == plural)
  }

  @Test func `kinds of one name in two groups stay apart`() throws {
    let imported = try Imported(
      [
        "a.json": list(
          #"{"apiVersion":"v1","kind":"Service","metadata":{"name":"a"}}"#,
          #"{"apiVersion":"serving.knative.dev/v1","kind":"Service","metadata":{"name":"a"}}"#)
      ], window: anyWindow)
    #expect(
      imported.paths == [
        "kubernetes/services.json", "kubernetes/services.serving.knative.dev.json",
      ])
  }

  @Test func `a page of a longer list is a gap unless the whole list is there`() throws {
    let page = """
      {"kind":"PodList","apiVersion":"v1","metadata":{"continue":"abc"},"items":[\(pod("p", version: 1))]}
      """
    let alone = try Imported(["page.json": page], window: anyWindow)
    #expect(alone.gaps(.truncatedList).map(\.losesEvidence) == [true])
    let both = try Imported(
      [
        "page.json": page, "all.json": list(pod("p", version: 1), pod("q", version: 1)),
      ], window: anyWindow)
    #expect(both.gaps(.truncatedList).map(\.losesEvidence) == [false])
    #expect(both.outcome("page.json") == .duplicate)
  }

  @Test func `a table for people loses nothing when the objects are there`() throws {
    let table =
      "NAMESPACE   NAME   READY   STATUS    RESTARTS   AGE\nshop        p      1/1     Running   0          1h\n"
    let described =
      "Name:               worker-1\nRoles:              <none>\nLabels:             a=b\n"
    let imported = try Imported(
      [
        "pods.json": list(pod("p", version: 1)), "pods.txt": table, "nodes.txt": described,
      ], window: anyWindow)
    #expect(imported.gaps(.textTable).map(\.subject) == ["nodes.txt", "pods.txt"])
    #expect(imported.gaps(.textTable).map(\.losesEvidence) == [true, false])
    #expect(imported.outcome("pods.txt") == .gap)
  }

  @Test func `the horizon of events follows from the time of capture`() throws {
    // 1795388145 is 2026-11-22T22:55:45Z; an hour before it is 21:55:45.
    let event =
      #"{"apiVersion":"v1","kind":"Event","metadata":{"name":"e","uid":"1"},"#
      + #""lastTimestamp":"2026-11-22T22:30:00Z","firstTimestamp":"2026-11-22T22:30:00Z"}"#
    let imported = try Imported(
      [
        "queries.json": """
        {"e.json":{"command":"kubectl get events"},
         "a.json":{"api":"/api/v1/alerts","captured_at":1795388145}}
        """,
        "a.json": #"{"status":"success","data":{"alerts":[]}}"#, "e.json": list(event),
      ], window: window(1_795_377_345, 1_795_388_145))
    let kubernetes = imported.export.sources.first { $0.kind == .kubernetes }
    #expect(kubernetes?.eventHorizon == Timestamp(seconds: 1_795_384_545))
    let gap = try #require(imported.gaps(.eventTTL).first)
    #expect(gap.range == window(1_795_377_345, 1_795_384_545))
  }

  @Test func `an event older than the default lifetime moves the horizon`() throws {
    let event =
      #"{"apiVersion":"v1","kind":"Event","metadata":{"name":"e","uid":"1"},"#
      + #""lastTimestamp":"2026-11-22T20:00:00Z"}"#
    let imported = try Imported(
      [
        "queries.json": """
        {"e.json":{"command":"kubectl get events"},
         "a.json":{"api":"/api/v1/alerts","captured_at":1795388145}}
        """,
        "a.json": #"{"status":"success","data":{"alerts":[]}}"#, "e.json": list(event),
      ], window: window(1_795_377_600, 1_795_388_145))
    #expect(
      imported.export.sources.first { $0.kind == .kubernetes }?.eventHorizon
        == Timestamp(seconds: 1_795_377_600))
    #expect(imported.gaps(.eventTTL).isEmpty)
  }

  /// Objects state no times, so that a window must be given.
  private let anyWindow = window(100, 200)

  private func list(_ items: String...) -> String {
    #"{"apiVersion":"v1","kind":"List","metadata":{"resourceVersion":""},"items":["#
      + items.joined(separator: ",") + "]}"
  }

  private func pod(_ name: String, version: Int, extra: String = "") -> String {
    #"{"apiVersion":"v1","kind":"Pod","metadata":{"name":"\#(name)","namespace":"shop","#
      + #""resourceVersion":"\#(version)","uid":"u-\#(name)"}\#(extra)}"#
  }
}

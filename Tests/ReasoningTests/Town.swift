import Detection
import Policies
import Reasoning
import Replay
import Telemetry

/// A small cluster for literals: services with two pods each, and calls between them.
///
/// Minute 0 is the window's start; the window is three hours long and a step is a minute.
struct Town {
  static let start = Timestamp(seconds: 1_700_000_000)
  static let length = TimeSpan.minutes(180)

  var namespace = "town"
  var services: [String] = []
  var calls: [(caller: String, callee: String)] = []
  /// Calls that fail from a minute on.
  var failingCalls: [(caller: String, callee: String, from: Int64)] = []
  var findings: [Finding] = []
  var incidents: [Incident] = []
  var logLines: [(service: String, minute: Int64, text: String)] = []
  var hasObjects = true
  var visibility = Visibility(requests: 1, availability: 1, logs: 1)
  var outcomes = [DetectorOutcome(detector: "slo-burn", state: .normal, reason: "read")]

  static func at(_ minute: Int64) -> Timestamp { start + .minutes(minute) }

  static var window: TimeRange { TimeRange(start: start, end: start + length) }

  var analysis: Analysis { analysis() }

  func analysis(
    coverage: Coverage = Coverage(verdict: .complete, gaps: []),
    reversing isReversed: Bool = false
  ) -> Analysis {
    func order<Element>(_ list: [Element]) -> [Element] { isReversed ? list.reversed() : list }
    let series = order(peerSeries)
    let observations = Observations(
      window: Self.window, end: Self.window.end, step: .minutes(1), series: series,
      logs: logLines.isEmpty && !hasObjects ? nil : LogActivity(streams: order(streams)),
      objects: hasObjects ? order(objects) : [], events: [],
      sources: [
        ObservedSource(kind: .prometheus, scrapeInterval: .seconds(15), eventHorizon: nil)
      ])
    return Reasoner(causes: Policy.builtIn().causes).analysis(
      of: observations, findings: order(findings), outcomes: order(outcomes),
      timeline: ScoreTimeline(model: "test", step: .minutes(1), components: [], points: []),
      incidents: order(incidents), alerts: [], visibility: visibility, coverage: coverage,
      identity: BundleIdentity(
        id: "sha256:0", window: Self.window, replayedTo: Self.window.end, policyDigest: "",
        sources: [], displayTimeZone: nil))
  }

  /// The hypotheses of the only incident.
  var hypotheses: [Hypothesis] { analysis.incidents[0].hypotheses }
}

extension Town {
  /// Adds a finding about a service from one minute to another.
  mutating func find(
    _ kind: FindingKind, _ service: String, _ text: String, from: Int64, to: Int64 = 180,
    strength: Double = 0.8, detector: String = "test", pod: Int? = nil,
    value: Double = 1, baseline: Double? = nil
  ) {
    let entity =
      pod.map { Entity(kind: .pod, namespace: namespace, name: "\(service)-\($0)") }
      ?? Entity(kind: .service, namespace: namespace, name: service)
    findings.append(
      Finding(
        id: "E-\(findings.count + 1)", detector: detector, kind: kind, entity: entity,
        service: service,
        interval: TimeRange(start: Self.at(from), end: Self.at(to)), knownAt: Self.at(from),
        isOpen: to >= 180, value: value, baseline: baseline, unit: "things", strength: strength,
        locator: Locator(path: "metrics/x.json", detail: service), text: text))
  }

  /// Adds an incident of all findings so far.
  mutating func declareIncident(from: Int64, to: Int64? = nil, services: [String]) {
    incidents.append(
      Incident(
        id: "INC-\(incidents.count + 1)", startedAt: Self.at(from), detectedAt: Self.at(from + 2),
        peakAt: Self.at(from + 5), peakScore: 80, endedAt: to.map(Self.at), severity: .major,
        services: services, findings: findings.map(\.id)))
  }

  private var peerSeries: [RecordedSeries] {
    calls.flatMap { call in
      ["success", "error"].map { result in
        let failsFrom =
          failingCalls.first { $0 == (call.caller, call.callee, $0.from) }?.from ?? .max
        return RecordedSeries(
          series: Series(
            labels: LabelSet([
              "__name__": "peer_requests_total", "namespace": namespace, "service": call.caller,
              "upstream": call.callee, "result": result,
            ]),
            times: .grid(start: Self.start, step: .minutes(1), count: 181),
            values: Self.counter(result: result, failsFrom: failsFrom)),
          path: "metrics/peers.json")
      }
    }
  }

  /// 60 calls a minute; from `failsFrom` on half of them fail.
  private static func counter(result: String, failsFrom: Int64) -> [Double] {
    var total = 0.0
    return (0...180).map { minute in
      let failed = Int64(minute) > failsFrom ? 30.0 : 0
      total += result == "error" ? failed : 60 - failed
      return total
    }
  }

  private var streams: [LogStreamActivity] {
    services.map { service in
      let lines = logLines.filter { $0.service == service }
      return LogStreamActivity(
        stream: LogStream(labels: LabelSet(["namespace": namespace, "service_name": service])),
        counts: LogLevel.allCases.map { _ in Array(repeating: 0, count: 181) },
        errorExamples: lines.enumerated().map { index, line in
          LogExample(
            time: Self.at(line.minute), path: "logs/part-000000.jsonl", lineNumber: index + 1,
            text: line.text)
        })
    }
  }

  private var objects: [RecordedObject] {
    services.enumerated().flatMap { index, service in
      [serviceObject(service, address: "10.9.0.\(index + 1)")]
        + (0..<2).map { pod($0, of: service, address: "10.8.\(index).\($0)") }
    }
  }

  private func serviceObject(_ name: String, address: String) -> RecordedObject {
    let spec = JSONValue.object([
      JSONMember(key: "clusterIP", value: .string(address)),
      JSONMember(
        key: "selector", value: .object([JSONMember(key: "app", value: .string(name))])),
    ])
    return object(
      "Service", name, .object([JSONMember(key: "spec", value: spec)]), "kubernetes/services.json")
  }

  private func pod(_ index: Int, of service: String, address: String) -> RecordedObject {
    let owner = JSONValue.object([
      JSONMember(key: "kind", value: .string("ReplicaSet")),
      JSONMember(key: "name", value: .string("\(service)-5d9c")),
    ])
    let metadata = JSONValue.object([
      JSONMember(
        key: "labels", value: .object([JSONMember(key: "app", value: .string(service))])),
      JSONMember(key: "ownerReferences", value: .array([owner])),
    ])
    let document = JSONValue.object([
      JSONMember(key: "metadata", value: metadata),
      JSONMember(
        key: "spec",
        value: .object([JSONMember(key: "nodeName", value: .string("node-\(index)"))])),
      JSONMember(
        key: "status", value: .object([JSONMember(key: "podIP", value: .string(address))])),
    ])
    return object("Pod", "\(service)-\(index)", document, "kubernetes/pods.json")
  }

  private func object(
    _ kind: String, _ name: String, _ document: JSONValue, _ path: String
  ) -> RecordedObject {
    RecordedObject(
      object: KubeObject(
        ref: ObjectRef(kind: kind, namespace: namespace, name: name), apiVersion: "v1", uid: "",
        resourceVersion: "", createdAt: nil, document: document),
      path: path)
  }
}

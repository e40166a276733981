import JSONStream
import Telemetry
import Testing

/// The rules of kubectl: series before the legacy fields before `eventTime`.
@Suite struct KubeEventTests {
  @Test("An event is read the same way from both APIs") func readsBothAPIs() throws {
    let core = try event(
      #""kind":"Event","apiVersion":"v1","involvedObject":{"kind":"Pod","namespace":"shop","#
        + #""name":"pay-1"},"reason":"BackOff","message":"Back-off","type":"Warning","#
        + #""source":{"component":"kubelet"},"firstTimestamp":"1970-01-01T00:00:01Z","#
        + #""lastTimestamp":"1970-01-01T00:00:09Z","count":4,"eventTime":null"#)
    let newer = try event(
      #""kind":"Event","apiVersion":"events.k8s.io/v1","regarding":{"kind":"Pod","#
        + #""namespace":"shop","name":"pay-1"},"reason":"BackOff","note":"Back-off","#
        + #""type":"Warning","deprecatedSource":{"component":"kubelet"},"#
        + #""deprecatedFirstTimestamp":"1970-01-01T00:00:01Z","#
        + #""deprecatedLastTimestamp":"1970-01-01T00:00:09Z","deprecatedCount":4,"eventTime":null"#)
    #expect(
      core == "event shop/e1 uid 'u' on Pod shop/pay-1: BackOff 'Back-off' warning by 'kubelet'"
        + " 1000000000..9000000000 x4")
    #expect(newer == core)
  }

  @Test(
    "Times follow kubectl; those that are none are nil",
    arguments: [
      (
        #""eventTime":"1970-01-01T00:00:02.000001Z","firstTimestamp":null,"lastTimestamp":null"#,
        "2000001000..2000001000"
      ),
      (
        #""eventTime":"1970-01-01T00:00:02Z","series":{"count":3,"#
          + #""lastObservedTime":"1970-01-01T00:00:07.5Z"},"lastTimestamp":"1970-01-01T00:00:03Z""#,
        "2000000000..7500000000"
      ),
      (
        #""firstTimestamp":"1970-01-01T00:00:02Z","lastTimestamp":"1970-01-01T00:00:03Z""#,
        "2000000000..3000000000"
      ),
      (#""firstTimestamp":"0001-01-01T00:00:00Z","lastTimestamp":"soon""#, "5000000000..nil"),
      (#""eventTime":12,"lastTimestamp":{}"#, "5000000000..nil"),
    ])
  func readsTimes(members: String, expected: String) throws {
    let text = try event(#""kind":"Event","apiVersion":"v1","# + members)
    #expect(text.contains(" \(expected) x"))
  }

  @Test("Without a creation time, an event may have no time at all") func readsNoTime() throws {
    let reading = try Reading(
      #"{"kind":"Event","apiVersion":"v1","metadata":{"name":"e1"},"reason":"R"}"#)
    #expect(reading.calls == ["event /e1 uid '' on  /: R '' normal by '' nil..nil x1"])
  }

  @Test(
    "Counts of 0, null and nothing mean 1; large ones are clamped",
    arguments: [
      (#""count":0"#, 1), (#""count":null"#, 1), (#""x":1"#, 1), (#""count":17"#, 17),
      (#""count":-4"#, 1), (#""count":2147483647"#, 2_147_483_647),
      (#""count":99999999999"#, 2_147_483_647), (#""count":2,"series":{"count":5}"#, 5),
      (#""count":2,"series":null"#, 2), (#""deprecatedCount":6"#, 6), (#""count":"3""#, 1),
    ])
  func readsCounts(members: String, expected: Int) throws {
    let text = try event(#""kind":"Event","apiVersion":"v1","# + members)
    #expect(text.hasSuffix(" x\(expected)"))
  }

  @Test(
    "The reporter is the controller, or the component of the source",
    arguments: [
      (#""reportingComponent":"","source":{"component":"kubelet","host":"n"}"#, "kubelet"),
      (#""reportingComponent":"default-scheduler","source":{}"#, "default-scheduler"),
      (#""reportingController":"kubelet","deprecatedSource":{"component":"x"}"#, "kubelet"),
    ])
  func readsReporters(members: String, expected: String) throws {
    let text = try event(#""kind":"Event","apiVersion":"v1","# + members)
    #expect(text.contains(" by '\(expected)' "))
  }

  @Test("Items of an EventList are events; an Event of another group is an object")
  func tellsEvents() throws {
    let list = try Reading(
      #"{"kind":"EventList","apiVersion":"v1","items":[{"metadata":{"name":"e"},"reason":"R"}]}"#)
    #expect(list.calls == ["event /e uid '' on  /: R '' normal by '' nil..nil x1"])
    let other = try Reading(
      #"{"kind":"Event","apiVersion":"eventing.example/v1","metadata":{"name":"e"}}"#)
    #expect(other.calls == ["object Event /e of eventing.example/v1 uid '' version ''"])
  }

  /// The transcript of one event of `shop/e1`, created at second 5, with `members`.
  private func event(_ members: String) throws -> String {
    let reading = try Reading(
      #"{"metadata":{"name":"e1","namespace":"shop","uid":"u","#
        + #""creationTimestamp":"1970-01-01T00:00:05Z"},"# + members + "}")
    _ = try reading.body()
    #expect(reading.calls.count == 1)
    return reading.calls.first ?? ""
  }
}

import Telemetry
import Testing

@testable import Collection

@Suite struct CaptureWindowTests {
  // 1795388145 is 2026-11-22T22:55:45Z; six hours before it is 16:55:45.
  private static let end: Int64 = 1_795_388_145
  private static let reach: Int64 = 6 * 3600

  @Test(
    arguments: [
      // Created months ago, ready again at the end, restarted 45 s and 4 h before.
      (
        object(
          #""status":{"conditions":[{"lastTransitionTime":"2026-11-22T22:55:45Z"}],"#
            + #""containerStatuses":[{"state":{"running":{"startedAt":"2026-11-22T22:55:00Z"}},"#
            + #""lastState":{"terminated":{"finishedAt":"2026-11-22T18:55:45Z"}}}]}"#),
        end - 4 * 3600
      ),
      // The start of the reach belongs to it, the second before does not.
      (status("2026-11-22T16:55:44Z", "2026-11-22T16:55:45Z", "2026-11-22T22:55:45Z"), end - reach),
      // With one time in reach the whole reach.
      (status("2026-11-22T22:55:45Z"), end - reach),
      // Fields that plan, or that people wrote, are not times at which something happened.
      (
        object(
          #""data":{"startedAt":"2026-12-24T00:00:00Z"},"#
            + #""status":{"notAfter":"2027-01-01T00:00:00Z","#
            + #""startTime":"2026-11-22T22:00:00Z","lastScheduleTime":"2026-11-22T22:55:45Z"}"#),
        end - 55 * 60 - 45
      ),
      (
        object(
          #""spec":{"renewTime":"2026-11-22T22:55:45.000000Z"}"#, kind: "Lease",
          metadata: #","managedFields":[{"time":"2026-11-22T22:00:00Z"}]"#),
        end - 55 * 60 - 45
      ),
      (event("2026-11-22T22:00:00Z", "2026-11-22T22:55:45Z"), end - 55 * 60 - 45),
      // First seen days ago, and still going on.
      (event("2026-11-18T00:00:00Z", "2026-11-22T22:55:45Z"), end - reach),
    ] as [(String, Int64)])
  func `objects and events alone give the hours before their latest time`(
    body: String, start: Int64
  ) throws {
    let imported = try Imported(["a.json": body])
    #expect(imported.export.window == window(start, Self.end))
    #expect(imported.export.windowOrigin == .objectStates)
  }

  @Test func `samples state a window, which old events do not widen`() throws {
    let imported = try Imported([
      "a.json": Body.matrix(
        #"{"metric":{"__name__":"up"},"values":[[1795388100,"1"],[1795388145,"1"]]}"#),
      "e.json": Self.event("2026-11-18T00:00:00Z", "2026-11-22T22:55:45Z"),
    ])
    #expect(imported.export.window == window(1_795_388_100, Self.end))
    #expect(imported.export.windowOrigin == .telemetry)
  }

  @Test func `samples of one instant do not hide what objects state`() throws {
    let imported = try Imported([
      "a.json": Body.matrix(#"{"metric":{"__name__":"up"},"values":[[1795388200,"1"]]}"#),
      "e.json": Self.event("2026-11-22T22:00:00Z", "2026-11-22T22:55:45Z"),
    ])
    #expect(imported.export.window == window(Self.end - 55 * 60 - 45, 1_795_388_200))
    #expect(imported.export.windowOrigin == .objectStates)
  }

  @Test func `objects without times need a window`() {
    #expect(throws: CollectionError.noWindow(files: 1)) {
      try Imported(["a.json": #"{"apiVersion":"v1","kind":"Pod","metadata":{"name":"p"}}"#])
    }
  }

  private static func status(_ times: String...) -> String {
    let conditions = times.map { #"{"lastTransitionTime":"\#($0)"}"# }.joined(separator: ",")
    return object(#""status":{"conditions":[\#(conditions)]}"#)
  }

  private static func object(
    _ members: String, kind: String = "Pod", metadata: String = ""
  ) -> String {
    #"{"apiVersion":"v1","kind":"\#(kind)","metadata":{"name":"p","#
      + #""creationTimestamp":"2026-06-01T00:00:00Z"\#(metadata)},\#(members)}"#
  }

  private static func event(_ first: String, _ last: String) -> String {
    #"{"apiVersion":"v1","kind":"Event","metadata":{"name":"e","uid":"1"},"#
      + #""firstTimestamp":"\#(first)","lastTimestamp":"\#(last)"}"#
  }
}

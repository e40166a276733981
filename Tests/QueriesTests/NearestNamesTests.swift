import Testing

@testable import Queries

@Suite struct NearestNamesTests {
  private static let names = [
    "container_memory_working_set_bytes", "http_request_duration_seconds_bucket",
    "http_requests_in_flight", "http_requests_total", "up",
  ]

  @Test(
    "A misspelt name finds the one that was meant first",
    arguments: [
      ("http_request_total", ["http_requests_total", "http_request_duration_seconds_bucket"]),
      ("HTTP_requests_total", ["http_requests_total"]),
      ("container_memory_bytes", ["container_memory_working_set_bytes"]),
      ("upp", ["up"]),
      ("jvm_gc_pause", []),
    ])
  func findsWhatWasMeant(name: String, expected: [String]) {
    let found = NearestNames.of(name, among: Self.names)
    #expect(Array(found.prefix(expected.count)) == expected)
    #expect(expected.isEmpty == found.isEmpty)
  }
}

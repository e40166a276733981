import LogQL
import Testing

@Suite struct LogChainTests {
  @Test(
    "a chain of many operators is refused like deep nesting",
    arguments: [
      Array(repeating: "1", count: 20_000).joined(separator: "+"),
      Array(repeating: "1", count: 20_000).joined(separator: "^"),
      #"{app="a"} | "# + Array(repeating: #"b="c""#, count: 10_000).joined(separator: " or "),
      #"{app="a"} | "# + Array(repeating: #"b="c""#, count: 10_000).joined(separator: ", "),
    ])
  func chains(text: String) {
    let error = #expect(throws: LogSyntaxError.self) { try LogQuery.parse(text) }
    #expect(error?.message == "the query nests deeper than 200 levels")
  }

  @Test func `a chain of a hundred operators is read`() throws {
    let text = Array(repeating: "1", count: 100).joined(separator: "+")
    _ = try LogQuery.parse(text)
  }
}

import LogQL
import Testing

@testable import Collection

@Suite struct LogSelectorTests {
  @Test(arguments: [
    ("{app=\"x\"}", true, false, false),
    ("{app=\"x\"} |= \"error\"", false, false, false),
    ("{app=\"x\"} != \"debug\"", false, false, false),
    ("{app=\"x\"} | json", true, true, false),
    ("{app=\"x\"} | json | level=\"error\"", false, true, false),
    ("{app=\"x\"} | logfmt != \"a | json\"", false, true, false),
    ("{app=\"x\"} |= `| json`", false, false, false),
    ("{app=\"x\"} | line_format \"{{.msg}}\"", true, false, true),
    ("{app=\"x\"} | json | duration > 5s or size != 2", false, true, false),
    ("{app=\"x\"} | drop level", true, false, false),
  ])
  func `stages are told apart`(
    query: String, keepsEveryLine: Bool, extractsLabels: Bool, rewritesLines: Bool
  ) throws {
    guard case .logs(let selector) = try LogQuery.parse(query) else {
      Issue.record("no log query")
      return
    }
    #expect(selector.keepsEveryLine == keepsEveryLine)
    #expect(selector.extractsLabels == extractsLabels)
    #expect(selector.rewritesLines == rewritesLines)
  }
}

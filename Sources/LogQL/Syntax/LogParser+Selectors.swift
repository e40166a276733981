import Patterns
import PromQL

extension LogParser {
  /// `{…}` and the stages behind it.
  mutating func selector() throws(LogSyntaxError) -> LogSelector {
    let start = next
    var selector = LogSelector(
      matchers: try matchers(), stages: [], position: position(from: start))
    while let stage = try stage() { selector.stages.append(stage) }
    return selector
  }

  /// `{a="b", c=~"d"}`
  mutating func matchers() throws(LogSyntaxError) -> [LabelMatcher] {
    let start = next
    try expect("{")
    var matchers: [LabelMatcher] = []
    if !next.isMark("}") {
      repeat { matchers.append(try matcher()) } while takes(",")
    }
    guard takes("}") else { throw unexpected("\",\" or \"}\"") }
    guard matchers.contains(where: { !$0.isSatisfied(by: "") && !$0.comparison.isNegative }) else {
      throw error(
        "queries require at least one regexp or equality matcher that does not have an"
          + " empty-compatible value. For instance, app=~\".*\" does not meet this requirement, but"
          + " app=~\".+\" will", at: start.position)
    }
    return matchers
  }

  /// `name op "value"`
  mutating func matcher() throws(LogSyntaxError) -> LabelMatcher {
    let start = next
    let name = try name()
    guard case .mark(let text) = next.kind,
      let comparison = LabelMatcher.Comparison(rawValue: text)
    else { throw unexpected("one of = != =~ !~") }
    take()
    return try matcher(name, comparison, string("a string in quotes"), at: start)
  }

  func matcher(
    _ name: String, _ comparison: LabelMatcher.Comparison, _ value: String, at start: LogToken
  ) throws(LogSyntaxError) -> LabelMatcher {
    do {
      return try LabelMatcher(name: name, comparison: comparison, value: value)
    } catch {
      throw self.error(error.description, at: start.position)
    }
  }

  /// The stage at hand, or nil where the pipeline ends; `| unwrap` is left to its range.
  mutating func stage() throws(LogSyntaxError) -> PipelineStage? {
    let start = next
    if let filter = try lineFilter() {
      return PipelineStage(action: .lineFilter(filter), position: position(from: start))
    }
    guard next.isMark("|"), second.keyword != "unwrap" else {
      return nil
    }
    take()
    let action = try action()
    return PipelineStage(action: action, position: position(from: start))
  }

  private mutating func lineFilter() throws(LogSyntaxError) -> LineFilter? {
    guard case .mark(let text) = next.kind, let comparison = LineFilter.Comparison(rawValue: text),
      text != "!=" || isNeedle(second)
    else { return nil }
    take()
    var alternatives = [try needle(of: comparison)]
    while next.keyword == "or" {
      take()
      alternatives.append(try needle(of: comparison))
    }
    return LineFilter(comparison: comparison, alternatives: alternatives)
  }

  private func isNeedle(_ token: LogToken) -> Bool {
    if case .string = token.kind { return true }
    return token.keyword == "ip"
  }

  private mutating func needle(
    of comparison: LineFilter.Comparison
  ) throws(LogSyntaxError) -> LineFilter.Needle {
    let start = next
    guard next.keyword == "ip", second.isMark("(") else {
      return .text(try string("a string in quotes or ip(\"…\")"))
    }
    let range = try addressRange()
    guard comparison == .contains || comparison == .lacks else {
      throw error("ip: invalid operation, expected |= or !=", at: start.position)
    }
    return .address(range)
  }

  /// `ip("10.0.0.0/8")`
  mutating func addressRange() throws(LogSyntaxError) -> String {
    take()
    try expect("(")
    let start = next
    let text = try string()
    guard AddressRange(text) != nil else {
      throw error(
        "ip: invalid pattern \"\(text)\", expected an address, a range such as"
          + " 10.0.0.1-10.0.0.9, or a network such as 10.0.0.0/8", at: start.position)
    }
    try expect(")")
    return text
  }
}

extension LabelMatcher.Comparison {
  /// Whether the condition names what a value must not be.
  var isNegative: Bool { self == .notEqual || self == .doesNotMatch }
}

import PromQL
import Telemetry

extension LogParser {
  /// A query without operators outside of parentheses.
  mutating func primary() throws(LogSyntaxError) -> LogQuery {
    if next.isMark("{") { return .logs(try selector()) }
    if takes("(") {
      let inner = try operand(above: 0)
      try expect(")")
      return inner
    }
    if let value = try signedNumber() { return .metric(.number(value)) }
    guard let keyword = next.keyword else {
      throw unexpected("a selector such as {app=\"…\"} or a function such as rate")
    }
    if keyword == "vector" { return .metric(try vector()) }
    if keyword == "label_replace" { return .metric(try labelReplacement()) }
    if let function = RangeFunction(rawValue: keyword) {
      return .metric(try rangeAggregation(function))
    }
    if let op = VectorAggregation.Operator(rawValue: keyword) {
      return .metric(try vectorAggregation(op))
    }
    if keyword == "approx_topk" || keyword == "variants" {
      throw error("\(keyword) is not part of this version")
    }
    throw unexpected("a selector such as {app=\"…\"} or a function such as rate")
  }

  private mutating func metricOperand() throws(LogSyntaxError) -> MetricExpression {
    let start = next
    guard case .metric(let expression) = try operand(above: 0) else {
      throw error(
        "unexpected log lines, expected a metric query such as rate(…)", at: start.position)
    }
    return expression
  }

  private mutating func vector() throws(LogSyntaxError) -> MetricExpression {
    take()
    try expect("(")
    guard let value = try signedNumber() else { throw unexpected("a number") }
    try expect(")")
    return .vector(value)
  }

  private mutating func labelReplacement() throws(LogSyntaxError) -> MetricExpression {
    let start = take()
    try expect("(")
    let operand = try metricOperand()
    var texts: [String] = []
    for what in ["the label to write", "its value", "the label to read", "an RE2 expression"] {
      try expect(",")
      texts.append(try string("\(what) in quotes"))
    }
    try expect(")")
    guard LabelReplacement.compiled(texts[3]) != nil else {
      throw error("invalid regex in label_replace: \(texts[3])", at: start.position)
    }
    return .labelReplacement(
      LabelReplacement(
        operand: operand, target: texts[0], replacement: texts[1], source: texts[2],
        pattern: texts[3], position: position(from: start)))
  }

  private mutating func grouping() throws(LogSyntaxError) -> LabelGrouping? {
    guard next.keyword == "by" || next.keyword == "without" else { return nil }
    let isWithout = take().keyword == "without"
    return LabelGrouping(labels: try names(), isWithout: isWithout)
  }

  private mutating func vectorAggregation(
    _ op: VectorAggregation.Operator
  ) throws(LogSyntaxError) -> MetricExpression {
    let start = take()
    var grouping = try grouping()
    try expect("(")
    let count = try self.count(of: op)
    let operand = try metricOperand()
    try expect(")")
    if grouping == nil { grouping = try self.grouping() }
    if op == .sort || op == .sortDescending, !(grouping?.labels.isEmpty ?? true) {
      throw error("sort and sort_desc doesn't allow grouping by", at: start.position)
    }
    return .aggregation(
      VectorAggregation(
        op: op, count: count, operand: operand, grouping: grouping,
        position: position(from: start)))
  }

  private mutating func count(
    of op: VectorAggregation.Operator
  ) throws(LogSyntaxError) -> Int? {
    guard op.takesCount else {
      if case .number(let text) = next.kind, second.isMark(",") {
        throw error("unsupported parameter for operation \(op.rawValue)(\(text),")
      }
      return nil
    }
    guard case .number(let text) = next.kind, second.isMark(",") else {
      throw error("parameter required for operation \(op.rawValue)")
    }
    guard let count = Int(text), count > 0 else {
      throw error("invalid parameter (must be greater than 0) \(op.rawValue)(\(text)")
    }
    take()
    take()
    return count
  }
}

// MARK: Ranges

extension LogParser {
  private mutating func rangeAggregation(
    _ function: RangeFunction
  ) throws(LogSyntaxError) -> MetricExpression {
    let start = take()
    try expect("(")
    var parameter: Double?
    if case .number(let text) = next.kind, second.isMark(",") {
      guard function == .quantile else {
        throw error("parameter \(text) not supported for operation \(function.rawValue)")
      }
      parameter = try signedNumber()
      take()
    } else if function == .quantile {
      throw error("parameter required for operation \(function.rawValue)", at: start.position)
    }
    var parts = RangeParts()
    try read(&parts)
    guard let selector = parts.selector, let length = parts.length else {
      throw unexpected("a range such as [5m]")
    }
    try expect(")")
    let node = RangeAggregation(
      function: function, parameter: parameter,
      range: LogRange(
        selector: selector, length: length, offset: parts.offset ?? .zero, unwrap: parts.unwrap),
      grouping: try grouping(), position: position(from: start))
    try check(node, at: start.position)
    return .range(node)
  }

  /// What a range is made of; Loki takes its parts in several orders.
  private struct RangeParts {
    var selector: LogSelector?
    var length: TimeSpan?
    var offset: TimeSpan?
    var unwrap: Unwrap?
  }

  private mutating func read(_ parts: inout RangeParts) throws(LogSyntaxError) {
    try enter()
    if takes("(") {
      try read(&parts)
      try expect(")")
    } else {
      let start = next
      let matchers = try matchers()
      parts.selector = LogSelector(
        matchers: matchers, stages: [], position: position(from: start))
    }
    while try readPart(&parts) {}
    leave()
  }

  private mutating func readPart(_ parts: inout RangeParts) throws(LogSyntaxError) -> Bool {
    if case .range(let length) = next.kind, parts.length == nil {
      take()
      parts.length = length
    } else if next.keyword == "offset", parts.length != nil, parts.offset == nil {
      take()
      guard case .duration(let nanoseconds) = next.kind else { throw unexpected("a duration") }
      take()
      parts.offset = TimeSpan(nanoseconds: nanoseconds)
    } else if parts.unwrap != nil, takes("|") {
      parts.unwrap?.filters.append(try condition())
    } else if parts.unwrap == nil, let stage = try stage() {
      parts.selector?.stages.append(stage)
    } else if parts.unwrap == nil, next.isMark("|"), second.keyword == "unwrap" {
      take()
      take()
      parts.unwrap = try unwrap()
    } else {
      return false
    }
    return true
  }

  private mutating func unwrap() throws(LogSyntaxError) -> Unwrap {
    let label = try name()
    guard let conversion = Unwrap.Conversion(rawValue: label.lowercased()), takes("(") else {
      return Unwrap(label: label, conversion: nil, filters: [])
    }
    let inner = try name()
    try expect(")")
    return Unwrap(label: inner, conversion: conversion, filters: [])
  }

  private func check(
    _ node: RangeAggregation, at position: SourceRange
  ) throws(LogSyntaxError) {
    let name = node.function.rawValue
    if node.grouping != nil, !node.function.allowsGrouping {
      throw error("grouping not allowed for \(name) aggregation", at: position)
    }
    if node.range.unwrap != nil, !node.function.allowsUnwrap {
      throw error("invalid aggregation \(name) with unwrap", at: position)
    }
    if node.range.unwrap == nil, !node.function.allowsLines {
      throw error("invalid aggregation \(name) without unwrap", at: position)
    }
  }
}

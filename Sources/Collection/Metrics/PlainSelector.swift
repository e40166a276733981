import Canonical
import Telemetry

/// A PromQL query that only selects series: `name`, `name{matchers}`, `{matchers}`, and the same
/// with a range, `name[30m]`. Its answer is raw data; the answer of anything more is derived.
struct PlainSelector: Hashable, Sendable {
  /// The metric's name, or nil when the selector leaves it open.
  let name: String?
  /// Whether it matches more than the name.
  let hasMatchers: Bool
  /// The range in brackets, or nil.
  let range: TimeSpan?

  /// Reads a query; nil when it is more than a plain selector or no PromQL at all.
  init?(_ query: String) {
    var scanner = QueryScanner(query)
    scanner.skipSpace()
    var name = scanner.metricName()
    scanner.skipSpace()
    var matchers: [LabelMatcher] = []
    if scanner.peek == UInt8(ascii: "{") {
      guard let found = scanner.matchers() else { return nil }
      matchers = found
    } else if name == nil {
      return nil
    }
    if name == nil, let index = matchers.firstIndex(where: \.isMetricName) {
      name = matchers.remove(at: index).value
    }
    self.name = name
    hasMatchers = !matchers.isEmpty
    scanner.skipSpace()
    if scanner.skip("[") {
      guard let text = scanner.text(before: UInt8(ascii: "]")), let span = Canonical.span(text)
      else { return nil }
      range = span
      scanner.skipSpace()
    } else {
      range = nil
    }
    guard scanner.isAtEnd else { return nil }
  }
}

/// A test of one label, in PromQL or LogQL.
struct LabelMatcher: Hashable, Sendable {
  /// How the label is tested.
  enum Operation: String, Sendable {
    case equal = "="
    case notEqual = "!="
    case matches = "=~"
    case matchesNot = "!~"
  }

  let label: String
  let operation: Operation
  let value: String

  /// Whether it names the metric.
  var isMetricName: Bool { operation == .equal && label.hasSameBytes(as: "__name__") }

  /// Whether the labels pass, or nil when that needs a regular expression engine.
  ///
  /// Of regular expressions only `.*`, `.+` and alternatives of plain words are understood.
  func matches(_ labels: LabelSet) -> Bool? {
    let actual = labels[label] ?? ""
    switch operation {
    case .equal: return actual.hasSameBytes(as: value)
    case .notEqual: return !actual.hasSameBytes(as: value)
    case .matches: return matchesPattern(actual)
    case .matchesNot: return matchesPattern(actual).map { !$0 }
    }
  }

  private func matchesPattern(_ actual: String) -> Bool? {
    if value.hasSameBytes(as: ".*") { return true }
    if value.hasSameBytes(as: ".+") { return !actual.isEmpty }
    let words = value.split(separator: "|", omittingEmptySubsequences: false)
    let isPlain = words.allSatisfy { word in
      word.utf8.allSatisfy { QueryScanner.isNamePart($0) || $0 == UInt8(ascii: "-") }
    }
    return isPlain ? words.contains { String($0).hasSameBytes(as: actual) } : nil
  }
}

import PromQL

/// A condition on labels made ready.
///
/// - Source: Loki 3, pkg/logql/log/label_filter.go.
indirect enum ConditionCheck: Sendable {
  case text(name: [UInt8], value: [UInt8], isEqual: Bool)
  case expression(name: [UInt8], LabelMatcher)
  case number(name: [UInt8], LabelCondition.Comparison, Double)
  case duration(name: [UInt8], LabelCondition.Comparison, Int64)
  case bytes(name: [UInt8], LabelCondition.Comparison, UInt64)
  case address(name: [UInt8], isNegated: Bool, AddressRange)
  case both(ConditionCheck, ConditionCheck)
  case either(ConditionCheck, ConditionCheck)

  init(_ condition: LabelCondition) {
    switch condition {
    case .text(let matcher):
      let name = Array(matcher.name.utf8)
      switch matcher.comparison {
      case .equal, .notEqual:
        self = .text(
          name: name, value: Array(matcher.value.utf8), isEqual: matcher.comparison == .equal)
      case .matches, .doesNotMatch: self = .expression(name: name, matcher)
      }
    case .number(let label, let comparison, let value):
      self = .number(name: Array(label.utf8), comparison, value)
    case .duration(let label, let comparison, let nanoseconds):
      self = .duration(name: Array(label.utf8), comparison, nanoseconds)
    case .bytes(let label, let comparison, let size):
      self = .bytes(name: Array(label.utf8), comparison, size)
    case .address(let label, let isNegated, let range):
      guard let range = AddressRange(range) else {
        preconditionFailure("BUG: the parser let an address range pass")
      }
      self = .address(name: Array(label.utf8), isNegated: isNegated, range)
    case .both(let left, let right): self = .both(ConditionCheck(left), ConditionCheck(right))
    case .either(let left, let right): self = .either(ConditionCheck(left), ConditionCheck(right))
    }
  }

  /// Whether an entry passes.
  ///
  /// A value that cannot be read as what it is compared with is a failure of the entry, which
  /// passes.
  func passes(_ labels: EntryLabels) -> Bool {
    switch self {
    case .text(let name, let value, let isEqual):
      return Self.hasText(labels, name, value) == isEqual
    case .expression(let name, let matcher):
      return matcher.isSatisfied(by: Self.text(labels, name))
    case .number(let name, let comparison, let wanted):
      return Self.compare(labels, name, GoNumber.value, "number") { comparison.holds($0, wanted) }
    case .duration(let name, let comparison, let wanted):
      return Self.compare(labels, name, GoDuration.nanoseconds, "duration") {
        comparison.holds($0, wanted)
      }
    case .bytes(let name, let comparison, let wanted):
      return Self.compare(labels, name, ByteSize.bytes, "size") { comparison.holds($0, wanted) }
    case .address(let name, let isNegated, let range):
      if labels.failure != nil { return true }
      guard let value = labels.value(of: name) else { return false }
      return range.isFound(in: value) != isNegated
    case .both(let left, let right):
      // Both are asked, as a failure of either is noted.
      let isLeft = left.passes(labels)
      return right.passes(labels) && isLeft
    case .either(let left, let right): return left.passes(labels) || right.passes(labels)
    }
  }

  private static let errorName = Array("__error__".utf8)

  private static func hasText(_ labels: EntryLabels, _ name: [UInt8], _ value: [UInt8]) -> Bool {
    if name == errorName { return Array((labels.failure?.rawValue ?? "").utf8) == value }
    guard let found = labels.value(of: name) else { return value.isEmpty }
    return value.hasSameBytes(as: found)
  }

  private static func text(_ labels: EntryLabels, _ name: [UInt8]) -> String {
    name == errorName ? labels.failure?.rawValue ?? "" : labels.text(of: name) ?? ""
  }

  private static func compare<Value>(
    _ labels: EntryLabels, _ name: [UInt8], _ read: (UnsafeRawBufferPointer) -> Value?,
    _ what: String, _ holds: (Value) -> Bool
  ) -> Bool {
    guard let bytes = labels.value(of: name) else { return false }
    guard let value = read(bytes) else {
      labels.failIfSound(.labelFilter, "\"\(Bytes.text(bytes))\" is no \(what)")
      return true
    }
    return holds(value)
  }
}

/// The labels that identify a series or a log stream, sorted by name as bytes, each name once.
public struct LabelSet: Hashable, Comparable, Sendable {
  /// The labels in order of their names.
  public let labels: [Label]

  /// Makes a set from labels in any order; of labels with one name the last wins.
  public init(_ labels: [Label]) {
    guard !Self.isSorted(labels) else {
      self.labels = labels
      return
    }
    var sorted: [Label] = []
    sorted.reserveCapacity(labels.count)
    for label in Self.stablySortedByName(labels) {
      if let last = sorted.last, last.name.hasSameBytes(as: label.name) { sorted.removeLast() }
      sorted.append(label)
    }
    self.labels = sorted
  }

  /// Makes a set from name and value pairs, for literals.
  public init(_ pairs: KeyValuePairs<String, String>) {
    self.init(pairs.map { Label(name: $0.key, value: $0.value) })
  }

  /// The set without labels.
  public static let empty = LabelSet([Label]())

  /// The value of the label called `name`, or nil.
  public subscript(name: String) -> String? {
    labels.first { $0.name.hasSameBytes(as: name) }?.value
  }

  /// The metric name, the label `__name__`, or nil.
  public var metricName: String? { self["__name__"] }

  /// The labels whose names satisfy `isIncluded`.
  public func filter(_ isIncluded: (String) -> Bool) -> LabelSet {
    LabelSet(sorted: labels.filter { isIncluded($0.name) })
  }

  /// Sorts like Prometheus: label by label, then the shorter set first.
  public static func < (left: LabelSet, right: LabelSet) -> Bool {
    left.labels.lexicographicallyPrecedes(right.labels)
  }

  /// Makes a set from labels that stand in order of their names, each name once; not checked.
  public init(sorted: [Label]) {
    labels = sorted
  }

  /// Whether every name stands after the one before it, as servers print label sets.
  private static func isSorted(_ labels: [Label]) -> Bool {
    zip(labels, labels.dropFirst()).allSatisfy { $0.name.precedesInBytes($1.name) }
  }

  private static func stablySortedByName(_ labels: [Label]) -> [Label] {
    labels.enumerated().sorted { left, right in
      left.element.name.hasSameBytes(as: right.element.name)
        ? left.offset < right.offset
        : left.element.name.precedesInBytes(right.element.name)
    }.map(\.element)
  }
}

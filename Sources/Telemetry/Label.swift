/// One label of a series or log stream.
///
/// Names and values are compared as UTF-8 bytes. Swift's own `String` comparison uses canonical
/// equivalence, which would merge label sets that Prometheus keeps apart (NFC and NFD forms).
public struct Label: Hashable, Comparable, Sendable {
  /// The label's name, such as `service`; the metric name is `__name__`.
  public let name: String
  /// The label's value, possibly empty.
  public let value: String

  /// Makes a label.
  public init(name: String, value: String) {
    self.name = name
    self.value = value
  }

  /// Whether both name and value have the same bytes.
  public static func == (left: Label, right: Label) -> Bool {
    left.name.hasSameBytes(as: right.name) && left.value.hasSameBytes(as: right.value)
  }

  /// Sorts by the bytes of the name, then of the value.
  public static func < (left: Label, right: Label) -> Bool {
    if left.name.hasSameBytes(as: right.name) { return left.value.precedesInBytes(right.value) }
    return left.name.precedesInBytes(right.name)
  }

  /// Feeds the bytes of both parts, each closed by a byte that UTF-8 never holds.
  public func hash(into hasher: inout Hasher) {
    for part in [name, value] {
      part.utf8.forEach { hasher.combine($0) }
      hasher.combine(UInt8(0xFF))
    }
  }
}

extension String {
  /// Whether both strings are the same UTF-8 bytes.
  public func hasSameBytes(as other: String) -> Bool { utf8.elementsEqual(other.utf8) }

  /// Whether this string's UTF-8 bytes sort before the other's.
  public func precedesInBytes(_ other: String) -> Bool {
    utf8.lexicographicallyPrecedes(other.utf8)
  }
}

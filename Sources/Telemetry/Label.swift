internal import Glibc

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
    name.feedBytes(to: &hasher)
    value.feedBytes(to: &hasher)
  }
}

extension String {
  /// Whether both strings are the same UTF-8 bytes.
  public func hasSameBytes(as other: String) -> Bool {
    let isSame = withBytes(of: other) { left, right in
      left.count == right.count
        && (left.isEmpty || memcmp(left.baseAddress!, right.baseAddress!, left.count) == 0)
    }
    return isSame ?? utf8.elementsEqual(other.utf8)
  }

  /// Whether this string's UTF-8 bytes sort before the other's.
  public func precedesInBytes(_ other: String) -> Bool {
    let precedes = withBytes(of: other) { left, right in
      let shared = min(left.count, right.count)
      let order = shared == 0 ? 0 : memcmp(left.baseAddress!, right.baseAddress!, shared)
      return order == 0 ? left.count < right.count : order < 0
    }
    return precedes ?? utf8.lexicographicallyPrecedes(other.utf8)
  }

  /// Feeds the bytes, closed by one that UTF-8 never holds.
  fileprivate func feedBytes(to hasher: inout Hasher) {
    let isFed: Void? = utf8.withContiguousStorageIfAvailable {
      hasher.combine(bytes: UnsafeRawBufferPointer($0))
    }
    if isFed == nil { utf8.forEach { hasher.combine($0) } }
    hasher.combine(UInt8(0xFF))
  }

  /// The result for both strings' bytes, or nil where either does not store UTF-8.
  private func withBytes<Result>(
    of other: String,
    _ body: (_ left: UnsafeBufferPointer<UInt8>, _ right: UnsafeBufferPointer<UInt8>) -> Result
  ) -> Result? {
    utf8.withContiguousStorageIfAvailable { left in
      other.utf8.withContiguousStorageIfAvailable { right in body(left, right) }
    } ?? nil
  }
}

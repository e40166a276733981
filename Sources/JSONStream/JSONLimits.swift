/// What one JSON document may hold before reading it is refused.
public struct JSONLimits: Hashable, Sendable {
  /// Open objects and arrays at one time.
  public var depth: Int
  /// Bytes of one string as written, quotes excluded.
  public var stringBytes: Int
  /// Bytes of one number.
  public var numberBytes: Int
  /// Bytes of one value that is kept whole, as a tree or as raw bytes.
  public var valueBytes: Int

  /// Makes limits; the defaults are those for untrusted exports.
  public init(
    depth: Int = 128, stringBytes: Int = 16 << 20, numberBytes: Int = 4096,
    valueBytes: Int = 64 << 20
  ) {
    self.depth = depth
    self.stringBytes = stringBytes
    self.numberBytes = numberBytes
    self.valueBytes = valueBytes
  }

  /// The limits for untrusted exports.
  public static let standard = JSONLimits()
}

/// Where a pattern matched, in byte offsets of the searched text.
public struct PatternMatch: Hashable, Sendable {
  /// The whole match and then every group; nil for a group that took no part.
  public let groups: [Range<Int>?]

  /// The whole match.
  public var range: Range<Int> { groups[0] ?? 0..<0 }
}

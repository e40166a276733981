/// The wording of lines: their tokens with every value masked.
struct Skeleton: Sendable {
  /// A token without its place in a line.
  struct Part: Sendable {
    let hash: UInt64
    let kind: Token.Kind
    let isGlued: Bool
    let bytes: ByteSet
    /// Empty for a variable.
    let text: [UInt8]
  }

  /// How far a skeleton stands for the lines counted under it.
  enum Depth: UInt8, Sendable, CaseIterable {
    /// All tokens.
    case whole
    /// The first words and how many tokens there are.
    case beginning
    /// Only how many tokens there are.
    case length
  }

  let depth: Depth
  let parts: [Part]
  /// How many tokens the lines have.
  let length: Int

  /// The skeleton of a line's tokens.
  init(_ tokens: UnsafeBufferPointer<Token>, in bytes: UnsafeRawBufferPointer) {
    depth = .whole
    length = tokens.count
    parts = tokens.map { token in
      Part(
        hash: token.hash, kind: token.kind, isGlued: token.isGlued, bytes: token.bytes,
        text: token.kind == .variable ? [] : Array(bytes[Int(token.start)..<Int(token.end)]))
    }
  }

  private init(depth: Depth, parts: [Part], length: Int) {
    self.depth = depth
    self.parts = parts
    self.length = length
  }

  /// The same lines seen less closely; nil for the last depth.
  var shallower: Skeleton? {
    switch depth {
    case .whole:
      Skeleton(depth: .beginning, parts: Array(parts.prefix(Self.beginning)), length: length)
    case .beginning: Skeleton(depth: .length, parts: [], length: length)
    case .length: nil
    }
  }

  private static let beginning = 4

  /// Equal for equal skeletons.
  var hash: UInt64 {
    var hash = Self.seed(depth, length)
    for part in parts { hash = Self.mixed(hash, part.hash, part.isGlued) }
    return hash
  }

  /// The hash of the skeleton that `init(_:in:)` makes, without making it.
  static func hash(_ tokens: UnsafeBufferPointer<Token>) -> UInt64 {
    var hash = seed(.whole, tokens.count)
    for token in tokens { hash = mixed(hash, token.hash, token.isGlued) }
    return hash
  }

  private static func seed(_ depth: Depth, _ length: Int) -> UInt64 {
    UInt64(depth.rawValue) << 32 | UInt64(length)
  }

  private static func mixed(_ hash: UInt64, _ token: UInt64, _ isGlued: Bool) -> UInt64 {
    ByteHash.mixed(hash, isGlued ? token : token &+ 1)
  }
}

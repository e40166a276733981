internal import Crypto

/// A SHA-256 digest of content; the only kind of identity in this project.
public struct ContentDigest: Hashable, Sendable {
  /// 64 lower-case hexadecimal digits.
  public let hex: String

  /// Reads 64 lower-case hexadecimal digits; nil for anything else.
  public init?(hex: String) {
    let isHex = hex.utf8.allSatisfy { (48...57).contains($0) || (97...102).contains($0) }
    guard hex.utf8.count == 64, isHex else { return nil }
    self.hex = hex
  }

  /// The digest of `bytes`.
  public init(of bytes: some Sequence<UInt8>) {
    var hasher = ContentHasher()
    let array = Array(bytes)
    array.withUnsafeBytes { hasher.update($0) }
    self = hasher.finish()
  }

  /// The digest of `text` as UTF-8.
  public init(of text: String) {
    self.init(of: text.utf8)
  }

  fileprivate init(_ digest: SHA256.Digest) {
    let digits = Array("0123456789abcdef".utf8)
    hex = String(
      decoding: digest.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }
}

/// Computes a digest piece by piece.
public struct ContentHasher {
  private var state = SHA256()

  /// Starts with no bytes.
  public init() {}

  /// Adds bytes.
  public mutating func update(_ bytes: UnsafeRawBufferPointer) {
    state.update(bufferPointer: bytes)
  }

  /// Adds the UTF-8 bytes of `text`.
  public mutating func update(_ text: String) {
    state.update(data: Array(text.utf8))
  }

  /// The digest of everything added.
  public func finish() -> ContentDigest {
    ContentDigest(state.finalize())
  }
}

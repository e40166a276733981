/// How a file is compressed, told from its first bytes and never from its name.
public enum Compression: String, Hashable, Sendable, CaseIterable {
  case none, gzip, xz, zstd

  /// The compression that a file beginning with `bytes` has; six bytes are enough.
  ///
  /// - Source: RFC 1952, section 2.3.1; the .xz file format 1.2.0, section 2.1.1.1; RFC 8878,
  ///   section 3.1.1.
  public init(magic bytes: some Collection<UInt8>) {
    if bytes.starts(with: [0x1f, 0x8b]) {
      self = .gzip
    } else if bytes.starts(with: [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00]) {
      self = .xz
    } else if bytes.starts(with: [0x28, 0xb5, 0x2f, 0xfd]) {
      self = .zstd
    } else {
      self = .none
    }
  }
}

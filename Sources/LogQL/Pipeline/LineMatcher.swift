import Patterns

/// A line filter made ready: decides on the bytes of a line.
struct LineMatcher: Sendable {
  /// One thing that is looked for.
  private enum Finder: Sendable {
    /// A literal, and the place of the byte in it that other texts hold least.
    case literal([UInt8], rarest: Int)
    case expression(Pattern)
    case pattern(CapturePattern)
    case address(AddressRange)
  }

  private let finders: [Finder]
  private let isNegative: Bool

  /// Makes a filter ready.
  ///
  /// - Throws: `PatternError` or `CapturePattern.Mistake`.
  init(_ filter: LineFilter) throws {
    isNegative = filter.comparison.isNegative
    finders = try filter.alternatives.map { needle in
      switch needle {
      case .address(let range):
        guard let range = AddressRange(range) else {
          preconditionFailure("BUG: the parser let an address range pass")
        }
        return .address(range)
      case .text(let text):
        switch filter.comparison {
        case .contains, .lacks: return Self.literal(text)
        case .matches, .doesNotMatch: return try Self.expression(text)
        case .fits, .doesNotFit: return .pattern(try CapturePattern(lineFilter: text))
        }
      }
    }
  }

  /// An expression that is nothing but letters, digits and blanks is searched as a literal.
  private static func expression(_ text: String) throws -> Finder {
    let isPlain = text.utf8.allSatisfy { byte in
      byte == UInt8(ascii: " ") || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-")
        || byte == UInt8(ascii: "=") || byte == UInt8(ascii: ":") || byte == UInt8(ascii: "\"")
        || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
        || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }
    return isPlain ? literal(text) : .expression(try Pattern(text))
  }

  private static func literal(_ text: String) -> Finder {
    let bytes = Array(text.utf8)
    // The most frequent bytes of log lines, the first of them the most.
    let frequent = Array(" e0ta1ionsr2l3d5c46798\".-:mpu/_=hgf,bvk".utf8)
    let ranks = bytes.map { frequent.firstIndex(of: $0) ?? frequent.count }
    let rarest = ranks.indices.max { ranks[$0] < ranks[$1] } ?? 0
    return .literal(bytes, rarest: rarest)
  }

  /// Whether a line passes.
  ///
  /// - Throws: `PatternError` when RE2 fails on the line.
  func passes(_ line: UnsafeRawBufferPointer) throws -> Bool {
    for finder in finders where try isFound(finder, in: line) { return !isNegative }
    return isNegative
  }

  private func isFound(_ finder: Finder, in line: UnsafeRawBufferPointer) throws -> Bool {
    switch finder {
    case .literal(let needle, let rarest):
      needle.withUnsafeBytes { Bytes.index(of: $0, rarest: rarest, in: line) } != nil
    case .expression(let pattern): try pattern.matches(line)
    case .pattern(let pattern): pattern.fits(line)
    case .address(let range): range.isFound(in: line)
    }
  }
}

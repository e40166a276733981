internal import CRE2

/// A compiled regular expression in RE2 syntax: linear time on any text.
///
/// One value may search on several threads at once.
public final class Pattern: Sendable {
  /// Where in a text a match may lie.
  public enum Anchor: Hashable, Sendable {
    /// Anywhere from the offset on.
    case anywhere
    /// Only starting at the offset.
    case atStart
    /// Only from the offset to the end of the text, as Prometheus matches labels.
    case whole
  }

  /// The pattern as it was written.
  public let text: String
  /// How the pattern is read.
  public let options: PatternOptions
  /// The number of capture groups.
  public let groupCount: Int
  /// The names of the capture groups in order; nil for a group without a name.
  public let groupNames: [String?]

  // Sendable: RE2's const methods are documented as safe from several threads, and nothing writes
  // the pointer after init.
  private nonisolated(unsafe) let handle: OpaquePointer

  /// Compiles `text`.
  public init(_ text: String, options: PatternOptions = PatternOptions()) throws(PatternError) {
    var copy = text
    let made = copy.withUTF8 { utf8 in
      utf8.withMemoryRebound(to: CChar.self) {
        cre2_pattern_new($0.baseAddress, $0.count, options.forRE2)
      }
    }
    guard let made else {
      throw .memoryLimit(pattern: text, limit: options.memoryLimit)
    }
    if let message = cre2_pattern_error(made) {
      let words = String(cString: message)
      cre2_pattern_delete(made)
      throw .invalid(pattern: text, message: words)
    }
    handle = made
    self.text = text
    self.options = options
    groupCount = Int(cre2_pattern_group_count(made))
    groupNames = (0..<groupCount).map { group in
      cre2_pattern_group_name(made, Int32(group + 1)).map { String(cString: $0) }
    }
  }

  deinit {
    cre2_pattern_delete(handle)
  }

  /// Whether the pattern matches `bytes`.
  public func matches(
    _ bytes: UnsafeRawBufferPointer, anchor: Anchor = .anywhere
  ) throws(PatternError) -> Bool {
    let answer = self.answer(to: bytes, from: 0, anchor: anchor, spans: nil, count: 0)
    return try verdict(answer, bytes: bytes.count)
  }

  /// Whether the pattern matches the UTF-8 of `text`.
  public func matches(_ text: String, anchor: Anchor = .anywhere) throws(PatternError) -> Bool {
    var copy = text
    let answer = copy.withUTF8 { utf8 in
      self.answer(to: UnsafeRawBufferPointer(utf8), from: 0, anchor: anchor, spans: nil, count: 0)
    }
    return try verdict(answer, bytes: text.utf8.count)
  }

  /// The leftmost match that starts at `offset` or later, or nil.
  ///
  /// Bytes before `offset` count as context for `\b`; `^` matches only at the start of the text.
  public func firstMatch(
    in bytes: UnsafeRawBufferPointer, from offset: Int = 0, anchor: Anchor = .anywhere
  ) throws(PatternError) -> PatternMatch? {
    let count = groupCount + 1
    var spans = [cre2_span](repeating: cre2_span(start: -1, end: -1), count: count)
    let answer = spans.withUnsafeMutableBufferPointer {
      self.answer(
        to: bytes, from: offset, anchor: anchor, spans: $0.baseAddress, count: Int32(count))
    }
    guard try verdict(answer, bytes: bytes.count) else { return nil }
    return PatternMatch(groups: spans.map { $0.start < 0 ? nil : $0.start..<$0.end })
  }

  /// The leftmost match that starts at `offset` or later, or nil.
  public func firstMatch(
    in bytes: [UInt8], from offset: Int = 0, anchor: Anchor = .anywhere
  ) throws(PatternError) -> PatternMatch? {
    let found = bytes.withUnsafeBytes { buffer in
      Result { () throws(PatternError) in
        try firstMatch(in: buffer, from: offset, anchor: anchor)
      }
    }
    return try found.get()
  }

  /// Whether the pattern matches `bytes`.
  public func matches(
    _ bytes: ArraySlice<UInt8>, anchor: Anchor = .anywhere
  ) throws(PatternError) -> Bool {
    let answer = bytes.withUnsafeBytes { buffer in
      self.answer(to: buffer, from: 0, anchor: anchor, spans: nil, count: 0)
    }
    return try verdict(answer, bytes: bytes.count)
  }

  /// Every match from left to right, none overlapping another; an empty match advances one byte.
  public func allMatches(
    in bytes: UnsafeRawBufferPointer
  ) throws(PatternError) -> [PatternMatch] {
    var found: [PatternMatch] = []
    var offset = 0
    while offset <= bytes.count, let match = try firstMatch(in: bytes, from: offset) {
      found.append(match)
      offset = match.range.isEmpty ? match.range.upperBound + 1 : match.range.upperBound
    }
    return found
  }

  private func answer(
    to bytes: UnsafeRawBufferPointer, from offset: Int, anchor: Anchor,
    spans: UnsafeMutablePointer<cre2_span>?, count: Int32
  ) -> Int32 {
    precondition(offset >= 0 && offset <= bytes.count, "BUG: offset outside of the text")
    return cre2_pattern_match(
      handle, bytes.baseAddress, bytes.count, offset, anchor.forRE2, spans, count)
  }

  private func verdict(_ answer: Int32, bytes: Int) throws(PatternError) -> Bool {
    if answer < 0 { throw .searchFailed(pattern: text, bytes: bytes) }
    return answer == 1
  }
}

extension Pattern.Anchor {
  fileprivate var forRE2: cre2_anchor {
    switch self {
    case .anywhere: CRE2_ANYWHERE
    case .atStart: CRE2_AT_START
    case .whole: CRE2_WHOLE
    }
  }
}

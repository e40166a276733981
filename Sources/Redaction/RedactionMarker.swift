import Patterns

/// What stands in the place of a secret: `[redacted:jwt]`.
enum RedactionMarker {
  /// The marker of the rule called `id`.
  static func bytes(for id: String) -> [UInt8] { Array("[redacted:\(id)]".utf8) }

  /// The word that every marker begins with; a keyword, so that marked text is always looked at.
  static let opening = Array("[redacted:".utf8)

  /// Where markers stand in `bytes`, from left to right.
  static func ranges(in bytes: [UInt8]) -> [Range<Int>] {
    var found: [Range<Int>] = []
    var start = 0
    while start + opening.count < bytes.count {
      if bytes[start] == opening[0], let end = end(ofMarkerAt: start, in: bytes) {
        found.append(start..<end)
        start = end
      } else {
        start += 1
      }
    }
    return found
  }

  /// The end of the marker that begins at `start`, or nil when none does.
  static func end(ofMarkerAt start: Int, in bytes: [UInt8]) -> Int? {
    let nameStart = start + opening.count
    guard nameStart < bytes.count, bytes[start..<nameStart].elementsEqual(opening) else {
      return nil
    }
    let name = bytes[nameStart...].prefix { $0.isLowercaseLetter || $0.isDigit || $0 == .hyphen }
    guard !name.isEmpty, name.endIndex < bytes.count, bytes[name.endIndex] == .closeBracket
    else { return nil }
    return name.endIndex + 1
  }
}

import Patterns
import Telemetry

/// Replaces every match of a pattern; `$1`, `${name}` in the replacement are groups, as in Go.
public struct PatternReplacement: Sendable {
  let pattern: Pattern
  let replacement: String

  /// Makes a replacement.
  public init(pattern: Pattern, replacement: String) {
    self.pattern = pattern
    self.replacement = replacement
  }

  /// The text with every match replaced; unchanged when it is too hard for the pattern.
  public func applied(to text: String) -> String {
    let bytes = Array(text.utf8)
    guard let matches = bytes.withUnsafeBytes({ try? pattern.allMatches(in: $0) }) else {
      return text
    }
    var result: [UInt8] = []
    var position = 0
    for match in matches {
      result += bytes[position..<match.range.lowerBound]
      result += expanded(for: match, in: bytes)
      position = match.range.upperBound
    }
    result += bytes[position...]
    return String(decoding: result, as: UTF8.self)
  }

  private func expanded(for match: PatternMatch, in bytes: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    var rest = Substring(replacement)
    while let dollar = rest.firstIndex(of: "$") {
      result += rest[..<dollar].utf8
      rest = rest[dollar...].dropFirst()
      if rest.hasPrefix("$") {
        result.append(UInt8(ascii: "$"))
        rest = rest.dropFirst()
        continue
      }
      let isBraced = rest.hasPrefix("{")
      let name = (isBraced ? rest.dropFirst() : rest).prefix {
        $0 == "_" || $0.isLetter || $0.isNumber
      }
      guard !name.isEmpty, !isBraced || rest.dropFirst(1 + name.count).hasPrefix("}") else {
        result.append(UInt8(ascii: "$"))
        continue
      }
      if let range = group(String(name), of: match) { result += bytes[range] }
      rest = rest.dropFirst(name.count + (isBraced ? 2 : 0))
    }
    return result + rest.utf8
  }

  private func group(_ name: String, of match: PatternMatch) -> Range<Int>? {
    let named = pattern.groupNames.firstIndex { $0?.hasSameBytes(as: name) ?? false }
    let number = Int(name) ?? named.map { $0 + 1 }
    guard let number, match.groups.indices.contains(number) else { return nil }
    return match.groups[number]
  }
}

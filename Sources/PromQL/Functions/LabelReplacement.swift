import Patterns

/// The value that `label_replace` makes of another: a pattern for the whole value and a template
/// with `$1`, `${1}`, `$name`, `${name}` and `$$`.
///
/// A name is as long as letters, digits and underscores go: `$1x` asks for a group called `1x`. A
/// group that is not there, or took no part, is empty; a `$` before anything else stands for itself.
///
/// - Source: Go `regexp.Regexp.Expand`.
struct LabelReplacement {
  private enum Part {
    case text([UInt8])
    case group(Int)
    case empty
  }

  private let pattern: Pattern
  private let parts: [Part]

  /// - Throws: `QueryError.execution` when `pattern` is no valid RE2 expression.
  init(pattern text: String, template: String) throws(QueryError) {
    do {
      pattern = try Pattern("^(?s:\(text))$")
    } catch {
      throw .execution("invalid regular expression in label_replace(): \(text)")
    }
    parts = Self.parts(of: template, groups: pattern.groupNames)
  }

  /// The template filled in, or nil when the pattern does not match the whole value.
  func value(for source: String) throws -> String? {
    let bytes = Array(source.utf8)
    guard let match = try pattern.firstMatch(in: bytes, anchor: .whole) else { return nil }
    var value: [UInt8] = []
    for part in parts {
      switch part {
      case .text(let text): value += text
      case .group(let index):
        if index < match.groups.count, let range = match.groups[index] { value += bytes[range] }
      case .empty: break
      }
    }
    return String(decoding: value, as: UTF8.self)
  }

  private static func parts(of template: String, groups: [String?]) -> [Part] {
    var parts: [Part] = []
    var rest = Substring(template).unicodeScalars
    while let dollar = rest.firstIndex(of: "$") {
      parts.append(.text(Array(String(rest[..<dollar]).utf8)))
      rest = rest[rest.index(after: dollar)...]
      if rest.first == "$" {
        parts.append(.text([UInt8(ascii: "$")]))
        rest = rest.dropFirst()
      } else if let (name, remainder) = leadingName(of: rest) {
        parts.append(part(named: name, groups))
        rest = remainder
      } else {
        parts.append(.text([UInt8(ascii: "$")]))
      }
    }
    parts.append(.text(Array(String(rest).utf8)))
    return parts
  }

  /// The name after a `$`, with or without braces, and what follows it.
  private static func leadingName(
    of text: Substring.UnicodeScalarView
  ) -> (name: String, rest: Substring.UnicodeScalarView)? {
    let isBraced = text.first == "{"
    let start = isBraced ? text.dropFirst() : text
    let name = start.prefix {
      $0 == "_" || $0.properties.isAlphabetic || $0.properties.numericType == .decimal
    }
    guard !name.isEmpty else { return nil }
    let rest = start[name.endIndex...]
    guard isBraced else { return (String(name), rest) }
    return rest.first == "}" ? (String(name), rest.dropFirst()) : nil
  }

  private static func part(named name: String, _ groups: [String?]) -> Part {
    let isNumber = name.utf8.allSatisfy { (48...57).contains($0) }
    if isNumber, name == "0" || name.utf8.first != 48, let index = Int(name) {
      return .group(index)
    }
    let index = groups.firstIndex { $0.map { $0.hasSameBytes(as: name) } ?? false }
    return index.map { .group($0 + 1) } ?? .empty
  }
}

/// A field of a document, such as `request.headers[0]` or `["user agent"].name`.
///
/// - Source: Loki 3, pkg/logql/log/jsonexpr.
struct FieldPath: Hashable {
  /// One step into a document.
  enum Step: Hashable {
    /// A member of an object, by the bytes of its key.
    case member([UInt8])
    /// An element of an array, from 0.
    case element(Int)
  }

  /// The steps from the document down; at least one.
  let steps: [Step]

  /// Reads a path; nil when the text is none.
  init?(_ text: String) {
    var rest = Array(text.utf8)[...]
    var steps: [Step] = []
    while let first = rest.first {
      if first == UInt8(ascii: "[") {
        guard let step = Self.bracketed(&rest) else { return nil }
        steps.append(step)
        continue
      }
      if first == UInt8(ascii: ".") {
        guard !steps.isEmpty else { return nil }
        rest = rest.dropFirst()
      } else if !steps.isEmpty {
        return nil
      }
      let name = rest.prefix { Self.isNamePart($0) }
      guard let start = name.first, !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains(start) else {
        return nil
      }
      steps.append(.member(Array(name)))
      rest = rest.dropFirst(name.count)
    }
    guard !steps.isEmpty else { return nil }
    self.steps = steps
  }

  /// `[0]` or `["name"]`, taken off the front.
  private static func bracketed(_ rest: inout ArraySlice<UInt8>) -> Step? {
    rest = rest.dropFirst()
    if rest.first == UInt8(ascii: "\"") {
      rest = rest.dropFirst()
      guard let end = rest.firstIndex(of: UInt8(ascii: "\"")), end + 1 < rest.endIndex,
        rest[end + 1] == UInt8(ascii: "]")
      else { return nil }
      let name = Array(rest[..<end])
      rest = rest[(end + 2)...]
      return .member(name)
    }
    guard let end = rest.firstIndex(of: UInt8(ascii: "]")),
      rest[..<end].allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
      let index = Int(String(decoding: rest[..<end], as: UTF8.self))
    else { return nil }
    rest = rest[(end + 1)...]
    return .element(index)
  }

  private static func isNamePart(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "_") || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
      || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20) || byte >= 0x80
  }
}

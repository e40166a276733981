/// Numbers the words of all wordings and says what kind of word each is.
struct WordList {
  private struct Traits: OptionSet {
    let rawValue: UInt8
    static let mark = Traits(rawValue: 1)
    static let name = Traits(rawValue: 2)
    static let equalsSign = Traits(rawValue: 4)
    static let introduction = Traits(rawValue: 8)
  }

  private var ids: [UInt64: Int32] = [:]
  /// The traits of each id; id 0 is every value.
  private var traits: [Traits] = [[]]

  /// The number of a part's word; 0 for a value.
  mutating func id(of part: Skeleton.Part) -> Int32 {
    if part.kind == .variable { return TemplateMerging.variable }
    if let id = ids[part.hash] { return id }
    let id = Int32(traits.count)
    ids[part.hash] = id
    traits.append(Self.traits(of: part))
    return id
  }

  /// Whether an id is a mark or a word without a letter.
  func isMark(_ id: Int32) -> Bool { traits[Int(id)].contains(.mark) }

  /// Whether an id is a word of letters, so neither value nor mark.
  func isConstant(_ id: Int32) -> Bool {
    id != TemplateMerging.variable && !traits[Int(id)].contains(.mark)
  }

  /// Whether a word looks like a name, with marks between its letters.
  func isName(_ id: Int32) -> Bool { traits[Int(id)].contains(.name) }

  /// Whether an id is `=`.
  func isEqualsSign(_ id: Int32) -> Bool { traits[Int(id)].contains(.equalsSign) }

  /// Whether a value often follows the word.
  func introducesValue(_ id: Int32) -> Bool { traits[Int(id)].contains(.introduction) }

  private static func traits(of part: Skeleton.Part) -> Traits {
    var traits: Traits = []
    if part.kind == .mark || !part.bytes.contains(.letter) { traits.insert(.mark) }
    if part.text == [UInt8(ascii: "=")] { traits.insert(.equalsSign) }
    if part.text.dropLast().contains(where: isNameMark) { traits.insert(.name) }
    if introductions.contains(where: { Array($0.utf8) == part.text.map { $0 | 0x20 } }) {
      traits.insert(.introduction)
    }
    return traits
  }

  private static func isNameMark(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "$"), UInt8(ascii: "/"),
      UInt8(ascii: "\\"), UInt8(ascii: "@"), UInt8(ascii: "#"), UInt8(ascii: "%"):
      true
    default: false
    }
  }

  /// Nouns for what has a name, and prepositions that stand before one.
  private static let introductions = [
    "user", "username", "host", "hostname", "node", "pod", "container", "image", "address",
    "server", "client", "named", "called", "for", "by", "from", "file", "path", "command",
    "device", "interface", "process",
  ]
}

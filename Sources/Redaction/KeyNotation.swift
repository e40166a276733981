import Patterns

/// How a key and its value are written beside each other.
///
/// The expression of a rule's key is put between what may stand around it; the groups say which
/// notation it was.
enum KeyNotation {
  /// A pattern of `key` and of all that stands between it and its value.
  static func pattern(ofKey key: String) throws(PatternError) -> Pattern {
    try Pattern("(?i)(?:\(key))\(suffix)(?:\(pair)|\(sign)|\(tag)|\(flag))", options: options)
  }

  /// A pattern that finds `key` at the end of a name that stands alone.
  static func patternAlone(ofKey key: String) throws(PatternError) -> Pattern {
    try Pattern("(?i)(?:\(key))\(suffix)$", options: options)
  }

  /// A pattern that occurs wherever the first one can match, for the pass that chooses rules.
  static func trigger(ofKey key: String) -> String {
    let name = "(?:\(key))\(suffix)"
    let sign = #"(?:["'`\\%\]&:=>,\n\x1b]|[ \t]+(?:[:=,;\n"'-]|value))"#
    return #"(?i)\#(name)\#(sign)|(?i)[<-][\w:.-]*\#(name)[ \t,]"#
  }

  static let options = PatternOptions(alphabet: .bytes)

  /// `password1`, `tokenValue`, `apiKeys`.
  private static let suffix =
    "s?(?:[_.-]?(?:value|string|plain(?:text)?|text|hash|hex|raw|old|new|b64|base64"
    + "|enc(?:rypted|oded)?|confirm(?:ation)?|repeat|[0-9]{1,3}))?"
  /// Colours that a logger for terminals puts around keys, raw or escaped in JSON.
  private static let colours = #"(?:(?:\x1b|\\u001[bB])\[[0-9;]*m)*"#
  /// `"name": "password", "value": "…"`, also in YAML and as XML attributes.
  private static let pair =
    #"(?P<pair>\\*["'`]?[ \t]*[,;]?(?:\s|\\n)*(?:- )?\\*["'`]?value\\*["'`]?[ \t]*[:=][ \t]*)"#
  /// `password=…`, `"password": "…"`, `password => …`, `password%3D…`.
  private static let sign =
    #"(?:\\*["'`]|%22|&quot;|&#34;)?\]?\#(colours)[ \t]*(?P<sign>=>|:=|={1,2}|:|%3[adAD])"#
    + #"[ \t]*\#(colours)(?:\((?:string|\[\]uint8)\) ?(?:\((?:len|cap)=[^()]*\) ?)?)?"#
  /// `<password>…</password>`.
  private static let tag = #"(?P<tag>(?:[ \t][^<>\n]{0,200})?>)"#
  /// `--password …`, `"--password", "…"`, and the same as a YAML list.
  private static let flag = #"(?P<flag>\\*["'`][ \t]*,[ \t]*|,?[ \t]+|\\*["']?(?:\n|\\n)\s*- )"#

  static let pairGroup = 1
  static let signGroup = 2
  static let tagGroup = 3
  static let flagGroup = 4
}

/// A place where a key is followed by a value.
struct KeyPlace {
  /// The whole name around the key, such as `db.password`.
  let name: Range<Int>
  /// The name with a path before it, such as `checksum/secret`.
  let qualifiedName: Range<Int>
  /// What stands between key and value.
  let notation: Notation
  /// Where the value begins, before any quotation mark.
  var valueStart: Int

  enum Notation: Hashable {
    case sign, colon, percentEncoded, tag, flag
  }

  /// Reads a match of `KeyNotation.pattern`; nil when it is no key after all, such as the scope
  /// operator of a programming language or a word that happens to stand before a blank.
  init?(_ match: PatternMatch, keyGroups: Int, in bytes: [UInt8]) {
    let groups = match.groups.dropFirst(keyGroups)
    func group(_ number: Int) -> Range<Int>? { groups[groups.startIndex + number] }
    let nameStart =
      bytes[..<match.range.lowerBound].lastIndex { !$0.isKeyCharacter }
      .map { $0 + 1 } ?? 0
    let separator = bytes[match.range.lowerBound...].firstIndex { !$0.isKeyCharacter }
    let nameEnd = min(separator ?? bytes.count, match.range.upperBound)
    name = nameStart..<nameEnd
    let pathStart = bytes[..<nameStart].lastIndex { !($0.isKeyCharacter || $0 == .slash) }
    qualifiedName = (pathStart.map { $0 + 1 } ?? 0)..<nameEnd
    valueStart = match.range.upperBound
    if group(KeyNotation.flagGroup) != nil {
      guard bytes[nameStart] == .hyphen, bytes.byte(at: valueStart) != .hyphen else { return nil }
      notation = .flag
    } else if group(KeyNotation.tagGroup) != nil {
      guard bytes.byte(at: nameStart - 1) == .less else { return nil }
      notation = .tag
    } else if let sign = group(KeyNotation.signGroup) {
      let isColon = sign.count == 1 && bytes[sign.lowerBound] == .colon
      let next = bytes.byte(at: sign.upperBound)
      // The user of a URL is no key, nor is a scheme or the scope of a name in C++ and Rust.
      if isColon && bytes.has("//", at: nameStart - 2) { return nil }
      if isColon && (next == .colon || bytes.has("//", at: sign.upperBound)) { return nil }
      notation = bytes[sign.lowerBound] == .percent ? .percentEncoded : isColon ? .colon : .sign
    } else {
      notation = .sign
    }
  }

  /// Whether the name is all that stands before it on its line, as in YAML.
  func startsLine(in bytes: [UInt8]) -> Bool {
    let before = bytes[..<name.lowerBound].reversed()
    let stop = before.first { !($0.isBlank || $0 == .hyphen || $0.isQuote) }
    return stop == nil || stop == .newline
  }

  /// Whether the name is a parameter of a URL query.
  func isInQuery(in bytes: [UInt8]) -> Bool {
    let before = bytes.byte(at: name.lowerBound - 1)
    return before == .questionMark || before == .ampersand
      || bytes.has("&amp;", at: name.lowerBound - 5)
  }
}

/// The words of a text, in which parties are looked for.
///
/// It works on bytes: hundreds of lines are read for every report, and cutting a `String` into
/// characters costs more than everything else in reasoning.
struct MentionWords {
  /// Where the words are, without quotes, brackets and closing punctuation.
  private(set) var ranges: [Range<Int>] = []
  private let bytes: [UInt8]
  /// The bytes with ASCII letters in lower case.
  private let folded: [UInt8]

  /// Cuts `text` at blanks, quotes, commas, semicolons and brackets.
  init(_ text: String) {
    bytes = Array(text.utf8)
    folded = bytes.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
    var start = 0
    for index in 0...bytes.count {
      guard index == bytes.count || Self.isSeparator(bytes[index]) else { continue }
      let word = trimmed(start..<index)
      if !word.isEmpty { ranges.append(word) }
      start = index + 1
    }
  }

  /// Keys whose value is the other party; in front of a word or joined to it by `=`.
  private static let peerKeys = [
    "upstream", "peer", "addr", "address", "host", "target", "destination", "server", "endpoint",
    "broker", "remote",
  ]
  private static let methods = ["get", "post", "put", "delete", "head", "patch"]
  private static let connecting = ["connect", "connection", "connecting"]
  private static let dialed = ["tcp", "tcp4", "tcp6", "udp"]

  /// The party that the word at `index` names, or nil.
  func mention(at index: Int) -> PeerMention? {
    let word = ranges[index]
    if isPartOfLookup(index) { return nil }
    let scheme = self.scheme(in: word) ?? word.upperBound
    if let equals = bytes[word].firstIndex(of: UInt8(ascii: "=")), equals < scheme {
      guard matches(word.lowerBound..<equals, Self.peerKeys) else { return nil }
      return party(equals + 1..<word.upperBound, isConnection: false, needsPort: false)
    }
    let last = index > 0 ? ranges[index - 1] : 0..<0
    if scheme < word.upperBound {
      let isCall = matches(last, Self.methods)
      return party(
        scheme + 3..<word.upperBound, isConnection: isCall, needsPort: false, isURL: true)
    }
    if matches(last, ["lookup"]) { return party(word, isConnection: true, needsPort: false) }
    let before = index > 1 ? ranges[index - 2] : 0..<0
    let isDial = matches(before, ["dial"]) && matches(last, Self.dialed)
    if isDial || matches(last, ["to"]) && matches(before, Self.connecting) {
      let found = party(word, isConnection: true, needsPort: false)
      return found.flatMap { $0.port != nil || $0.host.utf8.contains(UInt8(ascii: ".")) ? $0 : nil }
    }
    return party(word, isConnection: false, needsPort: !matches(last, Self.peerKeys))
  }

  /// Whether the word is `on` or the name server in `lookup HOST on SERVER:53`.
  private func isPartOfLookup(_ index: Int) -> Bool {
    index >= 2 && matches(ranges[index - 2], ["lookup"])
      || index >= 3 && matches(ranges[index - 3], ["lookup"]) && matches(ranges[index - 1], ["on"])
  }

  /// Reads `host[/…][:port]`, or what follows the scheme of a URL; nil when it is no host.
  private func party(
    _ word: Range<Int>, isConnection: Bool, needsPort: Bool, isURL: Bool = false
  ) -> PeerMention? {
    var rest = bytes[word]
    if isURL {
      rest = rest.prefix { !"/?#".utf8.contains($0) }
      if let user = rest.lastIndex(of: UInt8(ascii: "@")) { rest = rest[(user + 1)...] }
    }
    let host = rest.prefix { $0 != UInt8(ascii: ":") && $0 != UInt8(ascii: "/") }
    let tail = rest[host.endIndex...]
    guard !needsPort || !tail.isEmpty, Self.isHost(host) else { return nil }
    var port: Int64?
    if let colon = tail.lastIndex(of: UInt8(ascii: ":")) {
      port = Self.port(tail[(colon + 1)...])
      if port == nil { return nil }
    }
    guard port != nil || !needsPort else { return nil }
    return PeerMention(
      host: String(decoding: host, as: UTF8.self), port: port, isConnection: isConnection)
  }

  private static func port(_ bytes: ArraySlice<UInt8>) -> Int64? {
    let digits = bytes.prefix { (0x30...0x39).contains($0) }
    guard (1...5).contains(digits.count) else { return nil }
    let value = digits.reduce(0) { $0 * 10 + Int64($1 - 0x30) }
    return (1...65_535).contains(value) ? value : nil
  }

  /// Whether the bytes are an IPv4 address or a DNS name.
  private static func isHost(_ bytes: ArraySlice<UInt8>) -> Bool {
    guard (1...253).contains(bytes.count), bytes.allSatisfy(isHostByte) else { return false }
    let parts = bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    let dash = UInt8(ascii: "-")
    guard parts.allSatisfy({ !$0.isEmpty && $0.first != dash && $0.last != dash }) else {
      return false
    }
    if bytes.contains(where: { $0 >= 0x41 }) { return true }
    return parts.count == 4
      && parts.allSatisfy { part in
        part.count <= 3 && part.reduce(0) { $0 * 10 + Int($1) - 0x30 } < 256
      }
  }

  private static func isHostByte(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "."): true
    default: false
    }
  }

  private func matches(_ range: Range<Int>, _ terms: [String]) -> Bool {
    terms.contains { $0.utf8.count == range.count && folded[range].elementsEqual($0.utf8) }
  }

  /// Where `://` begins in a word, or nil.
  private func scheme(in word: Range<Int>) -> Int? {
    word.dropLast(2).first { index in
      bytes[index] == UInt8(ascii: ":") && bytes[index + 1] == UInt8(ascii: "/")
        && bytes[index + 2] == UInt8(ascii: "/")
    }
  }

  private func trimmed(_ range: Range<Int>) -> Range<Int> {
    var (start, end) = (range.lowerBound, range.upperBound)
    while end > start, bytes[end - 1] == UInt8(ascii: ":") || bytes[end - 1] == UInt8(ascii: ".") {
      end -= 1
    }
    while start < end, bytes[start] == UInt8(ascii: ":") || bytes[start] == UInt8(ascii: "=") {
      start += 1
    }
    return start..<end
  }

  private static func isSeparator(_ byte: UInt8) -> Bool {
    switch byte {
    case 0...0x20, UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "`"), UInt8(ascii: ","),
      UInt8(ascii: ";"), UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "["),
      UInt8(ascii: "]"), UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: "\\"):
      true
    default: false
    }
  }
}

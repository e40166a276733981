/// Another party that a log line or event message says it talked to.
struct PeerMention: Hashable, Sendable {
  /// An address or a name, in the case of the text.
  let host: String
  /// The port, when the text states one.
  let port: Int64?
  /// Whether the words around it say that a connection was tried, so that an unknown host is
  /// certain to be a party outside; otherwise only known hosts may be concluded from it.
  let isConnection: Bool
}

extension PeerMention {
  /// The parties that `text` mentions, in order, each once.
  ///
  /// Read are `dial tcp HOST:PORT`, `lookup HOST`, `connect to HOST…`, `upstream HOST`,
  /// `"upstream":"HOST"`, `addr=HOST`, `Get "scheme://HOST…`, and any `HOST:PORT`.
  static func mentions(in text: String) -> [PeerMention] {
    let words = words(of: text)
    var mentions: [PeerMention] = []
    for index in words.indices {
      guard let mention = mention(words, at: index), !mentions.contains(mention) else { continue }
      mentions.append(mention)
    }
    return mentions
  }

  /// Keys whose value is the other party; in front of a word or joined to it by `=`.
  private static let peerKeys: Set<String> = [
    "upstream", "peer", "addr", "address", "host", "target", "destination", "server", "endpoint",
    "broker", "remote",
  ]
  private static let methods: Set<String> = ["get", "post", "put", "delete", "head", "patch"]

  private static func words(of text: String) -> [Substring] {
    text.split { $0.isWhitespace || "\"'`,;()[]{}".contains($0) }
      .map { word in
        var word = word
        while let last = word.last, ":.".contains(last) { word.removeLast() }
        while let first = word.first, ":=".contains(first) { word.removeFirst() }
        return word
      }
      .filter { !$0.isEmpty }
  }

  private static func mention(_ words: [Substring], at index: Int) -> PeerMention? {
    let before = words[..<index].suffix(2).map { $0.lowercased() }
    let last = before.last ?? ""
    if before.first == "lookup" && before.count == 2 && last != "lookup" { return nil }
    var word = words[index]
    if isResolver(words, at: index) { return nil }
    let scheme = word.firstRange(of: "://")?.lowerBound ?? word.endIndex
    if let equals = word.firstIndex(of: "="), equals < scheme {
      guard peerKeys.contains(word[..<equals].lowercased()) else { return nil }
      word = word[word.index(after: equals)...]
      return party(word, isConnection: false, needsPort: false)
    }
    if scheme < word.endIndex {
      return party(word, isConnection: methods.contains(last), needsPort: false)
    }
    let isDial = before.first == "dial" && ["tcp", "tcp4", "tcp6", "udp"].contains(last)
    if last == "lookup" { return party(word, isConnection: true, needsPort: false) }
    if isDial || last == "to" && ["connect", "connection", "connecting"].contains(before.first) {
      let found = party(word, isConnection: true, needsPort: false)
      return found.flatMap { $0.port != nil || $0.host.contains(".") ? $0 : nil }
    }
    return party(word, isConnection: false, needsPort: !peerKeys.contains(last))
  }

  /// Whether the word is the name server in `lookup HOST on SERVER:53`.
  private static func isResolver(_ words: [Substring], at index: Int) -> Bool {
    index >= 3 && words[index - 1] == "on" && words[index - 3].lowercased() == "lookup"
  }

  /// Reads `[scheme://][user@]host[/…][:port]`; nil when it is no host.
  private static func party(
    _ word: Substring, isConnection: Bool, needsPort: Bool
  ) -> PeerMention? {
    var rest = word
    if let scheme = rest.firstRange(of: "://") {
      rest = rest[scheme.upperBound...]
      rest = rest.prefix { !"/?#".contains($0) }
      if let user = rest.lastIndex(of: "@") { rest = rest[rest.index(after: user)...] }
    }
    let host = String(rest.prefix { !":/".contains($0) })
    let tail = rest.dropFirst(host.count)
    var port: Int64?
    if let colon = tail.lastIndex(of: ":") {
      port = Int64(tail[tail.index(after: colon)...].prefix { $0.isASCII && $0.isNumber })
      guard let port, (1...65_535).contains(port) else { return nil }
    }
    guard isHost(host), port != nil || !needsPort else { return nil }
    return PeerMention(host: host, port: port, isConnection: isConnection)
  }

  /// Whether `text` is an IPv4 address or a DNS name.
  private static func isHost(_ text: String) -> Bool {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard text.utf8.count <= 253,
      parts.allSatisfy({ part in
        !part.isEmpty && part.first != "-" && part.last != "-"
          && part.utf8.allSatisfy(isHostByte)
      })
    else { return false }
    return isAddress(text) || text.utf8.contains { $0 >= UInt8(ascii: "A") }
  }

  private static func isHostByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"):
      true
    default: false
    }
  }

  /// Whether `text` is an IPv4 address.
  static func isAddress(_ text: String) -> Bool {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 4 && parts.allSatisfy { UInt8($0) != nil }
  }

  /// Whether the host is an address that belongs to no one outside: private, loopback, link-local.
  var isInternalAddress: Bool {
    guard Self.isAddress(host) else { return host == "localhost" }
    let parts = host.split(separator: ".").compactMap { UInt8($0) }
    switch (parts[0], parts[1]) {
    case (10, _), (127, _), (0, _), (192, 168), (169, 254): return true
    case (172, 16...31), (100, 64...127): return true
    default: return false
    }
  }
}

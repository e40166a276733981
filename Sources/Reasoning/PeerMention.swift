/// Another party that a log line or event message says it talked to.
struct PeerMention: Hashable, Sendable {
  /// An address or a name, in the case of the text.
  let host: String
  /// The port, when the text states one.
  let port: Int64?
  /// Whether the words around it say that a connection was tried, so that an unknown host is
  /// certain to be a party outside; otherwise only known hosts may be concluded from it.
  let isConnection: Bool

  /// The parties that `text` mentions, in order, each once.
  ///
  /// Read are `dial tcp HOST:PORT`, `lookup HOST`, `connect to HOST…`, `upstream HOST`,
  /// `"upstream":"HOST"`, `addr=HOST`, `Get "scheme://HOST…`, and any `HOST:PORT`.
  static func mentions(in text: String) -> [PeerMention] {
    let words = MentionWords(text)
    var mentions: [PeerMention] = []
    for index in words.ranges.indices {
      guard let mention = words.mention(at: index), !mentions.contains(mention) else { continue }
      mentions.append(mention)
    }
    return mentions
  }

  /// Whether the host is an address that belongs to no one outside: private, loopback, link-local.
  var isInternalAddress: Bool {
    let parts = host.split(separator: ".", omittingEmptySubsequences: false)
      .map { UInt8($0) }
    guard parts.count == 4, let first = parts[0], let second = parts[1] else {
      return host == "localhost"
    }
    switch (first, second) {
    case (10, _), (127, _), (0, _), (192, 168), (169, 254): return true
    case (172, 16...31), (100, 64...127): return true
    default: return false
    }
  }
}

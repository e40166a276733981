import Telemetry

/// What a body that is not JSON turned out to be.
enum PlainText: Sendable {
  /// Lines with times.
  case log(LogTable)
  /// A table or a description that kubectl printed for people; the kind of object it shows.
  case kubectlText(kind: String)
  /// An error that a server or kubectl printed instead of data, in its words.
  case serverError(String)
  /// A page for a browser, such as a login form; its title.
  case webPage(title: String)
  /// Nothing at all.
  case empty
  /// Text without times, or bytes that are no text; the words say which.
  case unrecognised(String)

  /// Tells what `bytes` are from their content alone.
  init(_ bytes: [UInt8]) {
    let head = String(decoding: bytes.prefix(4096), as: UTF8.self)
    let start = head.drop { $0.isWhitespace }
    if start.isEmpty, bytes.count <= 4096 {
      self = .empty
    } else if bytes.prefix(65_536).contains(0) {
      self = .unrecognised("bytes that are no text")
    } else if let title = Self.pageTitle(start) {
      self = .webPage(title: title)
    } else if let message = Self.errorMessage(start, isWhole: bytes.count <= 4096) {
      self = .serverError(message)
    } else if let kind = KubectlText.kind(of: start) {
      self = .kubectlText(kind: kind)
    } else if let log = PlainLogReader.table(of: bytes) {
      self = .log(log)
    } else {
      self = .unrecognised("text in which no line states a time")
    }
  }

  private static func pageTitle(_ text: Substring) -> String? {
    let lower = text.lowercased()
    guard lower.hasPrefix("<!doctype html") || lower.hasPrefix("<html") else { return nil }
    guard let open = text.range(ofBytes: "<title>", ignoringCase: lower),
      let close = text[open...].firstIndex(of: "<")
    else { return "no title" }
    return String(text[open..<close])
  }

  /// The first line of a text that begins as errors of Loki, kubectl and proxies do.
  private static func errorMessage(_ text: Substring, isWhole: Bool) -> String? {
    let line = text.prefix { !$0.isNewline }
    let isKnown = serverErrors.contains { line.hasPrefix($0) }
    return isKnown && isWhole ? String(line) : nil
  }

  private static let serverErrors = [
    "Error from server", "error: ", "The connection to the server",
    "Unable to connect to the server",
    "max entries limit", "parse error", "the query time range exceeds",
    "too many outstanding requests",
    "the query would read too many bytes", "query too large", "stream selector is missing",
    "maximum of series", "exceeded maximum resolution", "context deadline exceeded",
    "context canceled", "rpc error: ", "no org id", "upstream connect error",
    "upstream request timeout",
    "no healthy upstream", "Unauthorized", "Forbidden", "401 ", "403 ", "404 page not found",
    "502 Bad Gateway", "503 Service", "504 Gateway", "Bad Gateway", "Service Unavailable",
    "Gateway Timeout", "Too Many Requests", "invalid parameter", "queries require at least one",
    "maximum number of series",
  ]
}

extension Substring {
  /// The index after `<title>`, found in the lower-case form of the same text.
  fileprivate func range(ofBytes text: String, ignoringCase lower: String) -> Index? {
    let wanted = Array(text.utf8)
    let bytes = Array(lower.utf8)
    guard bytes.count == utf8.count, bytes.count >= wanted.count else { return nil }
    for offset in 0...bytes.count - wanted.count where bytes[offset...].starts(with: wanted) {
      return utf8.index(startIndex, offsetBy: offset + wanted.count)
    }
    return nil
  }
}

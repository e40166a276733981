import Telemetry

/// A LogQL query as far as an import must understand it: which streams it selects, and what its
/// pipeline does to their lines.
struct LogSelector: Hashable, Sendable {
  let matchers: [LabelMatcher]
  /// Everything after the stream selector, trimmed.
  let pipeline: String
  /// Whether a stage extracts labels from the line (`| json` and its like).
  let hasParser: Bool
  /// Whether a stage rewrites the line, so that it is no longer the line that was logged.
  let rewritesLines: Bool
  /// Whether every line of the selected streams passes.
  let keepsEveryLine: Bool

  /// Reads a log query; nil when it is none, for instance a metric query.
  init?(_ query: String) {
    var scanner = QueryScanner(query)
    scanner.skipSpace()
    guard let matchers = scanner.matchers() else { return nil }
    scanner.skipSpace()
    self.matchers = matchers
    pipeline = scanner.rest
    let stages = Self.stages(of: pipeline)
    hasParser = stages.contains { Self.parsers.contains($0) }
    rewritesLines = stages.contains { Self.rewriters.contains($0) }
    keepsEveryLine = stages.allSatisfy { Self.parsers.contains($0) || Self.keepers.contains($0) }
  }

  /// Whether the query selects a stream; nil when that needs a regular expression engine.
  func selects(_ labels: LabelSet) -> Bool? {
    var isKnown = true
    for matcher in matchers {
      switch matcher.matches(labels) {
      case false?: return false
      case nil: isKnown = false
      default: break
      }
    }
    return isKnown ? true : nil
  }

  private static let parsers = ["json", "logfmt", "pattern", "regexp", "unpack", "label_format"]
  private static let rewriters = ["line_format", "decolorize", "unpack"]
  private static let keepers = ["drop", "keep", "line_format", "decolorize"]

  /// The first word of every stage; a line filter or label filter counts as `filter`.
  private static func stages(of pipeline: String) -> [String] {
    var scanner = QueryScanner(pipeline)
    var stages: [String] = []
    while true {
      scanner.skipSpace()
      if scanner.isAtEnd { return stages }
      if ["|=", "|~", "|>", "!=", "!~", "!>"].contains(where: { scanner.skip($0) }) {
        stages.append("filter")
      } else if scanner.skip("|") {
        scanner.skipSpace()
        let word = scanner.metricName() ?? "filter"
        // Stage names are reserved; any other word is a label that is compared.
        stages.append((parsers + rewriters + keepers).contains(word) ? word : "filter")
      } else {
        scanner.skipOne()
      }
      scanner.skipArguments()
    }
  }
}

extension QueryScanner {
  /// Skips to the next stage, over quoted text.
  fileprivate mutating func skipArguments() {
    while let byte = peek {
      if byte == UInt8(ascii: "|") { return }
      if byte == 0x22 || byte == 0x60 {
        if quotedText() == nil { skipToEnd() }
      } else if byte == UInt8(ascii: "!") {
        return
      } else {
        skipOne()
      }
    }
  }
}

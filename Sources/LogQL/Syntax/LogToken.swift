import PromQL
import Telemetry

/// One word of a query.
struct LogToken {
  /// What kind of word it is, with its value.
  enum Kind: Hashable {
    /// A name; keywords are names too.
    case word(String)
    /// A text, without its quotes and escapes.
    case string(String)
    /// A number as it was written, without a sign.
    case number(String)
    /// Nanoseconds.
    case duration(Int64)
    case bytes(UInt64)
    /// `[5m]`
    case range(TimeSpan)
    /// `--strict`
    case flag(String)
    /// An operator or a bracket.
    case mark(String)
    case end
  }

  let kind: Kind
  let position: SourceRange

  /// The token as an error names it.
  var described: String {
    switch kind {
    case .word(let text), .number(let text), .flag(let text), .mark(let text): "\"\(text)\""
    case .string: "a string"
    case .duration: "a duration"
    case .bytes: "a size"
    case .range: "a range"
    case .end: "the end of the query"
    }
  }

  /// Whether the token is this operator or bracket.
  func isMark(_ text: String) -> Bool { kind == .mark(text) }

  /// The word in lower case, as keywords are compared.
  var keyword: String? {
    if case .word(let text) = kind { text.lowercased() } else { nil }
  }
}

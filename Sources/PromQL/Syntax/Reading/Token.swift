import Canonical

/// One word or sign of a query.
struct Token: Sendable {
  /// What it is.
  var kind: Kind
  /// The offset of its first byte.
  var start: Int
  /// The offset of the byte after its last.
  var end: Int
  /// The text of a string without its quotes and escapes; nil when it is not UTF-8, and for all
  /// other tokens.
  var value: String?

  enum Kind: Hashable, Sendable {
    case end
    case identifier
    /// An identifier with a colon, which no label may have.
    case metricName
    case number, duration, string
    case leftParenthesis, rightParenthesis, leftBrace, rightBrace, leftBracket, rightBracket
    case comma, colon, at
    /// `=`, `=~` and `!~`, inside braces; `!=` is an operator there too.
    case comparison(LabelMatcher.Comparison)
    case op(BinaryOperator)
    case aggregator(AggregationOperator)
    case keyword(Keyword)
  }

  /// A word with a meaning of its own in some places.
  enum Keyword: String, Hashable, Sendable, CaseIterable {
    case by, without, on, ignoring, bool, offset, anchored, smoothed, fill
    case groupLeft = "group_left"
    case groupRight = "group_right"
    case fillLeft = "fill_left"
    case fillRight = "fill_right"
    case start, end, step, range
    case leastOf = "min_of"
    case greatestOf = "max_of"

    /// Whether it is a function as well.
    var isFunction: Bool {
      switch self {
      case .start, .end, .step, .range, .leastOf, .greatestOf: true
      default: false
      }
    }

    /// Whether a metric may have this name without quotes.
    var canNameMetric: Bool {
      switch self {
      case .on, .ignoring, .bool, .groupLeft, .groupRight, .fill, .fillLeft, .fillRight: false
      default: true
      }
    }
  }

  /// What a word is, whatever the case of its letters; nil for a name.
  static func kind(ofWord word: String) -> Kind? { kindsByWord[word.lowercased()] }

  private static let kindsByWord: [String: Kind] = {
    var kinds: [String: Kind] = ["inf": .number, "nan": .number]
    for op in [BinaryOperator.and, .or, .unless, .atan2] { kinds[op.rawValue] = .op(op) }
    for op in AggregationOperator.allCases { kinds[op.rawValue] = .aggregator(op) }
    for word in Keyword.allCases { kinds[word.rawValue] = .keyword(word) }
    return kinds
  }()
}

extension QueryText {
  /// A token as Prometheus names it in its errors.
  func description(of token: Token) -> String {
    let text = text(token.start, token.end)
    return switch token.kind {
    case .end: "end of input"
    case .identifier: "identifier \(QuotedText.quoted(text))"
    case .metricName: "metric identifier \(QuotedText.quoted(text))"
    case .number: "number \(shortened(text))"
    case .duration: "duration \(shortened(text))"
    case .string: "string \(shortened(text))"
    case .op, .at, .comparison(.matches), .comparison(.doesNotMatch): "<op:\(text)>"
    case .aggregator: "<aggr:\(text)>"
    case .keyword(let word): word.isFunction ? shortened(text) : "<\(text)>"
    default: shortened(text)
    }
  }

  private func shortened(_ text: String) -> String {
    guard text.utf8.count > 10 else { return QuotedText.quoted(text) }
    return QuotedText.quoted(String(String.UnicodeScalarView(text.unicodeScalars.prefix(10))))
      + "..."
  }
}

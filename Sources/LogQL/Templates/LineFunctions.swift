import Patterns
import Telemetry
import Templates

/// The functions of Loki's templates.
///
/// `now` is refused: a recorded bundle has no clock, and the same query must give the same lines.
///
/// - Source: https://grafana.com/docs/loki/latest/query/template_functions; Masterminds/sprig v3.
enum LineFunctions {
  /// Every function, with Go's own.
  static let table = TemplateFunctions(
    texts, NumberFunctions.table, TimeFunctions.table, contextual: ["__line__", "__timestamp__"])

  private static let texts: KeyValuePairs<String, TemplateFunctions.Body> = [
    "ToLower": { a throws(TemplateError) in .text(try a.text(0).lowercased()) },
    "ToUpper": { a throws(TemplateError) in .text(try a.text(0).uppercased()) },
    "lower": { a throws(TemplateError) in .text(try a.printed(0).lowercased()) },
    "upper": { a throws(TemplateError) in .text(try a.printed(0).uppercased()) },
    "title": { a throws(TemplateError) in .text(TextOperations.titled(try a.text(0))) },
    "Replace": { a throws(TemplateError) in
      let limit = try a.integer(3)
      return .text(
        TextOperations.replaced(
          try a.text(0), try a.text(1), by: try a.text(2), atMost: limit < 0 ? nil : limit))
    },
    "replace": { a throws(TemplateError) in
      .text(TextOperations.replaced(try a.text(2), try a.text(0), by: try a.text(1), atMost: nil))
    },
    "Trim": { a throws(TemplateError) in
      .text(TextOperations.trimmed(try a.text(0), of: try a.text(1), at: [.start, .end]))
    },
    "TrimLeft": { a throws(TemplateError) in
      .text(TextOperations.trimmed(try a.text(0), of: try a.text(1), at: [.start]))
    },
    "TrimRight": { a throws(TemplateError) in
      .text(TextOperations.trimmed(try a.text(0), of: try a.text(1), at: [.end]))
    },
    "TrimPrefix": { a throws(TemplateError) in
      .text(TextOperations.withoutPrefix(try a.text(0), try a.text(1)))
    },
    "TrimSuffix": { a throws(TemplateError) in
      .text(TextOperations.withoutSuffix(try a.text(0), try a.text(1)))
    },
    "TrimSpace": { a throws(TemplateError) in .text(TextOperations.trimmed(try a.text(0))) },
    "trim": { a throws(TemplateError) in .text(TextOperations.trimmed(try a.text(0))) },
    "trimAll": { a throws(TemplateError) in
      .text(TextOperations.trimmed(try a.text(1), of: try a.text(0), at: [.start, .end]))
    },
    "trimPrefix": { a throws(TemplateError) in
      .text(TextOperations.withoutPrefix(try a.text(1), try a.text(0)))
    },
    "trimSuffix": { a throws(TemplateError) in
      .text(TextOperations.withoutSuffix(try a.text(1), try a.text(0)))
    },
    "trunc": { a throws(TemplateError) in
      .text(TextOperations.truncated(try a.text(1), to: try a.integer(0)))
    },
    "substr": { a throws(TemplateError) in
      .text(
        TextOperations.part(try a.text(2), from: try a.integer(0), to: try a.integer(1)))
    },
    "alignLeft": { a throws(TemplateError) in
      .text(try TextOperations.aligned(a.text(1), to: a.integer(0), isLeft: true))
    },
    "alignRight": { a throws(TemplateError) in
      .text(try TextOperations.aligned(a.text(1), to: a.integer(0), isLeft: false))
    },
    "indent": { a throws(TemplateError) in
      .text(try TextOperations.indented(a.text(1), by: a.integer(0)))
    },
    "nindent": { a throws(TemplateError) in
      .text("\n" + (try TextOperations.indented(a.text(1), by: a.integer(0))))
    },
    "repeat": { a throws(TemplateError) in
      .text(try TextOperations.repeated(a.text(1), a.integer(0)))
    },
    "contains": { a throws(TemplateError) in
      .bool(TextOperations.contains(try a.text(1), try a.text(0)))
    },
    "hasPrefix": { a throws(TemplateError) in
      .bool(try a.text(1).utf8.starts(with: try a.text(0).utf8))
    },
    "hasSuffix": { a throws(TemplateError) in
      .bool(try a.text(1).utf8.reversed().starts(with: try a.text(0).utf8.reversed()))
    },
    "default": { a throws(TemplateError) in
      try a.expect(2)
      return try a.value(1).isTrue ? a.value(1) : a.value(0)
    },
    "count": { a throws(TemplateError) in
      .integer(try PatternFunctions.count(a.text(0), in: a.text(1), caller: a.name))
    },
    "regexReplaceAll": { a throws(TemplateError) in
      .text(
        try PatternFunctions.replaced(
          a.text(0), in: a.text(1), by: a.text(2), isLiteral: false, caller: a.name))
    },
    "regexReplaceAllLiteral": { a throws(TemplateError) in
      .text(
        try PatternFunctions.replaced(
          a.text(0), in: a.text(1), by: a.text(2), isLiteral: true, caller: a.name))
    },
    "urlencode": { a throws(TemplateError) in .text(PercentEncoding.query(try a.text(0))) },
    "urldecode": { a throws(TemplateError) in .text(try Encodings.urlDecoded(a.text(0))) },
    "b64enc": { a throws(TemplateError) in .text(Encodings.base64(try a.text(0))) },
    "b64dec": { a throws(TemplateError) in .text(Encodings.base64Decoded(try a.text(0))) },
    "fromJson": { a throws(TemplateError) in Encodings.json(try a.text(0)) },
  ]
}

/// Functions that take RE2 expressions.
enum PatternFunctions {
  static func count(
    _ pattern: String, in text: String, caller: String
  ) throws(TemplateError) -> Int {
    let bytes = Array(text.utf8)
    let pattern = try compiled(pattern, caller)
    return bytes.withUnsafeBytes { (try? pattern.allMatches(in: $0).count) ?? 0 }
  }

  static func replaced(
    _ pattern: String, in text: String, by replacement: String, isLiteral: Bool, caller: String
  ) throws(TemplateError) -> String {
    let replacement =
      isLiteral ? TextOperations.replaced(replacement, "$", by: "$$", atMost: nil) : replacement
    return PatternReplacement(pattern: try compiled(pattern, caller), replacement: replacement)
      .applied(to: text)
  }

  private static func compiled(_ text: String, _ caller: String) throws(TemplateError) -> Pattern {
    do {
      return try Pattern(text)
    } catch {
      throw TemplateError("error calling \(caller): \(error)")
    }
  }
}

extension TemplateArguments {
  /// The value at a place as it is printed.
  func printed(_ index: Int) throws(TemplateError) -> String { try value(index).printed }

  /// The whole number at a place, or that of a text, without what follows the point; 0 for a text
  /// that is none, as sprig reads it.
  func integer(_ index: Int) throws(TemplateError) -> Int {
    switch try value(index) {
    case .integer(let number): number
    case .number(let number): Int(exactly: number.rounded(.towardZero)) ?? 0
    case .text(let text):
      Int(text) ?? Double(text).flatMap { Int(exactly: $0.rounded(.towardZero)) } ?? 0
    case .bool(let bool): bool ? 1 : 0
    default: 0
    }
  }

  /// The number at a place, or that of a text; 0 for a text that is none, as sprig reads it.
  func real(_ index: Int) throws(TemplateError) -> Double {
    switch try value(index) {
    case .integer(let number): Double(number)
    case .number(let number): number
    case .text(let text): Double(text) ?? 0
    case .bool(let bool): bool ? 1 : 0
    default: 0
    }
  }

  /// Every value as a whole number.
  func integers() throws(TemplateError) -> [Int] {
    var all: [Int] = []
    for index in values.indices { all.append(try integer(index)) }
    return all
  }

  /// Every value as a number.
  func reals() throws(TemplateError) -> [Double] {
    var all: [Double] = []
    for index in values.indices { all.append(try real(index)) }
    return all
  }
}

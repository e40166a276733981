import Canonical
import Patterns
import Telemetry
import Templates

/// The functions that Prometheus adds to templates.
///
/// - Source: prometheus/prometheus, template/template.go.
enum AlertFunctions {
  /// Every function, with Go's own.
  static let table = TemplateFunctions(
    bodies, contextual: ["query", "externalURL", "pathPrefix", "now"])

  private static let bodies: KeyValuePairs<String, TemplateFunctions.Body> = [
    // Samples
    "first": { arguments throws(TemplateError) in
      guard let sample = try arguments.samples(0).first else {
        throw TemplateError("error calling first: first() called on vector with no elements")
      }
      return .sample(sample)
    },
    "label": { arguments throws(TemplateError) in
      let name = try arguments.text(0)
      return .text(try arguments.sample(1).labels[name] ?? "")
    },
    "value": { arguments throws(TemplateError) in .number(try arguments.sample(0).value) },
    "strvalue": { arguments throws(TemplateError) in
      .text(try arguments.sample(0).labels["__value__"] ?? "")
    },
    "sortByLabel": { arguments throws(TemplateError) in
      let name = try arguments.text(0)
      let samples = try arguments.samples(1).enumerated().sorted { left, right in
        let (a, b) = (left.element.labels[name] ?? "", right.element.labels[name] ?? "")
        return a.hasSameBytes(as: b) ? left.offset < right.offset : a.precedesInBytes(b)
      }
      return .samples(samples.map(\.element))
    },
    "args": { arguments in
      .map(arguments.values.enumerated().map { (key: "arg\($0)", value: $1) })
    },

    // Numbers and times
    "humanize": { arguments throws(TemplateError) in
      .text(Humanized.decimal(try arguments.number(0)))
    },
    "humanize1024": { arguments throws(TemplateError) in
      .text(Humanized.binary(try arguments.number(0)))
    },
    "humanizeDuration": { arguments throws(TemplateError) in
      .text(Humanized.duration(try arguments.number(0)))
    },
    "humanizePercentage": { arguments throws(TemplateError) in
      .text(GoText.written(try arguments.number(0) * 100, "g", precision: 4) + "%")
    },
    "humanizeTimestamp": { arguments throws(TemplateError) in
      let seconds = try arguments.number(0)
      guard seconds.isFinite else { return .text(GoText.written(seconds, "g", precision: 4)) }
      return .text(GoText.time(try instant(seconds)))
    },
    "toTime": { arguments throws(TemplateError) in .time(try instant(arguments.number(0))) },
    "toDuration": { arguments throws(TemplateError) in
      .span(try instant(arguments.number(0)) - Timestamp(nanoseconds: 0))
    },
    "parseDuration": { arguments throws(TemplateError) in
      let text = try arguments.text(0)
      guard let span = Canonical.span(text) else {
        throw TemplateError("error calling parseDuration: not a valid duration string: \"\(text)\"")
      }
      return .number(span.seconds)
    },

    // Texts
    "toUpper": { arguments throws(TemplateError) in .text(try arguments.text(0).uppercased()) },
    "toLower": { arguments throws(TemplateError) in .text(try arguments.text(0).lowercased()) },
    "title": { arguments throws(TemplateError) in .text(titled(try arguments.text(0))) },
    "safeHtml": { arguments throws(TemplateError) in .text(try arguments.text(0)) },
    "match": { arguments throws(TemplateError) in
      let pattern = try pattern(arguments.text(0), caller: "match")
      return .bool((try? pattern.matches(try arguments.text(1))) ?? false)
    },
    "reReplaceAll": { arguments throws(TemplateError) in
      let pattern = try pattern(arguments.text(0), caller: "reReplaceAll")
      let replacement = try arguments.text(1)
      return .text(
        PatternReplacement(pattern: pattern, replacement: replacement)
          .applied(to: try arguments.text(2)))
    },
    "stripPort": { arguments throws(TemplateError) in
      .text(withoutPort(try arguments.text(0)))
    },
    "stripDomain": { arguments throws(TemplateError) in
      .text(withoutDomain(try arguments.text(0)))
    },
    "graphLink": { arguments throws(TemplateError) in
      .text("/graph?g0.expr=\(PercentEncoding.query(try arguments.text(0)))&g0.tab=0")
    },
    "tableLink": { arguments throws(TemplateError) in
      .text("/graph?g0.expr=\(PercentEncoding.query(try arguments.text(0)))&g0.tab=1")
    },
    "urlQueryEscape": { arguments throws(TemplateError) in
      .text(PercentEncoding.query(try arguments.text(0)))
    },
    "join": { arguments throws(TemplateError) in
      .text(try arguments.texts(0).joined(separator: try arguments.text(1)))
    },
  ]

  private static func instant(_ seconds: Double) throws(TemplateError) -> Timestamp {
    let nanoseconds = seconds * 1e9
    guard let whole = Int64(exactly: nanoseconds.rounded(.towardZero)) else {
      throw TemplateError("\(GoText.shortest(seconds)) cannot be represented as a time")
    }
    return Timestamp(milliseconds: whole / 1_000_000)
  }

  private static func pattern(
    _ text: String, caller: String
  ) throws(TemplateError) -> Pattern {
    do {
      return try Pattern(text)
    } catch {
      throw TemplateError("error calling \(caller): \(error)")
    }
  }

  /// The path of a URL.
  static func path(of url: String) -> String {
    guard let scheme = url.firstRange(of: "://") else { return url }
    return String(url[scheme.upperBound...].drop { $0 != "/" })
  }

  /// The text with the first letter of each word in upper case, as Go's `strings.Title`.
  private static func titled(_ text: String) -> String {
    var startsWord = true
    return text.map { character in
      defer { startsWord = !(character.isLetter || character.isNumber || character == "_") }
      return startsWord ? character.uppercased() : String(character)
    }.joined()
  }

  private static func withoutPort(_ text: String) -> String {
    guard let colon = text.lastIndex(of: ":") else { return text }
    let host = text[..<colon]
    if host.hasPrefix("["), host.hasSuffix("]") { return String(host.dropFirst().dropLast()) }
    return host.contains(":") ? text : String(host)
  }

  private static func withoutDomain(_ text: String) -> String {
    let host = withoutPort(text)
    let isAddress = host.contains(":") || host.allSatisfy { $0.isNumber || $0 == "." }
    guard !isAddress else { return text }
    let port = text.dropFirst(host.count)
    return String(host.prefix { $0 != "." }) + port
  }
}

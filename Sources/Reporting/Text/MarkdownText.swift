/// Text from a bundle escaped for Markdown, and for the HTML that Markdown lets through.
///
/// - Source: CommonMark 0.31 sections 2.4, 2.5 and 6; GFM 0.29 sections 4.10 and 6.9 (tables and
///   bare links); GitHub's mentions and `$` mathematics.
enum MarkdownText {
  /// `text` as one line that renders as itself: no emphasis, code, link, image, mention, HTML,
  /// table cell, heading or list.
  static func escaped(_ text: String, limit: Int = PlainText.defaultLimit) -> String {
    let scalars = Array(PlainText.line(text, limit: limit).unicodeScalars)
    var output = ""
    for index in scalars.indices {
      output += escape(index, in: scalars)
    }
    return output
  }

  /// `text` as a code span when nothing in it could end one, mean HTML or a table cell, or become a
  /// link in a renderer that is careless about code; as `escaped(_:limit:)` otherwise.
  static func code(_ text: String, limit: Int = PlainText.defaultLimit) -> String {
    let line = PlainText.line(text, limit: limit)
    let scalars = Array(line.unicodeScalars)
    let isPlain = !scalars.contains { "`<>&|\\@".unicodeScalars.contains($0) }
    let isLink = zip(scalars, scalars.dropFirst()).contains {
      ($0 == "]" && $1 == "(") || ($0 == "/" && $1 == "/")
    }
    let isPadded = scalars.first ?? " " == " " || scalars.last == " "
    return isPlain && !isLink && !isPadded ? "`\(line)`" : escaped(text, limit: limit)
  }

  private static func escape(_ index: Int, in scalars: [Unicode.Scalar]) -> String {
    let scalar = scalars[index]
    switch scalar {
    case "&": return "&amp;"
    case "<": return "&lt;"
    case ">": return "&gt;"
    case "`": return "&#96;"
    case "@": return "&#64;"
    case "\\", "*", "[", "]", "|", "~", "$", "^": return "\\" + String(scalar)
    case "_":
      return isWordCharacter(index - 1, scalars) && isWordCharacter(index + 1, scalars)
        ? "_" : "\\_"
    case ":": return startsAuthority(index, scalars) ? "&#58;" : ":"
    case ".": return endsWWW(index, scalars) ? "&#46;" : isOrdinal(index, scalars) ? "\\." : "."
    case "(": return index > 0 && scalars[index - 1] == "]" ? "\\(" : "("
    case ")": return isOrdinal(index, scalars) ? "\\)" : ")"
    case "#": return index == 0 || isWordCharacter(index + 1, scalars) ? "\\#" : "#"
    case "+", "-", "=": return index == 0 ? "\\" + String(scalar) : String(scalar)
    default: return String(scalar)
    }
  }

  private static func isWordCharacter(_ index: Int, _ scalars: [Unicode.Scalar]) -> Bool {
    guard scalars.indices.contains(index) else { return false }
    return scalars[index].properties.isAlphabetic || isDigit(scalars[index])
  }

  private static func isDigit(_ scalar: Unicode.Scalar) -> Bool {
    (48...57).contains(scalar.value)
  }

  /// Whether the colon at `index` is that of `://`, which some renderers make a link of.
  private static func startsAuthority(_ index: Int, _ scalars: [Unicode.Scalar]) -> Bool {
    let rest = scalars.dropFirst(index + 1).prefix(2)
    return rest.elementsEqual(["/", "/"])
      || scalars.prefix(index).suffix(6).map(\.properties.lowercaseMapping).joined() == "mailto"
  }

  private static func endsWWW(_ index: Int, _ scalars: [Unicode.Scalar]) -> Bool {
    scalars.prefix(index).suffix(3).map(\.properties.lowercaseMapping).joined() == "www"
  }

  /// Whether only digits stand before `index` and a blank or nothing after it, so that `1. ` would
  /// begin a list.
  private static func isOrdinal(_ index: Int, _ scalars: [Unicode.Scalar]) -> Bool {
    let isClosed = index + 1 == scalars.count || scalars[index + 1] == " "
    return index > 0 && isClosed && scalars.prefix(index).allSatisfy(isDigit)
  }
}

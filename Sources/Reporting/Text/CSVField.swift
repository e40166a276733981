/// One field of a comma-separated file.
///
/// - Source: RFC 4180; OWASP "CSV Injection" for the leading characters that spreadsheets run.
enum CSVField {
  /// `text` from a bundle or policy: quoted when it must be, with `'` before a character that a
  /// spreadsheet would take for the start of a formula.
  static func text(_ text: String) -> String {
    let scalars = PlainText.line(text).unicodeScalars
    var field = String.UnicodeScalarView()
    if let first = scalars.first, "=+-@|%".unicodeScalars.contains(first) { field.append("'") }
    for scalar in scalars {
      if scalar == "\"" { field.append("\"") }
      field.append(scalar)
    }
    let needsQuotes = field.contains { ",\"; ".unicodeScalars.contains($0) }
    return needsQuotes ? "\"\(String(field))\"" : String(field)
  }
}

/// Text from a bundle made harmless for any reader: one line, no control or invisible characters,
/// no longer than a limit.
///
/// A bundle is a stranger's file. Its text could move the cursor, recolour a terminal, reverse the
/// order of what follows (bidi overrides) or hide inside zero-width characters.
public enum PlainText {
  /// Unicode scalars kept of one text, by default.
  public static let defaultLimit = 512

  /// `text` on one line; blanks for line breaks and tabs, U+FFFD for every other character that
  /// does not show, `…` where the rest was cut off.
  public static func line(_ text: String, limit: Int = defaultLimit) -> String {
    var kept = String.UnicodeScalarView()
    for (count, scalar) in text.unicodeScalars.enumerated() {
      if count == limit {
        kept.append("…")
        break
      }
      kept.append(harmless(scalar))
    }
    return String(kept)
  }

  /// Whether `scalar` cannot be seen where it stands but changes what is seen, or is no character.
  static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0...0x1F, 0x7F...0x9F, 0xAD: true  // controls, soft hyphen
    case 0x061C, 0x180E, 0x200B...0x200F, 0x202A...0x202E: true  // zero width, bidi marks
    case 0x2060...0x206F, 0xFEFF, 0xFFF9...0xFFFB: true  // joiners, isolates, annotations
    case 0xFFFE, 0xFFFF: true  // no characters, and not allowed in XML
    case 0xE0000...0xE0FFF: true  // tags
    default: false
    }
  }

  private static func harmless(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    switch scalar.value {
    case 0x09...0x0D, 0x85, 0x2028, 0x2029: " "
    default: isHidden(scalar) ? "\u{FFFD}" : scalar
    }
  }
}

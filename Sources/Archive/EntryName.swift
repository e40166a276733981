/// The rules for names in a stranger's archive.
public enum EntryName {
  /// The name without a leading `./` and a closing `/`, or nil when it is unsafe.
  ///
  /// Unsafe are absolute names, drive letters, backslashes, control characters, and the components
  /// `..`, `.` and the empty one. The folder itself, `./`, is the empty string.
  public static func normalised(_ bytes: some Collection<UInt8>) -> String? {
    guard let name = String(validating: bytes, as: UTF8.self) else { return nil }
    var rest = Substring(name)
    while rest.hasPrefix("./") { rest = rest.dropFirst(2) }
    if rest.hasSuffix("/") { rest = rest.dropLast() }
    if rest.isEmpty || rest == "." { return name.hasPrefix(".") ? "" : nil }
    let components = rest.split(separator: "/", omittingEmptySubsequences: false)
    let hasUnsafeScalar = rest.unicodeScalars.contains { isControl($0) || $0 == "\\" }
    guard !hasUnsafeScalar, !hasDriveLetter(rest),
      components.allSatisfy({ !["", ".", ".."].contains($0) })
    else { return nil }
    return String(rest)
  }

  /// A name that can be shown: at most 120 characters, with `?` for control characters and for the
  /// invisible ones that reorder text.
  public static func sanitised(_ name: String) -> String {
    let shown = name.unicodeScalars.prefix(120).map { scalar in
      isControl(scalar) || scalar.properties.generalCategory == .format ? "?" : Character(scalar)
    }
    return String(shown) + (name.unicodeScalars.count > 120 ? "…" : "")
  }

  /// Control characters, line and paragraph separators.
  private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .lineSeparator, .paragraphSeparator: true
    default: false
    }
  }

  private static func hasDriveLetter(_ name: Substring) -> Bool {
    let start = name.utf8.prefix(2)
    guard start.count == 2, start.last == UInt8(ascii: ":"), let letter = start.first else {
      return false
    }
    return Character(Unicode.Scalar(letter)).isLetter
  }
}

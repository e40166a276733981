import Archive

/// The rules for paths inside a bundle: `[a-z0-9][a-z0-9._-]*` joined by `/`.
///
/// Such a path means the same on every file system, needs no escaping anywhere and cannot lead out
/// of a folder.
public enum BundlePath {
  /// The entry that describes all others.
  public static let manifest = "manifest.json"
  /// Bytes a path may have.
  public static let maximumBytes = 200
  /// Components a path may have.
  public static let maximumComponents = 8

  /// Whether `path` may be an entry of a bundle.
  public static func isValid(_ path: String) -> Bool {
    let components = path.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    return path.utf8.count <= maximumBytes && components.count <= maximumComponents
      && components.allSatisfy(isValidComponent) && fitsUstar(Array(path.utf8))
  }

  private static func isValidComponent(_ component: Substring.UTF8View) -> Bool {
    guard let first = component.first, isLetterOrDigit(first) else { return false }
    return component.allSatisfy { isLetterOrDigit($0) || ".-_".utf8.contains($0) }
  }

  private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
      || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }

  /// A ustar header holds 100 bytes of name, or 155 of prefix, a slash and 100 of name.
  private static func fitsUstar(_ path: [UInt8]) -> Bool {
    path.count <= 100
      || path.indices.contains { index in
        path[index] == UInt8(ascii: "/") && index <= 155 && path.count - index - 1 <= 100
      }
  }
}

/// Why an archive or a compressed file could not be read or written.
///
/// Names in it are sanitised already. Offsets count bytes of the file for compressed data and bytes
/// of the unpacked archive for entries.
public enum ArchiveError: Error, Hashable, Sendable {
  /// The file cannot be opened or read.
  case cannotRead(path: String, reason: String)
  /// The content is no tar archive and no compressed file of a kind this version reads.
  case unknownFormat(path: String)
  /// A name that leads outside the archive, or that no honest tool writes.
  case unsafePath(entry: String, index: Int, offset: Int)
  /// A link, device or pipe where only files may be.
  case specialEntry(entry: String, kind: String, offset: Int)
  /// Two places of one header state different sizes.
  case ambiguousSize(entry: String, detail: String, offset: Int)
  /// A size field that is negative, too large or no number.
  case badSize(entry: String, offset: Int)
  /// Two entries of one name.
  case duplicateEntry(entry: String, offset: Int)
  /// A file with holes, which can claim any size.
  case sparseEntry(entry: String, offset: Int)
  /// More uncompressed bytes for each compressed byte than allowed.
  case expansion(ratio: Int, after: Int, offset: Int)
  /// The input ends before the archive does.
  case truncated(entry: String?, offset: Int)
  /// Compressed data that is wrong, or whose checksum does not match.
  case corrupt(entry: String?, detail: String, offset: Int)
  /// More entries than allowed.
  case tooManyEntries(limit: Int)
  /// An entry larger than allowed.
  case entryTooLarge(entry: String, limit: Int, offset: Int)
  /// More uncompressed bytes than allowed.
  case archiveTooLarge(limit: Int, offset: Int)
  /// A header that cannot be read.
  case badHeader(detail: String, offset: Int)
  /// Bytes that belong to nothing follow the end.
  case trailingData(offset: Int)
  /// An entry cannot be written.
  case cannotWrite(entry: String, reason: String)
}

extension ArchiveError {
  /// The stable code of the cause, such as `E101`.
  public var code: String {
    switch self {
    case .cannotRead: "E100"
    case .unsafePath: "E101"
    case .specialEntry: "E102"
    case .ambiguousSize: "E103"
    case .badSize: "E104"
    case .duplicateEntry: "E105"
    case .sparseEntry: "E106"
    case .badHeader: "E107"
    case .trailingData: "E108"
    case .unknownFormat: "E109"
    case .expansion: "E110"
    case .truncated: "E111"
    case .corrupt: "E112"
    case .tooManyEntries: "E113"
    case .entryTooLarge: "E114"
    case .archiveTooLarge: "E115"
    case .cannotWrite: "E116"
    }
  }

  /// Whether the archive was refused for safety (exit code 4) rather than found unreadable (3).
  public var isRefusal: Bool {
    switch self {
    case .unsafePath, .specialEntry, .ambiguousSize, .badSize, .duplicateEntry, .sparseEntry,
      .expansion, .tooManyEntries, .entryTooLarge, .archiveTooLarge:
      true
    case .cannotRead, .unknownFormat, .truncated, .corrupt, .badHeader, .trailingData,
      .cannotWrite:
      false
    }
  }
}

extension ArchiveError: CustomStringConvertible {
  /// One sentence: code, what, where, what was done or can be done.
  public var description: String { "\(code) \(sentence)" }

  private var sentence: String {
    switch self {
    case .cannotRead(let path, let reason):
      "cannot-read \(path): \(reason)"
    case .unknownFormat(let path):
      "unknown-format \(path): neither tar nor gzip, xz or zstd; name a file of one of these kinds"
    case .unsafePath(let entry, let index, let offset):
      "unsafe-path entry \(index) at offset \(offset): \"\(entry)\" (refused, nothing written)"
    case .specialEntry(let entry, let kind, let offset):
      "special-entry \"\(entry)\" at offset \(offset): \(kind) (not followed; archive refused)"
    case .ambiguousSize(let entry, let detail, let offset):
      "ambiguous-size \"\(entry)\" at offset \(offset): \(detail) (archive refused)"
    case .badSize(let entry, let offset):
      "bad-size \"\(entry)\" at offset \(offset): negative, too large or no number"
        + " (archive refused)"
    case .duplicateEntry(let entry, let offset):
      "duplicate-entry \"\(entry)\" at offset \(offset): tools disagree which one counts"
        + " (archive refused)"
    case .sparseEntry(let entry, let offset):
      "sparse-entry \"\(entry)\" at offset \(offset): files with holes are refused;"
        + " pack without --sparse"
    default:
      sentenceAboutData
    }
  }

  private var sentenceAboutData: String {
    switch self {
    case .expansion(let ratio, let after, let offset):
      "expansion at offset \(offset): more than \(ratio):1 after \(after) bytes (reading stopped)"
    case .truncated(let entry, let offset):
      "truncated at offset \(offset)\(inside(entry)): the input ends early; fetch it again"
    case .corrupt(let entry, let detail, let offset):
      "checksum at offset \(offset)\(inside(entry)): \(detail); the data is damaged, fetch it again"
    case .tooManyEntries(let limit):
      "too-many-entries: more than \(limit) (archive refused)"
    case .entryTooLarge(let entry, let limit, let offset):
      "entry-too-large \"\(entry)\" at offset \(offset): more than \(limit) bytes"
        + " (archive refused)"
    case .archiveTooLarge(let limit, let offset):
      "archive-too-large at offset \(offset): more than \(limit) bytes unpacked (reading stopped)"
    case .badHeader(let detail, let offset):
      "bad-header at offset \(offset): \(detail)"
    case .trailingData(let offset):
      "trailing-data at offset \(offset): bytes follow the end of the archive; pack it again"
    case .cannotWrite(let entry, let reason):
      "cannot-write \"\(entry)\": \(reason)"
    default:
      preconditionFailure("BUG: an archive error without a sentence")
    }
  }

  private func inside(_ entry: String?) -> String {
    entry.map { " in \"\($0)\"" } ?? ""
  }
}

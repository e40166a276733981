import Archive
import BundleStore
import Collection

/// Why an import wrote no bundle.
public enum ImportError: Error, Hashable, Sendable {
  /// A path that was given does not exist.
  case noSuchFile(String)
  /// A file or folder that was given cannot be read.
  case unreadable(path: String, reason: String)
}

extension ImportError: CustomStringConvertible {
  /// One sentence: what, where, and what to do next.
  public var description: String {
    switch self {
    case .noSuchFile(let path): "\(path): no such file or folder; check the path"
    case .unreadable(let path, let reason): "\(path): cannot be read (\(reason))"
    }
  }
}

/// A failed import as a command reports it.
public struct ImportFailure: Hashable, Sendable {
  /// One sentence for a person.
  public let message: String
  /// The exit code, as the contract of the commands fixes it.
  public let exitCode: Int32

  /// Translates an error of any stage.
  public init(_ error: any Error) {
    message = TerminalText.safe("\(error)")
    exitCode =
      switch error {
      case is ImportError: 3
      case let error as ArchiveError: error.isRefusal ? 4 : 3
      case is CollectionError: 20
      case let error as BundleError:
        switch error.severity {
        case .refused: 4
        case .unwritten: 2
        case .unreadable, .damaged: 3
        }
      default: 4  // A redactor failed: nothing may be written.
      }
  }
}

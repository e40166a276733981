/// One file handed in: where it stood and what it held.
public struct ExportFile: Sendable {
  /// Which tree of files it stood in. Plain files and folders share tree 0, every archive is a tree
  /// of its own. Only equality means something: the order of inputs never reaches a bundle.
  public let tree: Int
  /// Its path in that tree, components joined by `/`, without a leading `/`.
  public let path: String
  /// What it held.
  public let content: Content

  /// What a file held.
  public enum Content: Sendable {
    case bytes([UInt8])
    /// It was not read; the text says why. `losesEvidence` tells what could hold telemetry from
    /// what a tool left behind.
    case skipped(String, losesEvidence: Bool)
  }

  /// Makes a file.
  public init(tree: Int, path: String, content: Content) {
    self.tree = tree
    self.path = path
    self.content = content
  }
}

/// One entry that cannot be read as the manifest describes it.
public struct FileDamage: Hashable, Sendable {
  /// The entry.
  public let path: String
  /// What is wrong with it.
  public let reason: String

  /// Makes a damage.
  public init(path: String, reason: String) {
    self.path = path
    self.reason = reason
  }
}

import Archive

/// The entries of a bundle that was unpacked and packed again, held in memory.
struct RepackedBundle: Sendable {
  let manifestText: [UInt8]
  private let entries: [String: [UInt8]]

  init(path: String, limits: ArchiveLimits) throws {
    throw BundleError.notABundle(path: path, reason: "not implemented yet")
  }

  func content(path: String) -> [UInt8]? { entries[path] }
}

internal import Foundation

/// A file of text that the command line names.
enum TextFile {
  /// The largest in bytes.
  static let limit = 16 << 20

  /// The text at `path`.
  ///
  /// - Parameter flag: The flag that named it, for the error.
  static func read(_ path: String, flag: String) throws(AnalysisFailure) -> String {
    guard FileManager.default.fileExists(atPath: path) else {
      throw .badPlan(reason: "\(flag) \(path): there is no such file")
    }
    guard let data = FileManager.default.contents(atPath: path), data.count <= limit,
      let text = String(validating: data, as: UTF8.self)
    else {
      throw .badPlan(
        reason: "\(flag) \(path): no readable file of UTF-8 text up to \(limit) bytes")
    }
    return text
  }
}

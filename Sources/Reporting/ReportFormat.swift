import Reasoning

/// One document that an analysis can be written as.
///
/// A format is a pure function: the same analysis gives the same bytes, on any machine, in any
/// locale and time zone.
public protocol ReportFormat: Sendable {
  /// The file's name inside the output directory.
  var fileName: String { get }

  /// The whole file.
  func bytes(of analysis: Analysis) -> [UInt8]
}

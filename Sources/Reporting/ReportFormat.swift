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

/// The formats that `oncall-analyze report` writes.
public enum BuiltinFormats {
  /// One format for each file of `Formats/`, in order of their file names.
  public static let all: [any ReportFormat] = [
    AnalysisJSONFormat(), IncidentScoreFormat(), PostmortemFormat(), TimelineCSVFormat(),
  ]
}

/// One finished file.
public struct ReportFile: Hashable, Sendable {
  /// Its name inside the output directory.
  public let name: String
  /// Its content.
  public let bytes: [UInt8]

  /// Makes a file.
  public init(name: String, bytes: [UInt8]) {
    self.name = name
    self.bytes = bytes
  }

  /// The files of `analysis` in every format of `formats`.
  public static func all(
    of analysis: Analysis, in formats: [any ReportFormat] = BuiltinFormats.all
  ) -> [ReportFile] {
    formats.map { ReportFile(name: $0.fileName, bytes: $0.bytes(of: analysis)) }
  }
}

import Reasoning

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

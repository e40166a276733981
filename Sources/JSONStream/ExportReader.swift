import Telemetry

/// Reads one body of an export in one pass and tells its kind from content.
public struct ExportReader {
  private let source: any ByteSource

  /// Makes a reader of the bytes of one body.
  public init(_ source: any ByteSource) {
    self.source = source
  }

  /// Reads the body to its end, giving telemetry and objects to `sink` on the way.
  public func read(into sink: inout some ExportSink) throws -> ExportBody {
    fatalError("owner: scanner helper")
  }
}

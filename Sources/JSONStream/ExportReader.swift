import Telemetry

/// Reads one body of an export in one pass and tells its kind from content.
public struct ExportReader {
  private let source: any ByteSource
  private let limits: JSONLimits
  private let windowBytes: Int

  /// Makes a reader of the bytes of one body.
  ///
  /// - Parameter windowBytes: How many bytes are held at a time; any size gives the same answer.
  public init(
    _ source: any ByteSource, limits: JSONLimits = .standard, windowBytes: Int = 1 << 17
  ) {
    self.source = source
    self.limits = limits
    self.windowBytes = windowBytes
  }

  /// Reads the body to its end, giving telemetry and objects to `sink` on the way.
  ///
  /// - Throws: `JSONStreamError` when the body is no JSON or breaks off; what was read until then
  ///   has reached the sink. Errors of the source and the sink pass through.
  public func read(into sink: inout some ExportSink) throws -> ExportBody {
    let cursor = JSONCursor(source, limits: limits, windowBytes: windowBytes)
    guard try cursor.beginDocument() else { throw JSONStreamError.empty }
    guard cursor.nextIsObject else { return try readOther(cursor) }
    var body = BodyReader(cursor)
    try body.readDocument(into: &sink)
    return body.finish()
  }

  /// Reads a document that is no object and so no export.
  private func readOther(_ cursor: JSONCursor) throws -> ExportBody {
    let start = cursor.offset
    let found = cursor.describedByte(at: cursor.position)
    do {
      try cursor.skipValue()
      try cursor.endDocument()
    } catch let error as JSONStreamError {
      if case .limitExceeded = error { throw error }
      throw JSONStreamError.notJSON(offset: start, found: found)
    }
    var body = ExportBody(kind: .unrecognisedJSON)
    body.replacedUTF8 = cursor.replacedUTF8
    return body
  }
}

import Telemetry

extension JSONValue {
  /// Reads one JSON document, for small files such as a manifest.
  ///
  /// - Throws: `JSONStreamError` for anything but exactly one document within `limits`.
  public init(parsing source: any ByteSource, limits: JSONLimits = .standard) throws {
    let cursor = JSONCursor(source, limits: limits)
    guard try cursor.beginDocument() else { throw JSONStreamError.empty }
    self = try cursor.readValue()
    try cursor.endDocument()
  }

  /// Reads one JSON document from memory.
  public init(parsing bytes: [UInt8], limits: JSONLimits = .standard) throws {
    try self.init(parsing: MemorySource(bytes), limits: limits)
  }
}

import Canonical
import JSONStream
import Telemetry

/// The log lines of a bundle: JSON Lines sorted by time, stream and line.
///
/// One line is `{"t":"<ns>","s":<stream>,"m":"<line>","x":{<structured metadata>}}`; `s` counts the
/// streams of `logs/streams.json` from 0, and `x` is left out when it is empty.
public enum LogPart {
  /// Appends one entry.
  public static func append(
    nanoseconds: Int64, stream: Int, line: UnsafeRawBufferPointer, metadata: LabelSet,
    to output: inout [UInt8]
  ) {
    fatalError("owner: scanner helper")
  }

  /// Reads one part. Buffers are valid during the call; `metadata` is the JSON object as written,
  /// empty when there is none.
  public static func read(
    _ source: any ByteSource,
    entry: (
      _ nanoseconds: Int64, _ stream: Int, _ line: UnsafeRawBufferPointer,
      _ metadata: UnsafeRawBufferPointer
    ) throws -> Void
  ) throws {
    fatalError("owner: scanner helper")
  }
}

import Telemetry

/// Receives what an export body holds, as it is read.
///
/// Buffers are valid during the call only. Every method has an empty default, so that a sink names
/// only what it wants; a reader skips nothing of the grammar because a sink does not listen.
public protocol ExportSink {
  /// A series of a matrix, or one sample of a vector, begins.
  mutating func beginSeries(labels: LabelSet) throws
  /// A float sample: nanoseconds since the epoch, the value, and the value as the server wrote it.
  mutating func sample(nanoseconds: Int64, value: Double, text: UnsafeRawBufferPointer) throws
  /// A native histogram sample as the JSON that the server wrote.
  mutating func histogram(nanoseconds: Int64, json: UnsafeRawBufferPointer) throws
  /// The series is complete.
  mutating func endSeries() throws
  /// A log stream begins. Without categorised labels, structured metadata is among its labels.
  mutating func beginStream(labels: LabelSet) throws
  /// A log line, unescaped and valid UTF-8. `metadata` is the structured metadata and `parsed` the
  /// labels that the query extracted, where the answer keeps them apart.
  mutating func logEntry(
    nanoseconds: Int64, line: UnsafeRawBufferPointer, metadata: LabelSet, parsed: LabelSet) throws
  /// The stream object is complete.
  mutating func endStream() throws
  /// A Kubernetes object of any kind but an event.
  mutating func object(_ object: KubeObject) throws
  /// A Kubernetes event, with the whole document.
  mutating func event(_ event: KubeEvent, document: JSONValue) throws
}

extension ExportSink {
  /// Ignores it.
  public mutating func beginSeries(labels: LabelSet) throws {}
  /// Ignores it.
  public mutating func sample(
    nanoseconds: Int64, value: Double, text: UnsafeRawBufferPointer
  ) throws {
  }
  /// Ignores it.
  public mutating func histogram(nanoseconds: Int64, json: UnsafeRawBufferPointer) throws {}
  /// Ignores it.
  public mutating func endSeries() throws {}
  /// Ignores it.
  public mutating func beginStream(labels: LabelSet) throws {}
  /// Ignores it.
  public mutating func logEntry(
    nanoseconds: Int64, line: UnsafeRawBufferPointer, metadata: LabelSet, parsed: LabelSet
  ) throws {}
  /// Ignores it.
  public mutating func endStream() throws {}
  /// Ignores it.
  public mutating func object(_ object: KubeObject) throws {}
  /// Ignores it.
  public mutating func event(_ event: KubeEvent, document: JSONValue) throws {}
}

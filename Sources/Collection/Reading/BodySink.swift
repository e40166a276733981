import JSONStream
import Telemetry

/// Keeps what one export body holds.
struct BodySink: ExportSink {
  /// An event with its whole document.
  struct Event: Sendable {
    let event: KubeEvent
    let document: JSONValue
  }

  private(set) var samples = SampleTable()
  private(set) var logs = LogTable()
  private(set) var objects: [KubeObject] = []
  private(set) var events: [Event] = []

  mutating func beginSeries(labels: LabelSet) { samples.beginSeries(labels) }

  mutating func sample(nanoseconds: Int64, value: Double, text: UnsafeRawBufferPointer) {
    samples.append(nanoseconds: nanoseconds, text: text, isHistogram: false)
  }

  mutating func histogram(nanoseconds: Int64, json: UnsafeRawBufferPointer) {
    samples.append(nanoseconds: nanoseconds, text: json, isHistogram: true)
  }

  mutating func endSeries() { samples.endSeries() }

  mutating func beginStream(labels: LabelSet) { logs.beginStream(labels) }

  // `parsed` only repeats what a query found in the line itself.
  mutating func logEntry(
    nanoseconds: Int64, line: UnsafeRawBufferPointer, metadata: LabelSet, parsed: LabelSet
  ) {
    logs.append(nanoseconds: nanoseconds, line: line, metadata: metadata)
  }

  mutating func object(_ object: KubeObject) { objects.append(object) }

  mutating func event(_ event: KubeEvent, document: JSONValue) {
    events.append(Event(event: event, document: document))
  }
}

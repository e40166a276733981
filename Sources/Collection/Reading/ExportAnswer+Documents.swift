import BundleStore
import Telemetry

extension ExportAnswer {
  /// The request as a bundle records it, or nil when the export says nothing about it.
  func recordedQuery(
    _ redaction: Redaction, _ tally: inout RedactionTally
  ) throws
    -> RecordedQuery?
  {
    guard let request, !request.api.isEmpty || !request.command.isEmpty else { return nil }
    return RecordedQuery(
      api: request.api, expression: try redaction.text(request.expression, &tally),
      start: request.start, end: request.end, step: request.step)
  }
}

extension JSONValue {
  /// The same document with the members of every object sorted by key as bytes.
  var sortedByKey: JSONValue {
    switch self {
    case .array(let elements): .array(elements.map(\.sortedByKey))
    case .object(let members):
      .object(
        members.map { JSONMember(key: $0.key, value: $0.value.sortedByKey) }
          .sorted { $0.key.precedesInBytes($1.key) })
    default: self
    }
  }
}

import Telemetry

/// Reads one body whose root is an object, and keeps what its kind will be told from.
struct BodyReader {
  let cursor: JSONCursor
  var body = ExportBody(kind: .unrecognisedJSON)
  /// The members of the root that did not go to the sink, in order.
  var members: [JSONMember] = []
  /// What the sink was given, and so what the body is.
  var streamed: Streamed?
  /// Objects of a list that cannot be named before the list's own kind is known.
  var unnamedItems: [JSONValue] = []
  /// The third part of the last log entry, as written, and what it says.
  var entryLabels = EntryLabels()

  init(_ cursor: JSONCursor) {
    self.cursor = cursor
  }

  /// What a body gave to the sink.
  enum Streamed {
    case matrix, vector, streams, items, logcliLines
  }

  mutating func readDocument(into sink: inout some ExportSink) throws {
    try cursor.beginObject()
    while let key = try cursor.nextKey() {
      try readMember(String(decoding: key, as: UTF8.self), into: &sink)
    }
    if isLogcliLine {
      try readLogcliLines(into: &sink)
    } else {
      try cursor.endDocument()
      try emitRemainingObjects(into: &sink)
    }
  }

  private mutating func readMember(_ key: String, into sink: inout some ExportSink) throws {
    let kind = try cursor.peek()
    switch (key, kind) {
    case ("data", .object): try readData(into: &sink)
    case ("items", .array): try readItems(into: &sink)
    case ("streams", .array), ("result", .array): try readResult(key, into: &sink) { $0.keep($1) }
    default: keep(JSONMember(key: key, value: try cursor.readValue()))
    }
  }

  /// Keeps a member of the root; of two with one key the last stays.
  mutating func keep(_ member: JSONMember) {
    if let place = members.firstIndex(where: { $0.key.hasSameBytes(as: member.key) }) {
      members[place] = member
      body.duplicateKeys += 1
    } else {
      members.append(member)
    }
  }

  /// Reads the `data` of an envelope, where a result may be; without one it stays a document.
  private mutating func readData(into sink: inout some ExportSink) throws {
    var data: [JSONMember] = []
    try cursor.beginObject()
    while let key = try cursor.nextKey() {
      let name = String(decoding: key, as: UTF8.self)
      if name == "result", try cursor.peek() == .array {
        try readResult(name, into: &sink) {
          data.append($1); _ = $0
        }
      } else {
        data.append(JSONMember(key: name, value: try cursor.readValue()))
      }
    }
    keep(JSONMember(key: "data", value: .object(data)))
  }

  /// Reads an array of series or streams into the sink; any other array goes to `keep`.
  private mutating func readResult(
    _ key: String, into sink: inout some ExportSink,
    keep: (inout BodyReader, JSONMember) -> Void
  ) throws {
    var elements: [JSONValue] = []
    try cursor.beginArray()
    while try cursor.nextElement() {
      if try cursor.peek() == .object {
        try readGroup(into: &sink)
      } else {
        elements.append(try cursor.readValue())
      }
    }
    keep(&self, JSONMember(key: key, value: .array(elements)))
  }

  /// The description of the body after it was read to its end.
  func finish() -> ExportBody {
    var body = body
    body.replacedUTF8 += cursor.replacedUTF8
    body.duplicateKeys += cursor.duplicateKeys
    BodyClassification(members: members, streamed: streamed).describe(&body)
    return body
  }
}

extension JSONCursor {
  var nextIsObject: Bool { base[position] == UInt8(ascii: "{") }
}

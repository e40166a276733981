import Telemetry

/// Reads one body whose root is an object, and keeps what its kind will be told from.
struct BodyReader {
  let cursor: JSONCursor
  var body = ExportBody(kind: .unrecognisedJSON)
  /// The members of the root that did not go to the sink, in order.
  var root = MemberList()
  /// What the sink was given, and so what the body is.
  var streamed: Streamed?
  /// Objects of a list that cannot be named before the list's own kind is known.
  var unnamedItems: [JSONValue] = []
  /// The third part of the last log entry, as written, and what it says.
  var entryLabels = EntryLabels()
  private var keptBytes = 0

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
    case ("data", .object):
      let data = try readData(into: &sink)
      body.duplicateKeys += root.set(key, to: data)
    case ("items", .array): try readItems(into: &sink)
    case ("streams", .array), ("result", .array):
      let rest = try readResult(into: &sink)
      body.duplicateKeys += root.set(key, to: rest)
    default:
      let value = try readTree()
      body.duplicateKeys += root.set(key, to: value)
    }
  }

  /// Reads the `data` of an envelope, where a result may be; what is no result stays a document.
  private mutating func readData(into sink: inout some ExportSink) throws -> JSONValue {
    var data = MemberList()
    try cursor.beginObject()
    while let key = try cursor.nextKey() {
      let name = String(decoding: key, as: UTF8.self)
      let isResult = try name == "result" && cursor.peek() == .array
      let value = isResult ? try readResult(into: &sink) : try readTree()
      body.duplicateKeys += data.set(name, to: value)
    }
    return .object(data.members)
  }

  /// Reads an array of series or streams into the sink, and returns its other elements.
  private mutating func readResult(into sink: inout some ExportSink) throws -> JSONValue {
    var rest: [JSONValue] = []
    try cursor.beginArray()
    while try cursor.nextElement() {
      if try cursor.peek() == .object {
        try readGroup(into: &sink)
      } else {
        rest.append(try readTree())
      }
    }
    return .array(rest)
  }

  /// Reads a value that is kept to the end.
  private mutating func readTree() throws -> JSONValue {
    let start = cursor.offset
    let value = try cursor.readValue()
    try keeps(from: start)
    return value
  }

  /// Counts the value that began at `start` as kept to the end; all those are bounded as one.
  mutating func keeps(from start: Int) throws {
    keptBytes += cursor.offset - start
    guard keptBytes <= cursor.limits.valueBytes else {
      throw JSONStreamError.limitExceeded(
        offset: start, what: "what must be kept whole", limit: cursor.limits.valueBytes)
    }
  }

  /// The description of the body after it was read to its end.
  func finish() -> ExportBody {
    var body = body
    body.replacedUTF8 += cursor.replacedUTF8
    body.duplicateKeys += cursor.duplicateKeys
    BodyClassification(root: document, streamed: streamed).describe(&body)
    return body
  }

  /// The root without what went to the sink.
  var document: JSONValue { .object(root.members) }
}

extension JSONCursor {
  var nextIsObject: Bool { base[position] == UInt8(ascii: "{") }
}

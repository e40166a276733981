import Telemetry

extension BodyReader {
  /// Reads an array of samples.
  mutating func readSamples(from cursor: JSONCursor, into sink: inout some ExportSink) throws {
    var count = 0
    try cursor.beginArray()
    while true {
      if let sample = cursor.compactSample() {
        count &+= 1
        try sink.sample(
          nanoseconds: sample.nanoseconds, value: sample.value, text: sample.text)
      } else {
        guard try cursor.nextElement() else { break }
        try readSample(from: cursor, into: &sink)
      }
    }
    body.records += count
  }

  /// Reads one sample, `[seconds, "value"]`; the value may be a number.
  mutating func readSample(from cursor: JSONCursor, into sink: inout some ExportSink) throws {
    try cursor.beginArray()
    let nanoseconds = try cursor.readSeconds()
    try cursor.moveToElement("a sample value")
    let offset = cursor.offset
    let text =
      try cursor.peek() == .number ? try cursor.readNumber() : try cursor.readString()
    guard let value = SampleValue.parse(text) else {
      throw JSONStreamError.badNumber(
        offset: offset, text: String(decoding: text.prefix(64), as: UTF8.self),
        expected: "a sample value")
    }
    body.records += 1
    try sink.sample(nanoseconds: nanoseconds, value: value, text: text)
    try cursor.endPair()
  }

  /// Reads one histogram sample, `[seconds, {…}]`.
  mutating func readHistogram(from cursor: JSONCursor, into sink: inout some ExportSink) throws {
    try cursor.beginArray()
    let nanoseconds = try cursor.readSeconds()
    try cursor.moveToElement("a histogram")
    body.records += 1
    try sink.histogram(nanoseconds: nanoseconds, json: try cursor.captureValue())
    try cursor.endPair()
  }
}

extension JSONCursor {
  /// Reads the first element of the open array, Unix seconds as a number or a string of one.
  fileprivate func readSeconds() throws -> Int64 {
    try moveToElement("a time")
    let offset = offset
    let text = try peek() == .string ? try readString() : try readNumber()
    guard let nanoseconds = SampleTime.nanoseconds(seconds: text) else {
      throw JSONStreamError.badNumber(
        offset: offset, text: String(decoding: text.prefix(64), as: UTF8.self),
        expected: "a time in Unix seconds between 1677 and 2262")
    }
    return nanoseconds
  }

  /// Moves to the next element of the open array, which must have one.
  func moveToElement(_ expected: String) throws {
    guard try !nextElement() else { return }
    throw unexpected(expected, at: position - 1)
  }

  /// Checks that the open array ends here.
  func endPair() throws {
    if try nextElement() { throw unexpected("']'") }
  }
}

import Canonical
import JSONStream
import Telemetry

/// The log lines of a bundle: JSON Lines sorted by time, stream and line.
///
/// One line is `{"t":"<ns>","s":<stream>,"m":"<line>","x":{<structured metadata>}}`; `s` counts the
/// streams of `logs/streams.json` from 0, and `x` is left out when it is empty.
public enum LogPart {
  /// Appends one entry.
  ///
  /// - Parameters:
  ///   - stream: The number of the stream, from 0.
  ///   - line: Valid UTF-8, as every reader of this project gives it out.
  public static func append(
    nanoseconds: Int64, stream: Int, line: UnsafeRawBufferPointer, metadata: LabelSet,
    to output: inout [UInt8]
  ) {
    precondition(stream >= 0, "BUG: stream \(stream)")
    output.append(contentsOf: #"{"t":""#.utf8)
    append(decimal: nanoseconds, to: &output)
    output.append(contentsOf: #"","s":"#.utf8)
    append(decimal: Int64(stream), to: &output)
    output.append(contentsOf: #","m":"#.utf8)
    Canonical.appendString(line, to: &output)
    if !metadata.labels.isEmpty { append(metadata, to: &output) }
    output.append(contentsOf: "}\n".utf8)
  }

  /// Reads one part. Buffers are valid during the call; `metadata` is the JSON object as written,
  /// empty when there is none.
  ///
  /// Accepts the keys in any order and blanks between them, but reads what `append` writes fastest.
  ///
  /// - Throws: `LogPart.DamagedLine` for what is no entry; errors of the source and of `entry` pass
  ///   through.
  public static func read(
    _ source: any ByteSource,
    entry: (
      _ nanoseconds: Int64, _ stream: Int, _ line: UnsafeRawBufferPointer,
      _ metadata: UnsafeRawBufferPointer
    ) throws -> Void
  ) throws {
    let cursor = JSONCursor(source)
    var number = 0
    let noMetadata = UnsafeRawBufferPointer(start: nil, count: 0)
    while true {
      number &+= 1
      if let compact = compactEntry(cursor) {
        try entry(
          compact.nanoseconds, compact.stream, compact.line, compact.metadata ?? noMetadata)
        continue
      }
      let loose: LooseEntry
      do {
        guard try cursor.beginDocument() else { return }
        loose = try LooseEntry(cursor)
      } catch let error as JSONStreamError {
        throw DamagedLine(line: number, cause: error)
      }
      try loose.line.withUnsafeBytes { line in
        try loose.metadata.withUnsafeBytes { metadata in
          try entry(loose.nanoseconds, loose.stream, line, metadata)
        }
      }
    }
  }

  /// A line of a part that is no entry.
  public struct DamagedLine: Error, Hashable, Sendable, CustomStringConvertible {
    /// The line, counted from 1; empty lines are not counted.
    public let line: Int
    /// What is wrong, with its byte offset in the part.
    public let cause: JSONStreamError

    /// Where the part is damaged, and how.
    public var description: String { "line \(line): \(cause)" }
  }
}

// MARK: Writing

extension LogPart {
  private static func append(_ metadata: LabelSet, to output: inout [UInt8]) {
    output.append(contentsOf: #","x":"#.utf8)
    var separator = UInt8(ascii: "{")
    for label in metadata.labels {
      output.append(separator)
      Canonical.appendString(label.name, to: &output)
      output.append(UInt8(ascii: ":"))
      Canonical.appendString(label.value, to: &output)
      separator = UInt8(ascii: ",")
    }
    output.append(UInt8(ascii: "}"))
  }

  private static func append(decimal value: Int64, to output: inout [UInt8]) {
    if value < 0 { output.append(UInt8(ascii: "-")) }
    let first = output.count
    var rest = value.magnitude
    repeat {
      output.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10))
      rest /= 10
    } while rest > 0
    output[first...].reverse()
  }
}

// MARK: Reading

/// An entry inside the cursor's window.
private struct CompactLogEntry {
  let nanoseconds: Int64
  let stream: Int
  let line: UnsafeRawBufferPointer
  let metadata: UnsafeRawBufferPointer?
}

extension LogPart {
  /// Reads the line as `append` writes it; nil, and nothing read, when it differs in any way.
  private static func compactEntry(_ cursor: JSONCursor) -> CompactLogEntry? {
    _ = cursor.skips("\n")
    let start = cursor.offset
    guard cursor.skips(#"{"t":""#), let nanoseconds = cursor.compactDigits(),
      cursor.skips(#"","s":"#), let stream = cursor.compactDigits(), cursor.skips(#","m":"#),
      let line = cursor.compactString()
    else {
      cursor.rewind(to: start)
      return nil
    }
    let hasMetadata = cursor.skips(#","x":"#)
    let metadata = hasMetadata ? cursor.compactFlatObject() : nil
    guard hasMetadata == (metadata != nil), cursor.skips("}\n") else {
      cursor.rewind(to: start)
      return nil
    }
    return CompactLogEntry(
      nanoseconds: nanoseconds, stream: Int(stream), line: line, metadata: metadata)
  }
}

/// An entry read by the strict cursor, whose members it copies.
private struct LooseEntry {
  private(set) var nanoseconds: Int64 = 0
  private(set) var stream = 0
  private(set) var line: [UInt8] = []
  private(set) var metadata: [UInt8] = []

  init(_ cursor: JSONCursor) throws {
    let offset = cursor.offset
    var missing: Set = ["t", "s", "m"]
    try cursor.beginObject()
    while let key = try cursor.nextKey() {
      let name = String(decoding: key, as: UTF8.self)
      missing.remove(name)
      let offset = cursor.offset
      switch name {
      case "t": nanoseconds = try Self.number(cursor.readString(), at: offset, "nanoseconds")
      case "s":
        let number = try Self.number(cursor.readNumber(), at: offset, "a stream number")
        stream = Int(number)
      case "m": line = Array(try cursor.readString())
      case "x": metadata = Array(try cursor.captureValue())
      default: try cursor.skipValue()
      }
    }
    if let key = missing.min() {
      throw JSONStreamError.unexpected(
        offset: offset, found: "an entry without \"\(key)\"", expected: "t, s and m")
    }
  }

  private static func number(
    _ text: UnsafeRawBufferPointer, at offset: Int, _ expected: String
  )
    throws -> Int64
  {
    guard let number = SampleTime.nanoseconds(text), number >= 0 || expected == "nanoseconds"
    else {
      throw JSONStreamError.badNumber(
        offset: offset, text: String(decoding: text.prefix(64), as: UTF8.self),
        expected: expected)
    }
    return number
  }
}

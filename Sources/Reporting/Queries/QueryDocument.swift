import Canonical
import PromQL
import Queries
import Telemetry

/// Answers as the HTTP API of Prometheus gives them.
///
/// - Source: https://prometheus.io/docs/prometheus/latest/querying/api, web/api/v1/api.go.
public enum QueryDocument {
  /// The envelope of an answer, closed by a line feed.
  public static func json(of answer: BundleAnswer) -> [UInt8] {
    let isRange = if case .range = answer.times { true } else { false }
    return json(of: answer.result, isRange: isRange)
  }

  /// The envelope of a result.
  ///
  /// - Parameters:
  ///   - isRange: Whether it answers a range query, whose value is always a matrix.
  ///   - statistics: A member `stats` of the data, when there is one.
  public static func json(
    of result: QueryResult, isRange: Bool, statistics: JSONValue? = nil
  ) -> [UInt8] {
    var writer = EnvelopeWriter(grid: result.grid)
    writer.begin()
    switch result.value {
    case .scalar(let values) where isRange:
      writer.matrix([Column(labels: .empty, values: values)])
    case .scalar(let values): writer.scalar(values.first ?? .nan)
    case .string(let text): writer.string(text)
    case .vector(let columns) where isRange: writer.matrix(columns)
    case .vector(let columns): writer.vector(columns)
    case .matrix(let columns): writer.samples(columns)
    }
    if let statistics { writer.statistics(statistics) }
    writer.end(warnings: result.warnings, infos: result.infos)
    return writer.output
  }

  /// The envelope of a failure.
  ///
  /// - Parameter type: Prometheus's word for the cause: `bad_data`, `execution`, `not_found`.
  public static func json(error: String, type: String) -> [UInt8] {
    Canonical.json(
      .object([
        "status": .string("error"), "errorType": .string(type), "error": .string(error),
      ]), isPretty: false)
  }
}

/// Writes one envelope, value by value.
private struct EnvelopeWriter {
  private(set) var output: [UInt8] = []
  /// `[<time>,"` of every step, which all series share.
  private let openings: [[UInt8]]

  init(grid: QueryGrid) {
    openings = (0..<grid.count).map { Self.opening(milliseconds: grid[$0]) }
  }

  private static func opening(milliseconds: Int64) -> [UInt8] {
    var bytes = [UInt8(ascii: "[")]
    Canonical.appendSampleTime(milliseconds: milliseconds, to: &bytes)
    bytes.append(contentsOf: ",\"".utf8)
    return bytes
  }

  mutating func begin() {
    append("{\"status\":\"success\",\"data\":{\"resultType\":\"")
  }

  mutating func statistics(_ statistics: JSONValue) {
    append(",\"stats\":")
    output.append(contentsOf: Canonical.json(statistics, isPretty: false).dropLast())
  }

  mutating func end(warnings: [String], infos: [String]) {
    append("}")
    list(warnings, named: "warnings")
    list(infos, named: "infos")
    append("}\n")
  }

  mutating func scalar(_ value: Double) {
    append("scalar\",\"result\":")
    sample(openings[0], value)
  }

  mutating func string(_ text: String) {
    append("string\",\"result\":")
    output.append(contentsOf: openings[0].dropLast())
    Canonical.appendString(text, to: &output)
    append("]")
  }

  mutating func vector(_ columns: [Column]) {
    append("vector\",\"result\":[")
    for (index, column) in columns.enumerated() {
      metric(column.labels, isFirst: index == 0)
      append("\"value\":")
      sample(openings[0], column.values[0])
      append("}")
    }
    append("]")
  }

  mutating func matrix(_ columns: [Column]) {
    append("matrix\",\"result\":[")
    for (index, column) in columns.enumerated() {
      metric(column.labels, isFirst: index == 0)
      append("\"values\":[")
      for (step, value) in column.values.enumerated() where !value.isAbsent {
        if output.last == UInt8(ascii: "]") { append(",") }
        sample(openings[step], value)
      }
      append("]}")
    }
    append("]")
  }

  mutating func samples(_ columns: [SampleColumn]) {
    append("matrix\",\"result\":[")
    for (index, column) in columns.enumerated() {
      metric(column.labels, isFirst: index == 0)
      append("\"values\":[")
      for (time, value) in zip(column.times, column.values) where !value.isAbsent {
        if output.last == UInt8(ascii: "]") { append(",") }
        sample(Self.opening(milliseconds: time), value)
      }
      append("]}")
    }
    append("]")
  }

  /// `{"metric":{…},`
  private mutating func metric(_ labels: LabelSet, isFirst: Bool) {
    append(isFirst ? "{\"metric\":{" : ",{\"metric\":{")
    for (index, label) in labels.labels.enumerated() {
      if index > 0 { append(",") }
      Canonical.appendString(label.name, to: &output)
      append(":")
      Canonical.appendString(label.value, to: &output)
    }
    append("},")
  }

  private mutating func sample(_ opening: [UInt8], _ value: Double) {
    output.append(contentsOf: opening)
    Canonical.appendSample(value, to: &output)
    output.append(UInt8(ascii: "\""))
    output.append(UInt8(ascii: "]"))
  }

  private mutating func list(_ texts: [String], named name: String) {
    guard !texts.isEmpty else { return }
    append(",\"\(name)\":[")
    for (index, text) in texts.enumerated() {
      if index > 0 { append(",") }
      Canonical.appendString(text, to: &output)
    }
    append("]")
  }

  private mutating func append(_ text: StaticString) {
    output.append(
      contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  private mutating func append(_ text: String) {
    output.append(contentsOf: text.utf8)
  }
}

import Canonical
import LogQL
import PromQL
import Queries
import Telemetry

/// Answers about logs as the HTTP API of Loki gives them.
///
/// Of Loki's statistics, what was read and found is told; there are no times, since the same
/// question must give the same bytes.
///
/// - Source: https://grafana.com/docs/loki/latest/reference/loki-http-api
public enum LogDocument {
  /// The envelope of an answer, closed by a line feed.
  public static func json(of answer: LogAnswer) -> [UInt8] {
    switch answer.value {
    case .lines(let lines): return json(of: lines, answer)
    case .metrics(let metrics):
      let isRange = if case .grid = answer.times { true } else { false }
      return QueryDocument.json(
        of: answer.annotated(metrics.result), isRange: isRange,
        statistics: statistics(metrics.statistics, returned: nil))
    }
  }

  private static func json(of lines: LogLines, _ answer: LogAnswer) -> [UInt8] {
    var output = Array(#"{"status":"success","data":{"resultType":"streams","result":["#.utf8)
    for (index, stream) in streams(of: lines).enumerated() {
      output.append(contentsOf: (index > 0 ? ",{\"stream\":" : "{\"stream\":").utf8)
      append(JSONText.labels(stream.labels), to: &output)
      output.append(contentsOf: ",\"values\":[".utf8)
      for (index, line) in stream.lines.enumerated() {
        output.append(contentsOf: (index > 0 ? ",[\"" : "[\"").utf8)
        output.append(contentsOf: "\(line.nanoseconds)\",".utf8)
        line.line.withUnsafeBytes { Canonical.appendString($0, to: &output) }
        output.append(UInt8(ascii: "]"))
      }
      output.append(contentsOf: "]}".utf8)
    }
    output.append(contentsOf: "],\"stats\":".utf8)
    append(statistics(lines.statistics, returned: lines.lines.count), to: &output)
    output.append(UInt8(ascii: "}"))
    for (name, texts) in [("warnings", answer.warnings), ("infos", answer.infos)]
    where !texts.isEmpty {
      output.append(contentsOf: ",\"\(name)\":".utf8)
      append(.array(texts.map { .string($0) }), to: &output)
    }
    output.append(contentsOf: "}\n".utf8)
    return output
  }

  /// The lines of each set of labels, sorted by labels, in the order of the answer.
  private static func streams(
    of lines: LogLines
  ) -> [(labels: LabelSet, lines: [FoundLine])] {
    var numbers: [LabelSet: Int] = [:]
    var streams: [(labels: LabelSet, lines: [FoundLine])] = []
    for line in lines.lines {
      if let number = numbers[line.labels] {
        streams[number].lines.append(line)
      } else {
        numbers[line.labels] = streams.count
        streams.append((line.labels, [line]))
      }
    }
    return streams.sorted { $0.labels < $1.labels }
  }

  private static func append(_ value: JSONValue, to output: inout [UInt8]) {
    output.append(contentsOf: Canonical.json(value, isPretty: false).dropLast())
  }

  private static func statistics(_ statistics: LogStatistics, returned: Int?) -> JSONValue {
    var members = [
      JSONMember(key: "totalBytesProcessed", value: .number(statistics.bytes)),
      JSONMember(key: "totalLinesProcessed", value: .number(statistics.lines)),
    ]
    if let returned {
      members += [
        JSONMember(key: "totalPostFilterLines", value: .number(statistics.passed)),
        JSONMember(key: "totalEntriesReturned", value: .number(returned)),
      ]
    }
    return .object(["summary": .object(members)])
  }
}

extension LogAnswer {
  /// The series of the answer with what is to be said of the whole.
  func annotated(_ result: QueryResult) -> QueryResult {
    var result = result
    result.warnings += warnings
    result.infos += infos
    return result
  }
}

import JSONStream
import Telemetry

/// Recognises and reads files of one JSON object a line.
enum JSONLines {
  /// Whether the first line is a whole object and the next one begins another.
  static func areLines(_ bytes: [UInt8], from start: Int) -> Bool {
    // Answers of Prometheus and Loki are one long line; looking for its end would read them twice.
    if bytes[start...].starts(with: #"{"status":"success","data":"#.utf8) { return false }
    guard bytes[start] == UInt8(ascii: "{"),
      let end = bytes[start...].firstIndex(of: 10),
      let last = bytes[start..<end].last(where: { $0 != 32 && $0 != 13 }),
      last == UInt8(ascii: "}")
    else { return isSingleLogcliLine(bytes, from: start) }
    let next = bytes[end...].first { $0 != 32 && !(9...13).contains($0) }
    return next == UInt8(ascii: "{") || isSingleLogcliLine(bytes, from: start)
  }

  /// Reads the lines of logcli, or else a log of JSON lines; lines that are neither are counted.
  static func content(of bytes: [UInt8]) -> (ExportAnswer.Content, ExportBody?) {
    let firstLine = bytes.prefix { $0 != 10 }
    guard isLogcli(firstLine) else { return (.text(PlainText(bytes)), nil) }
    let whole = BodyReader.document(bytes)
    guard case .malformed = whole.0 else { return whole }
    return goodLines(of: bytes) ?? whole
  }

  /// Reads the lines that are whole entries of logcli and counts the others.
  private static func goodLines(of bytes: [UInt8]) -> (ExportAnswer.Content, ExportBody?)? {
    var good: [UInt8] = []
    var bad = 0
    for line in bytes.split(separator: 10) {
      let read = BodyReader.document(Array(line))
      if case .logs = read.0, read.1?.kind == .logcliLines {
        good.append(contentsOf: line)
        good.append(10)
      } else if line.contains(where: { $0 > 32 }) {
        bad += 1
      }
    }
    guard case (.logs(var table), let body) = BodyReader.document(good) else { return nil }
    table.badLines = bad
    return (.logs(table), body)
  }

  private static func isSingleLogcliLine(_ bytes: [UInt8], from start: Int) -> Bool {
    let rest = bytes[start...]
    guard isLogcli(rest) else { return false }
    let lineEnd = rest.firstIndex(of: 10) ?? rest.endIndex
    return rest[lineEnd...].allSatisfy { $0 <= 32 }
  }

  private static func isLogcli(_ line: ArraySlice<UInt8>) -> Bool {
    let starts = ["{\"labels\":", "{\"line\":", "{\"timestamp\":"]
    guard starts.contains(where: { line.starts(with: $0.utf8) }) else { return false }
    let head = String(decoding: line.prefix(1 << 20), as: UTF8.self)
    return head.contains("\"labels\":") && head.contains("\"line\":")
      && head.contains("\"timestamp\":") && !head.contains("\"status\":\"success\"")
  }
}

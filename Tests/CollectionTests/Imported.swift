import BundleStore
import Telemetry

@testable import Collection

/// A small export written in a test, imported.
struct Imported {
  let export: CollectedExport
  let entries: [String: CollectedEntry]

  /// Imports files given as path and content, in that order.
  init(
    _ files: KeyValuePairs<String, String>, window: TimeRange? = nil,
    redactor: (any Redacting)? = nil, width: Int = 1
  ) throws {
    try self.init(
      files: files.map { ($0.key, $0.value) }, window: window, redactor: redactor, width: width)
  }

  init(
    files: [(String, String)], window: TimeRange? = nil, redactor: (any Redacting)? = nil,
    width: Int = 1
  ) throws {
    let answers = files.map { path, text in
      BodyReader.answer(ExportFile(tree: 0, path: path, content: .bytes(Array(text.utf8))))
    }
    let collection = try ExportCollection(
      answers, window: window, redactor: redactor, width: width)
    var entries: [String: CollectedEntry] = [:]
    export = try collection.collect { entries[$0.path] = $0 }
    self.entries = entries
  }

  /// The paths of the entries, sorted.
  var paths: [String] { entries.keys.sorted() }

  /// The content of an entry as text, empty when there is none.
  func text(_ path: String) -> String {
    String(decoding: entries[path]?.content ?? [], as: UTF8.self)
  }

  /// The lines of an entry that is a list of one item a line, without the brackets around them.
  func items(_ path: String) -> [String] {
    text(path).split(separator: "\n").dropFirst().dropLast().map { line in
      String(line.hasSuffix(",") ? line.dropLast() : line)
    }
  }

  /// The log lines of the bundle as they are written.
  var logLines: [String] {
    paths.filter { $0.hasPrefix("logs/part-") }.flatMap { text($0).split(separator: "\n") }
      .map(String.init)
  }

  /// What became of an input.
  func input(_ path: String) -> BundleInput? { export.inputs.first { $0.path == path } }

  /// The outcome of an input.
  func outcome(_ path: String) -> InputOutcome? { input(path)?.outcome }

  /// The gaps of one code.
  func gaps(_ code: GapCode) -> [CoverageGap] { export.gaps.filter { $0.code == code } }
}

/// Bodies as servers print them.
enum Body {
  static func matrix(_ series: String...) -> String {
    envelope("matrix", series.joined(separator: ","))
  }

  static func vector(_ series: String...) -> String {
    envelope("vector", series.joined(separator: ","))
  }

  static func streams(_ streams: String..., flags: String = "", stats: String = "") -> String {
    let encoding = flags.isEmpty ? "" : "\"encodingFlags\":[\"\(flags)\"],"
    return "{\"status\":\"success\",\"data\":{\"resultType\":\"streams\",\(encoding)\"result\":["
      + streams.joined(separator: ",") + "],\"stats\":{\"summary\":{}}}}"
  }

  /// One stream from `name="value"` labels and lines `(seconds, text)`.
  static func stream(_ labels: [String: String], _ lines: [(Int, String)]) -> String {
    let members = labels.keys.sorted().map { "\"\($0)\":\"\(labels[$0] ?? "")\"" }
    let values = lines.map { "[\"\($0.0)000000000\",\"\($0.1)\"]" }
    return "{\"stream\":{\(members.joined(separator: ","))},"
      + "\"values\":[\(values.joined(separator: ","))]}"
  }

  private static func envelope(_ type: String, _ result: String) -> String {
    "{\"status\":\"success\",\"data\":{\"resultType\":\"\(type)\",\"result\":[\(result)]}}"
  }
}

/// A window of Unix seconds.
func window(_ start: Int64, _ end: Int64) -> TimeRange {
  TimeRange(start: Timestamp(seconds: start), end: Timestamp(seconds: end))
}

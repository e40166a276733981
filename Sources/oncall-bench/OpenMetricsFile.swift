import Canonical
import Foundation
import PromQL
import Queries
import Telemetry

/// Writes series of a bundle as OpenMetrics text, from which `promtool` makes blocks.
struct OpenMetricsFile {
  /// Samples written.
  private(set) var samples = 0
  /// Series written.
  private(set) var series = 0

  /// Writes every series of `metrics` to a file at `path`.
  init(_ metrics: [String], of source: any SeriesSource, to path: String) throws {
    guard FileManager.default.createFile(atPath: path, contents: nil),
      let file = FileHandle(forWritingAtPath: path)
    else { throw BenchError.cannotRead(path) }
    for metric in metrics {
      let columns = try source.series(
        matching: [LabelMatcher("__name__", equals: metric)], from: .min, to: .max)
      for column in columns {
        var text: [UInt8] = []
        append(column, metric, to: &text)
        try file.write(contentsOf: Data(text))
      }
    }
    try file.write(contentsOf: Data("# EOF\n".utf8))
    try file.close()
  }

  private mutating func append(_ column: SampleColumn, _ metric: String, to text: inout [UInt8]) {
    series += 1
    let labels = column.labels.labels.filter { $0.name != "__name__" }
      .map { "\($0.name)=\"\(Self.escaped($0.value))\"" }
    let name = "\(metric){\(labels.joined(separator: ","))} "
    for (time, value) in zip(column.times, column.values) where !value.isAbsent {
      text.append(contentsOf: name.utf8)
      Canonical.appendSample(value, to: &text)
      text.append(UInt8(ascii: " "))
      Canonical.appendSampleTime(milliseconds: time, to: &text)
      text.append(UInt8(ascii: "\n"))
      samples += 1
    }
  }

  private static func escaped(_ text: String) -> String {
    text.replacingOccurrences(of: "\\", with: "\\\\").replacingOccurrences(of: "\"", with: "\\\"")
      .replacingOccurrences(of: "\n", with: "\\n")
  }
}

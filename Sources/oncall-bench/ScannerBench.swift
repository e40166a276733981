import Foundation
import Glibc
import JSONStream
import Telemetry

/// Measures the JSON scanner by kind of body, beside the fastest pass over the same bytes.
struct ScannerBench {
  /// Bodies by kind, in the order of `ExportKind.allCases`.
  private var bodies: [[[UInt8]]] = ExportKind.allCases.map { _ in [] }

  /// Loads every JSON body below `folders`.
  init(folders: [String]) throws {
    for folder in folders {
      for path in try files(below: folder) where path.hasSuffix(".json") {
        guard let data = FileManager.default.contents(atPath: path) else {
          throw BenchError.cannotRead(path)
        }
        let body = [UInt8](data)
        guard let kind = try? Self.scan(body) else { continue }
        bodies[Self.index(of: kind)].append(body)
      }
    }
  }

  /// One row for each kind with at least a megabyte of bodies.
  func table(runs: Int) throws -> TextTable {
    var table = TextTable(["body", "files", "MB", "scanner MB/s", "memchr MB/s", "memchr/scanner"])
    for (kind, group) in zip(ExportKind.allCases, bodies) {
      let bytes = group.reduce(0) { $0 + $1.count }
      guard bytes >= 1_000_000 else { continue }
      var (scans, passes): ([Double], [Double]) = ([], [])
      for _ in 0..<runs {
        scans.append(try seconds { for body in group { _ = try Self.scan(body) } })
        passes.append(seconds { for body in group { Self.pass(body) } })
      }
      let (scan, pass) = (median(scans), median(passes))
      table.add([
        kind.rawValue, "\(group.count)", megabytes(bytes), fixed(Double(bytes) / scan / 1e6, 0),
        fixed(Double(bytes) / pass / 1e6, 0), fixed(scan / pass, 1),
      ])
    }
    return table
  }

  private static func index(of kind: ExportKind) -> Int {
    guard let index = ExportKind.allCases.firstIndex(of: kind) else {
      preconditionFailure("BUG: \(kind) is missing from its own list of cases")
    }
    return index
  }

  /// Reads one body to its end.
  private static func scan(_ body: [UInt8]) throws -> ExportKind {
    var sink = TallySink()
    return try ExportReader(MemorySource(body)).read(into: &sink).kind
  }

  /// Looks for a byte that no JSON text holds, so that every byte is looked at.
  private static func pass(_ body: [UInt8]) {
    body.withUnsafeBytes { bytes in
      guard let start = bytes.baseAddress else { return }
      precondition(memchr(start, 0, bytes.count) == nil, "BUG: a JSON body holds a zero byte")
    }
  }

  private func seconds(_ work: () throws -> Void) rethrows -> Double {
    try ContinuousClock().measure(work).inSeconds
  }
}

/// Takes everything a body holds and keeps sums only, so that no work can be left out.
private struct TallySink: ExportSink {
  var times: Int64 = 0
  var values = 0.0
  var lineBytes = 0

  mutating func sample(nanoseconds: Int64, value: Double, text: UnsafeRawBufferPointer) {
    times &+= nanoseconds
    values += value
  }

  mutating func logEntry(
    nanoseconds: Int64, line: UnsafeRawBufferPointer, metadata: LabelSet, parsed: LabelSet
  ) {
    times &+= nanoseconds
    lineBytes &+= line.count
  }
}

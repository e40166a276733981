import BundleStore
import Canonical
import Detection
import LogPatterns
import Reasoning
import Replay
import Reporting
import Telemetry

/// The patterns of the logs in a bundle, compared with the beginning of its window.
enum BundlePatterns {
  /// The patterns of the bundle at `path`; reads its logs and nothing else.
  static func report(
    path: String, threads: Int
  ) throws(AnalysisFailure) -> (report: PatternReport, damaged: Int) {
    do {
      let bundle = try BundleReader(path: path)
      let loaded = try ReplayLoader(bundle, threads: threads).loadLogPatterns()
      let mined = MinedPatterns(of: loaded.patterns.counts)
      let report = PatternReport(
        source: bundle.manifest.bundleID, window: bundle.manifest.window,
        step: loaded.patterns.clock.step,
        rows: rows(of: mined, in: loaded.patterns),
        totals: PatternTotals(
          mined: mined.totals, coarse: mined.coarse, outside: loaded.patterns.outside))
      return (report, loaded.gaps.count)
    } catch {
      throw AnalysisFailure(error, bundlePath: path)
    }
  }

  /// The new patterns for a report, in order of time.
  static func newPatterns(of loaded: LoadedPatterns) -> [NewLogPattern] {
    let mined = MinedPatterns(of: loaded.counts)
    let baseline = PatternBaseline(steps: loaded.clock.count, each: loaded.clock.step)
    let new = mined.patterns.compactMap { pattern -> NewLogPattern? in
      let change = baseline.change(of: pattern)
      guard change.kind == .new else { return nil }
      return NewLogPattern(
        id: pattern.id, template: pattern.template, count: pattern.count,
        firstSeen: Timestamp(nanoseconds: pattern.first),
        services: services(of: pattern, in: loaded),
        example: String(decoding: pattern.example, as: UTF8.self),
        isSuspicious: change.isSuspicious)
    }
    return new.sorted {
      $0.firstSeen == $1.firstSeen ? $0.id < $1.id : $0.firstSeen < $1.firstSeen
    }
  }

  /// Suspicious patterns in order of time, then new, rising and falling ones, then the rest, each
  /// by count.
  private static func rows(of mined: MinedPatterns, in loaded: LoadedPatterns) -> [PatternRow] {
    let baseline = PatternBaseline(steps: loaded.clock.count, each: loaded.clock.step)
    let similarity = PatternSimilarity(mined.patterns)
    let rows = mined.patterns.enumerated().map { index, pattern in
      PatternRow(
        pattern: pattern, services: services(of: pattern, in: loaded),
        change: baseline.change(of: pattern), similar: similarity.cousins(of: index),
        streams: streams(of: pattern, in: loaded), steps: steps(of: pattern, in: loaded))
    }
    let order = rows.indices.sorted { left, right in
      let (first, second) = (rank(rows[left]), rank(rows[right]))
      if first != second { return first < second }
      if first == 0, rows[left].pattern.first != rows[right].pattern.first {
        return rows[left].pattern.first < rows[right].pattern.first
      }
      return left < right
    }
    return order.map { rows[$0] }
  }

  private static func rank(_ row: PatternRow) -> Int {
    guard let change = row.change else { return 5 }
    if change.isSuspicious { return 0 }
    switch change.kind {
    case .new: return 1
    case .rising: return 2
    case .falling: return 3
    case .steady: return 4
    }
  }

  private static func streams(
    of pattern: LogPattern, in loaded: LoadedPatterns
  ) -> [PatternStream] {
    var counts: [Int: Int] = [:]
    for occurrence in pattern.occurrences {
      counts[Int(occurrence.stream), default: 0] += occurrence.count
    }
    let streams = counts.map { stream, count in
      PatternStream(labels: loaded.streams[stream], count: count)
    }
    return streams.sorted {
      $0.count == $1.count ? $0.labels < $1.labels : $0.count > $1.count
    }
  }

  private static func steps(of pattern: LogPattern, in loaded: LoadedPatterns) -> [Int] {
    var steps = Array(repeating: 0, count: loaded.clock.count)
    for occurrence in pattern.occurrences { steps[Int(occurrence.step)] += occurrence.count }
    return steps
  }

  private static func services(of pattern: LogPattern, in loaded: LoadedPatterns) -> [String] {
    let streams = Set(pattern.occurrences.map(\.stream)).sorted()
    let names = streams.compactMap { stream -> String? in
      let index = Int(stream)
      guard loaded.streams.indices.contains(index) else { return nil }
      return ServiceDirectory.serviceName(inStream: loaded.streams[index])
    }
    return Set(names).sorted { $0.precedesInBytes($1) }
  }
}

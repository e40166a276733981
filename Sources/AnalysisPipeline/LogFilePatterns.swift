import LogPatterns
import Reporting

/// Mines a plain log file.
enum LogFilePatterns {
  /// The patterns of the file at `path`; lines are counted by their number.
  static func report(path: String) throws(AnalysisFailure) -> PatternReport {
    let (mined, totals) = try mine(path)
    return PatternReport(
      source: path, window: nil, rows: rows(of: mined),
      totals: PatternTotals(
        mined: mined.totals, coarse: mined.coarse, shortened: totals.cutLines))
  }

  /// One row of CSV for each line: its number, its pattern's id and template.
  ///
  /// Reads the file twice, so that memory follows the patterns and the text alone.
  static func csv(path: String) throws(AnalysisFailure) -> [UInt8] {
    let mined = try mine(path).mined
    let endings = mined.patterns.map(PatternsCSV.lineEnding)
    var output = Array(PatternsCSV.lineHeading.utf8)
    try events(of: path) { event, facts, lines in
      guard let pattern = mined.index(of: event) else {
        throw LogFileError(path: path, reason: "changed while it was read; try again")
      }
      for line in 0..<lines {
        output.append(contentsOf: String(facts.time + Int64(line)).utf8)
        output.append(contentsOf: endings[pattern])
      }
    }
    return output
  }

  private static func mine(
    _ path: String
  ) throws(AnalysisFailure) -> (mined: MinedPatterns, totals: LogFileTotals) {
    let miner = PatternMiner()
    let totals = try events(of: path) { event, facts, lines in
      miner.add(event, facts, lines: lines)
    }
    return (MinedPatterns(of: miner.counts), totals)
  }

  @discardableResult
  private static func events(
    of path: String, _ body: (UnsafeRawBufferPointer, LineFacts, Int) throws -> Void
  ) throws(AnalysisFailure) -> LogFileTotals {
    do {
      var assembler = EventAssembler()
      var number: Int64 = 0
      let totals = try LogFile(path: path).forEachLine { line in
        number += 1
        try assembler.add(line, LineFacts(time: number), emit: body)
      }
      try assembler.finish(emit: body)
      return totals
    } catch {
      throw .unreadable(path: path, reason: "\(error)")
    }
  }

  private static func rows(of mined: MinedPatterns) -> [PatternRow] {
    mined.patterns.map { PatternRow(pattern: $0) }
  }
}

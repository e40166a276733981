/// A plain log as bytes: lines that end in `\n` or `\r\n`.
public struct LogText {
  private let bytes: UnsafeRawBufferPointer

  /// A log over `bytes`, which must outlive it.
  public init(_ bytes: UnsafeRawBufferPointer) {
    self.bytes = bytes
  }

  /// Gives each line without its end; a last line without `\n` counts.
  ///
  /// - Returns: Where the last line without `\n` begins, or the end.
  @discardableResult
  public func forEachLine(
    isLast: Bool = true, _ body: (UnsafeRawBufferPointer) throws -> Void
  ) rethrows -> Int {
    var start = 0
    while start < bytes.count {
      let newline = ByteSearch.index(of: 10, in: bytes, from: start)
      guard newline < bytes.count || isLast else { return start }
      let last = newline > start && bytes[newline - 1] == 13 ? newline - 1 : newline
      try body(UnsafeRawBufferPointer(rebasing: bytes[start..<last]))
      start = newline + 1
    }
    return min(start, bytes.count)
  }

  /// Mines the events of the lines and gives the index of the pattern of each line.
  public func patternIndices() -> [Int] {
    let miner = PatternMiner()
    forEachEvent { event, facts, lines in miner.add(event, facts, lines: lines) }
    let mined = MinedPatterns(of: miner.counts)
    var indices: [Int] = []
    forEachEvent { event, _, lines in
      guard let index = mined.index(of: event) else {
        preconditionFailure("BUG: an event without a pattern")
      }
      indices.append(contentsOf: repeatElement(index, count: lines))
    }
    return indices
  }

  private func forEachEvent(_ body: (UnsafeRawBufferPointer, LineFacts, Int) -> Void) {
    var assembler = EventAssembler()
    var number: Int64 = 0
    forEachLine { line in
      number += 1
      assembler.add(line, LineFacts(time: number), emit: body)
    }
    assembler.finish(emit: body)
  }
}

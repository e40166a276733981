/// A plain log as bytes: lines that end in `\n` or `\r\n`.
public struct LogText {
  private let bytes: UnsafeRawBufferPointer

  /// A log over `bytes`, which must outlive it.
  public init(_ bytes: UnsafeRawBufferPointer) {
    self.bytes = bytes
  }

  /// Gives each line without its end; a last line without `\n` counts.
  public func forEachLine(_ body: (UnsafeRawBufferPointer) throws -> Void) rethrows {
    var start = 0
    while start < bytes.count {
      let end = bytes[start...].firstIndex(of: 10) ?? bytes.count
      let last = end > start && bytes[end - 1] == 13 ? end - 1 : end
      try body(UnsafeRawBufferPointer(rebasing: bytes[start..<last]))
      start = end + 1
    }
  }

  /// Mines the lines and gives the index of the pattern of each.
  public func patternIndices() -> [Int] {
    let miner = PatternMiner()
    var number: Int64 = 0
    forEachLine { line in
      number += 1
      miner.add(line, at: number)
    }
    let mined = MinedPatterns(of: miner)
    var indices: [Int] = []
    forEachLine { line in
      guard let index = mined.index(of: line) else {
        preconditionFailure("BUG: a line without a pattern")
      }
      indices.append(index)
    }
    return indices
  }
}

internal import CRE2

/// Many patterns that one pass over a text looks for: which of them occur, not where.
///
/// One value may search on several threads at once.
public final class PatternSet: Sendable {
  /// The number of patterns.
  public let count: Int
  private let options: PatternOptions
  // Sendable: as in `Pattern`.
  private nonisolated(unsafe) let handle: OpaquePointer

  /// Compiles `patterns`, which are then known by their place.
  public init(_ patterns: [String], options: PatternOptions = PatternOptions()) throws(PatternError)
  {
    guard let made = cre2_set_new(options.forRE2) else {
      throw .memoryLimit(pattern: Self.name(patterns.count), limit: options.memoryLimit)
    }
    handle = made
    self.options = options
    count = patterns.count
    for pattern in patterns {
      var copy = pattern
      let index = copy.withUTF8 { utf8 in
        utf8.withMemoryRebound(to: CChar.self) { cre2_set_add(made, $0.baseAddress, $0.count) }
      }
      if index < 0 {
        throw .invalid(pattern: pattern, message: String(cString: cre2_set_error(made)))
      }
    }
    guard cre2_set_compile(made) else {
      throw .memoryLimit(pattern: Self.name(patterns.count), limit: options.memoryLimit)
    }
  }

  deinit {
    cre2_set_delete(handle)
  }

  /// The indices of the patterns that occur anywhere in `bytes`, ascending.
  ///
  /// Throws `memoryLimit` when the automaton outgrows its limit; it never answers in part.
  public func indices(
    in bytes: UnsafeRawBufferPointer
  ) throws(PatternError) -> [Int] {
    var found = ContiguousIndices(capacity: count)
    let answer = found.fill { cre2_set_match(handle, bytes.baseAddress, bytes.count, $0, $1) }
    if answer < 0 { throw .memoryLimit(pattern: Self.name(count), limit: options.memoryLimit) }
    return found.sorted
  }

  private static func name(_ count: Int) -> String { "set of \(count) patterns" }
}

/// Room for indices that costs no allocation when nothing is found.
private struct ContiguousIndices {
  private(set) var sorted: [Int] = []
  let capacity: Int

  init(capacity: Int) {
    self.capacity = capacity
  }

  mutating func fill(_ search: (UnsafeMutablePointer<Int32>?, Int32) -> Int32) -> Int32 {
    withUnsafeTemporaryAllocation(of: Int32.self, capacity: capacity) { room in
      let answer = search(room.baseAddress, Int32(capacity))
      if answer > 0 { sorted = room.prefix(Int(answer)).map(Int.init).sorted() }
      return answer
    }
  }
}

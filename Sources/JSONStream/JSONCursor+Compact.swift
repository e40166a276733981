// The fast path: shapes that servers write without blanks, read inside the window.
//
// Each of these methods either reads a whole value and moves on, or returns nil (false) and leaves
// the cursor where it was. They never refill the window, so after a failure the strict path decides.

/// A sample written as `[seconds,"value"]`.
struct CompactSample {
  let nanoseconds: Int64
  let value: Double
  let text: UnsafeRawBufferPointer
}

/// A log entry written as `["nanoseconds","line"]`.
struct CompactEntry {
  let nanoseconds: Int64
  let line: UnsafeRawBufferPointer
}

extension JSONCursor {
  /// Reads the next element of the open array when it is a compact sample.
  @inline(__always)
  func compactSample() -> CompactSample? {
    var index = position
    guard opensPair(&index), let nanoseconds = secondsInWindow(&index),
      base[index] == UInt8(ascii: ","), base[index &+ 1] == UInt8(ascii: "\"")
    else { return nil }
    let first = index &+ 2
    let (value, length) = SampleValue.scan(base + first)
    let last = first &+ length
    guard length > 0, base[last] == UInt8(ascii: "\""), base[last &+ 1] == UInt8(ascii: "]")
    else { return nil }
    position = last &+ 2
    isFirst = false
    let text = UnsafeRawBufferPointer(start: base + first, count: length)
    return CompactSample(nanoseconds: nanoseconds, value: value, text: text)
  }

  /// Reads the next element of the open array when it is a compact log entry without a third part.
  @inline(__always)
  func compactEntry() -> CompactEntry? {
    var index = position
    guard opensPair(&index), base[index] == UInt8(ascii: "\"") else { return nil }
    index &+= 1
    guard let nanoseconds = digitsInWindow(&index), base[index] == UInt8(ascii: "\""),
      base[index &+ 1] == UInt8(ascii: ","), base[index &+ 2] == UInt8(ascii: "\"")
    else { return nil }
    let opening = index &+ 2
    guard let line = text(openedAt: opening, next: &index), base[index] == UInt8(ascii: "]"),
      index &- opening &- 2 <= limits.stringBytes
    else { return nil }
    finishText(at: index &+ 1)
    isFirst = false
    return CompactEntry(nanoseconds: nanoseconds, line: line)
  }

  /// Reads `literal` when it comes next in the window.
  ///
  /// For readers of a fixed layout; what it holds is not checked against the grammar, so a caller
  /// must read whole values with it, or `rewind`.
  @inline(__always)
  public func skips(_ literal: StaticString) -> Bool {
    let count = literal.utf8CodeUnitCount
    let bytes = literal.utf8Start
    guard end &- position >= count else { return false }
    for index in 0..<count where base[position &+ index] != bytes[index] { return false }
    position &+= count
    return true
  }

  /// Reads the whole number that comes next in the window, digits only; nil when it overflows, has
  /// a leading zero, or is none.
  public func compactDigits() -> Int64? {
    var index = position
    guard let value = digitsInWindow(&index),
      base[position] != UInt8(ascii: "0") || index == position + 1
    else { return nil }
    position = index
    return value
  }

  /// Reads the string that comes next, when the window holds all of it, unescaped.
  public func compactString() -> UnsafeRawBufferPointer? {
    guard base[position] == UInt8(ascii: "\"") else { return nil }
    var next = 0
    guard let text = text(openedAt: position, next: &next),
      next - position - 2 <= limits.stringBytes
    else { return nil }
    finishText(at: next)
    return text
  }

  /// Reads the object that comes next as it is written, when the window holds all of it and it is
  /// `{"key":"value",…}` in ASCII without blanks and escapes. Earlier results stay valid.
  public func compactFlatObject() -> UnsafeRawBufferPointer? {
    guard base[position] == UInt8(ascii: "{") else { return nil }
    var index = position + 1
    while true {
      for closing in [UInt8(ascii: ":"), UInt8(ascii: ",")] {
        guard base[index] == UInt8(ascii: "\""), skipPlainText(&index) else { return nil }
        if closing == UInt8(ascii: ","), base[index] == UInt8(ascii: "}") {
          let object = UnsafeRawBufferPointer(start: base + position, count: index + 1 - position)
          position = index + 1
          return object
        }
        guard base[index] == closing else { return nil }
        index += 1
      }
    }
  }

  /// Goes back to `offset`, which must be one that was read since the window was last refilled.
  /// What was counted since then stays counted.
  public func rewind(to offset: Int) {
    position -= self.offset - offset
    precondition(position >= 0, "BUG: rewound out of the window")
  }

  /// Skips the comma and the bracket that open an element which is an array.
  @inline(__always)
  private func opensPair(_ index: inout Int) -> Bool {
    if !isFirst {
      guard base[index] == UInt8(ascii: ",") else { return false }
      index &+= 1
    }
    guard base[index] == UInt8(ascii: "["), depth < limits.depth else { return false }
    index &+= 1
    return true
  }

  /// Unix seconds of at most ten digits and nine decimals, as nanoseconds.
  @inline(__always)
  private func secondsInWindow(_ index: inout Int) -> Int64? {
    let first = index
    var seconds: UInt64 = 0
    SampleValue.accumulate(base, &index, &seconds)
    guard index > first, index &- first <= 10, seconds < 9_223_372_036,
      base[first] != UInt8(ascii: "0") || index &- first == 1
    else { return nil }
    var nanoseconds = seconds &* 1_000_000_000
    if base[index] == UInt8(ascii: ".") {
      let firstDecimal = index &+ 1
      index = firstDecimal
      var decimals: UInt64 = 0
      SampleValue.accumulate(base, &index, &decimals)
      guard index > firstDecimal, index &- firstDecimal <= 9 else { return nil }
      for _ in index &- firstDecimal..<9 { decimals &*= 10 }
      nanoseconds &+= decimals
    }
    return Int64(nanoseconds)
  }

  /// One to nineteen digits as a number.
  @inline(__always)
  private func digitsInWindow(_ index: inout Int) -> Int64? {
    let first = index
    var value: UInt64 = 0
    SampleValue.accumulate(base, &index, &value)
    guard index > first, index &- first <= 19, value <= UInt64(Int64.max) else { return nil }
    return Int64(value)
  }

  /// Skips the ASCII string without escapes that opens at `index`.
  private func skipPlainText(_ index: inout Int) -> Bool {
    let first = index + 1
    index = first
    while true {
      let bytes = word(at: index)
      let stops = Self.stops(in: bytes) | bytes & Self.highBits
      if stops == 0 {
        index &+= 8
        continue
      }
      index &+= stops.trailingZeroBitCount >> 3
      guard base[index] == UInt8(ascii: "\"") else { return false }
      index += 1
      return index - first <= limits.stringBytes
    }
  }
}

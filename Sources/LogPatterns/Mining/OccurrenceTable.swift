/// Counts lines by wording, stream and step of time, in one open table.
struct OccurrenceTable: Sendable {
  /// One count.
  struct Row: Sendable {
    var wording: Int32
    var stream: Int32
    var step: Int32
    var lines: Int32
  }

  private(set) var rows: [Row] = []
  private var slots = Array(repeating: Int32(-1), count: 1024)
  private var mask = 1023

  /// Adds `lines` to a count.
  mutating func add(_ lines: Int32, wording: Int32, stream: Int32, step: Int32) {
    var slot = Self.hash(wording, stream, step) & mask
    while true {
      let index = Int(slots[slot])
      if index < 0 { break }
      if rows[index].wording == wording, rows[index].step == step, rows[index].stream == stream {
        rows[index].lines &+= lines
        return
      }
      slot = (slot &+ 1) & mask
    }
    slots[slot] = Int32(rows.count)
    rows.append(Row(wording: wording, stream: stream, step: step, lines: lines))
    if rows.count * 2 > slots.count { grow() }
  }

  private mutating func grow() {
    slots = Array(repeating: -1, count: slots.count * 2)
    mask = slots.count - 1
    for (index, row) in rows.enumerated() {
      var slot = Self.hash(row.wording, row.stream, row.step) & mask
      while slots[slot] >= 0 { slot = (slot &+ 1) & mask }
      slots[slot] = Int32(index)
    }
  }

  @inline(__always)
  private static func hash(_ wording: Int32, _ stream: Int32, _ step: Int32) -> Int {
    let key = UInt64(UInt32(bitPattern: wording)) << 32 | UInt64(UInt32(bitPattern: step))
    let mixed =
      (key ^ UInt64(UInt32(bitPattern: stream)) &* 0xD6E8_FEB8_6659_FD93)
      &* 0x9E37_79B9_7F4A_7C15
    return Int(truncatingIfNeeded: mixed >> 32)
  }
}

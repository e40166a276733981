/// The 64-bit xxHash with seed 0.
///
/// - Source: https://github.com/Cyan4973/xxHash/blob/dev/doc/xxhash_spec.md
enum XXH64 {
  private static let prime1: UInt64 = 0x9E37_79B1_85EB_CA87
  private static let prime2: UInt64 = 0xC2B2_AE3D_27D4_EB4F
  private static let prime3: UInt64 = 0x1656_67B1_9E37_79F9
  private static let prime4: UInt64 = 0x85EB_CA77_C2B2_AE63
  private static let prime5: UInt64 = 0x27D4_EB2F_1656_67C5

  /// The hash of bytes.
  static func hash(_ bytes: [UInt8]) -> UInt64 {
    var rest = bytes[...]
    var hash = bytes.count >= 32 ? hashOfStripes(&rest) : prime5
    hash &+= UInt64(bytes.count)
    while rest.count >= 8 {
      hash = rotated(hash ^ round(0, word(&rest, 8)), 27) &* prime1 &+ prime4
    }
    if rest.count >= 4 {
      hash = rotated(hash ^ (word(&rest, 4) &* prime1), 23) &* prime2 &+ prime3
    }
    for byte in rest { hash = rotated(hash ^ (UInt64(byte) &* prime5), 11) &* prime1 }
    hash = (hash ^ (hash >> 33)) &* prime2
    hash = (hash ^ (hash >> 29)) &* prime3
    return hash ^ (hash >> 32)
  }

  private static func hashOfStripes(_ rest: inout ArraySlice<UInt8>) -> UInt64 {
    var lanes = [prime1 &+ prime2, prime2, 0, 0 &- prime1]
    while rest.count >= 32 {
      for lane in 0..<4 { lanes[lane] = round(lanes[lane], word(&rest, 8)) }
    }
    var hash =
      rotated(lanes[0], 1) &+ rotated(lanes[1], 7) &+ rotated(lanes[2], 12) &+ rotated(lanes[3], 18)
    for lane in lanes { hash = (hash ^ round(0, lane)) &* prime1 &+ prime4 }
    return hash
  }

  private static func round(_ lane: UInt64, _ input: UInt64) -> UInt64 {
    rotated(lane &+ input &* prime2, 31) &* prime1
  }

  private static func rotated(_ value: UInt64, _ bits: UInt64) -> UInt64 {
    value << bits | value >> (64 - bits)
  }

  /// Takes a little-endian number off the front.
  private static func word(_ bytes: inout ArraySlice<UInt8>, _ count: Int) -> UInt64 {
    let value = bytes.prefix(count).reversed().reduce(0) { $0 << 8 | UInt64($1) }
    bytes = bytes.dropFirst(count)
    return value
  }
}

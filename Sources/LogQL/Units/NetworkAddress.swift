/// An IPv4 or IPv6 address.
///
/// - Source: Go, netip.ParseAddr, without zones.
struct NetworkAddress: Hashable {
  /// Whether it is an IPv6 address.
  let isVersion6: Bool
  /// The bits, those of IPv4 in the lowest 32.
  let bits: UInt128

  /// The number of bits.
  var width: Int { isVersion6 ? 128 : 32 }

  init(isVersion6: Bool, bits: UInt128) {
    self.isVersion6 = isVersion6
    self.bits = bits
  }

  /// Reads an address; nil when the bytes are none.
  init?(_ text: ArraySlice<UInt8>) {
    guard text.contains(UInt8(ascii: ":")) else {
      guard let bits = Self.version4(text) else { return nil }
      self.init(isVersion6: false, bits: UInt128(bits))
      return
    }
    guard let bits = Self.version6(text) else { return nil }
    self.init(isVersion6: true, bits: bits)
  }

  private static func version4(_ text: ArraySlice<UInt8>) -> UInt32? {
    let parts = text.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard parts.count == 4 else { return nil }
    var bits: UInt32 = 0
    for part in parts {
      guard (1...3).contains(part.count), part.count == 1 || part.first != UInt8(ascii: "0"),
        let value = number(part, radix: 10), value < 256
      else { return nil }
      bits = bits << 8 | value
    }
    return bits
  }

  private static func version6(_ text: ArraySlice<UInt8>) -> UInt128? {
    var text = text
    var tail: [UInt32] = []
    // An embedded IPv4 address stands for the last two groups.
    if text.contains(UInt8(ascii: ".")) {
      guard let colon = text.lastIndex(of: UInt8(ascii: ":")),
        let bits = version4(text[(colon + 1)...])
      else { return nil }
      tail = [bits >> 16, bits & 0xFFFF]
      text = text[...colon]
      if !text.dropLast().hasSuffix(":") { text = text.dropLast() }
    }
    let wanted = 8 - tail.count
    guard let gap = gap(in: text) else {
      guard let groups = groups(text), groups.count == wanted else { return nil }
      return bits(groups + tail)
    }
    guard let left = groups(text[..<gap]), let right = groups(text[(gap + 2)...]),
      left.count + right.count < wanted
    else { return nil }
    let zeros = [UInt32](repeating: 0, count: wanted - left.count - right.count)
    return bits(left + zeros + right + tail)
  }

  /// Where `::` stands, or nil.
  private static func gap(in text: ArraySlice<UInt8>) -> Int? {
    text.indices.dropLast().first { text[$0] == UInt8(ascii: ":") && text[$0 + 1] == text[$0] }
  }

  private static func groups(_ text: ArraySlice<UInt8>) -> [UInt32]? {
    guard !text.isEmpty else { return [] }
    var groups: [UInt32] = []
    for part in text.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false) {
      guard (1...4).contains(part.count), let value = number(part, radix: 16) else { return nil }
      groups.append(value)
    }
    return groups
  }

  private static func bits(_ groups: [UInt32]) -> UInt128 {
    groups.reduce(0) { $0 << 16 | UInt128($1) }
  }

  private static func number(_ text: ArraySlice<UInt8>, radix: Int) -> UInt32? {
    guard text.first != UInt8(ascii: "+"), text.first != UInt8(ascii: "-") else { return nil }
    return UInt32(String(decoding: text, as: UTF8.self), radix: radix)
  }
}

extension ArraySlice<UInt8> {
  fileprivate func hasSuffix(_ text: StaticString) -> Bool {
    last == text.utf8Start.pointee
  }
}

/// The addresses that `ip("…")` looks for: one, a range `a-b`, or a network `a/bits`.
///
/// - Source: Loki 3, pkg/logql/log/ip.go; Go, netip.ParsePrefix; netipx.ParseIPRange.
struct AddressRange {
  private let first: NetworkAddress
  private let last: NetworkAddress

  /// Reads a pattern; nil when it is none.
  init?(_ text: String) {
    let bytes = Array(text.utf8)[...]
    if let address = NetworkAddress(bytes) {
      first = address
      last = address
    } else if let slash = bytes.firstIndex(of: UInt8(ascii: "/")) {
      guard let address = NetworkAddress(bytes[..<slash]),
        let length = Int(String(decoding: bytes[(slash + 1)...], as: UTF8.self)),
        (0...address.width).contains(length), bytes[slash + 1] != UInt8(ascii: "+")
      else { return nil }
      let all = UInt128.max >> UInt128(128 - address.width)
      let host = length == 0 ? all : all >> UInt128(length)
      first = NetworkAddress(isVersion6: address.isVersion6, bits: address.bits & ~host)
      last = NetworkAddress(isVersion6: address.isVersion6, bits: address.bits | host)
    } else if let dash = bytes.firstIndex(of: UInt8(ascii: "-")) {
      guard let from = NetworkAddress(bytes[..<dash]),
        let to = NetworkAddress(bytes[(dash + 1)...]), from.isVersion6 == to.isVersion6,
        from.bits <= to.bits
      else { return nil }
      first = from
      last = to
    } else {
      return nil
    }
  }

  /// Whether an address lies in the range.
  func contains(_ address: NetworkAddress) -> Bool {
    address.isVersion6 == first.isVersion6 && first.bits <= address.bits
      && address.bits <= last.bits
  }

  /// Whether any address in a text lies in the range.
  ///
  /// A text is searched where an address might begin; what is read there and is no address is
  /// passed over whole, as Loki does.
  func isFound(in text: UnsafeRawBufferPointer) -> Bool {
    var index = 0
    while index < text.count {
      let isVersion6: Bool
      if hintsAtVersion4(text, index) {
        isVersion6 = false
      } else if hintsAtVersion6(text, index) {
        isVersion6 = true
      } else {
        index += 1
        continue
      }
      var end = index
      while end < text.count, isPart(text[end], isVersion6: isVersion6) { end += 1 }
      // The longest address has 45 bytes.
      if end - index <= 64, let address = NetworkAddress(Array(text[index..<end])[...]),
        contains(address)
      {
        return true
      }
      index = end + 1
    }
    return false
  }

  private func hintsAtVersion4(_ text: UnsafeRawBufferPointer, _ index: Int) -> Bool {
    guard index + 3 < text.count, isDigit(text[index]) else { return false }
    return (1...3).contains { text[index + $0] == UInt8(ascii: ".") }
  }

  private func hintsAtVersion6(_ text: UnsafeRawBufferPointer, _ index: Int) -> Bool {
    guard index + 4 < text.count else { return false }
    let colon = UInt8(ascii: ":")
    if text[index] == colon { return text[index + 1] == colon && isHex(text[index + 2]) }
    for length in 1...4 {
      guard isHex(text[index + length - 1]) else { return false }
      if text[index + length] == colon { return true }
    }
    return false
  }

  private func isPart(_ byte: UInt8, isVersion6: Bool) -> Bool {
    isDigit(byte) || byte == UInt8(ascii: ".")
      || isVersion6 && (isHex(byte) || byte == UInt8(ascii: ":"))
  }

  private func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }

  private func isHex(_ byte: UInt8) -> Bool { isDigit(byte) || (byte | 0x20) &- 0x61 < 6 }
}

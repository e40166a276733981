// Strings: found eight bytes at a time, decoded only when they hold an escape.

/// Why a string cannot be read from the bytes in the window.
enum TextFault {
  case incomplete
  case controlCharacter(index: Int)
  case badEscape(index: Int)
}

extension JSONCursor {
  /// The next value, which must be a string, unescaped and valid UTF-8.
  public func readString() throws -> UnsafeRawBufferPointer {
    guard base[position] == UInt8(ascii: "\"") else { throw unexpected("a string") }
    return try text()
  }

  /// Reads the string whose opening quote is at `position`.
  func text() throws -> UnsafeRawBufferPointer {
    var next = 0
    if let text = text(openedAt: position, next: &next), next - position - 2 <= limits.stringBytes {
      finishText(at: next)
      return text
    }
    try completeString()
    guard let text = text(openedAt: position, next: &next) else {
      throw textError(textFault(openedAt: position))
    }
    finishText(at: next)
    return text
  }

  /// Moves on from a string that was read, and counts its replacements.
  @inline(__always)
  func finishText(at next: Int) {
    position = next
    if replacedInText != 0 { replacedUTF8 += replacedInText }
  }

  /// The string whose opening quote is at `start`, when the window holds all of it; nil otherwise
  /// and when it is malformed; `finishText` counts its replacements. Sets `next` to the index after
  /// the closing quote.
  @inline(__always)
  func text(openedAt start: Int, next: inout Int) -> UnsafeRawBufferPointer? {
    let first = start + 1
    var index = first
    var seen: UInt64 = 0
    replacedInText = 0
    while true {
      let bytes = word(at: index)
      let stops = Self.stops(in: bytes)
      if stops == 0 {
        seen |= bytes
        index &+= 8
        continue
      }
      let count = stops.trailingZeroBitCount >> 3
      seen |= bytes & ~(~0 &<< UInt64(count &<< 3))
      index &+= count
      break
    }
    if base[index] == UInt8(ascii: "\"") {
      next = index &+ 1
      let text = UnsafeRawBufferPointer(start: base + first, count: index &- first)
      return seen & Self.highBits == 0 ? text : validated(text)
    }
    guard base[index] == UInt8(ascii: "\\") else { return nil }
    return decodedText(from: first, firstEscape: index, seen: seen, next: &next)
  }

  /// Decodes a string with escapes into `decoded`.
  private func decodedText(
    from first: Int, firstEscape: Int, seen: UInt64, next: inout Int
  ) -> UnsafeRawBufferPointer? {
    decoded.reserve(end + Self.padding)
    let output = decoded.base
    var seen = seen
    var index = firstEscape
    var count = firstEscape - first
    output.update(from: base + first, count: count)
    while true {
      let bytes = word(at: index)
      UnsafeMutableRawPointer(output + count).storeBytes(of: bytes.littleEndian, as: UInt64.self)
      let stops = Self.stops(in: bytes)
      if stops == 0 {
        seen |= bytes
        index &+= 8
        count &+= 8
        continue
      }
      let plain = stops.trailingZeroBitCount >> 3
      seen |= bytes & ~(~0 &<< UInt64(plain &<< 3))
      index &+= plain
      count &+= plain
      let byte = base[index]
      if byte == UInt8(ascii: "\"") { break }
      guard byte == UInt8(ascii: "\\") else { return nil }
      let simple = Self.escape(base[index &+ 1])
      if simple != 0 {
        output[count] = simple
        count &+= 1
        index &+= 2
      } else {
        guard decodeUnicodeEscape(&index, into: output, &count) else { return nil }
      }
    }
    next = index + 1
    let text = UnsafeRawBufferPointer(start: output, count: count)
    return seen & Self.highBits == 0 ? text : validated(text)
  }

  /// What a backslash and `byte` stand for; 0 for `u` and for what is no escape.
  @inline(__always)
  private static func escape(_ byte: UInt8) -> UInt8 {
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): byte
    case UInt8(ascii: "n"): 0x0A
    case UInt8(ascii: "t"): 0x09
    case UInt8(ascii: "r"): 0x0D
    case UInt8(ascii: "b"): 0x08
    case UInt8(ascii: "f"): 0x0C
    default: 0
    }
  }

  /// Decodes `\uXXXX`, or a pair of them, at `index`; false when it is malformed or incomplete.
  private func decodeUnicodeEscape(
    _ index: inout Int, into output: UnsafeMutablePointer<UInt8>, _ count: inout Int
  ) -> Bool {
    guard let unit = hexUnit(at: index) else { return false }
    index += 6
    var scalar = UInt32(unit)
    if (0xD800..<0xE000).contains(unit) {
      if unit < 0xDC00, let low = hexUnit(at: index), (0xDC00..<0xE000).contains(low) {
        scalar = 0x10000 + (UInt32(unit) - 0xD800) << 10 + (UInt32(low) - 0xDC00)
        index += 6
      } else {
        scalar = 0xFFFD
        replacedInText += 1
      }
    }
    UTF8Check.append(scalar, to: output, &count)
    return true
  }

  private func hexUnit(at index: Int) -> UInt16? {
    guard index + 6 <= end, base[index] == UInt8(ascii: "\\"),
      base[index + 1] == UInt8(ascii: "u")
    else { return nil }
    var unit: UInt16 = 0
    for place in index + 2..<index + 6 {
      guard let digit = Self.hexDigit(base[place]) else { return nil }
      unit = unit << 4 | digit
    }
    return unit
  }

  private static func hexDigit(_ byte: UInt8) -> UInt16? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt16(byte - UInt8(ascii: "0"))
    case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt16(byte - UInt8(ascii: "a") + 10)
    case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt16(byte - UInt8(ascii: "A") + 10)
    default: nil
    }
  }

  private func validated(_ text: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
    let valid = UTF8Check.validPrefix(of: text)
    guard valid < text.count else { return text }
    repaired.reserve(text.count * 3)
    let (count, replaced) = UTF8Check.repair(text, into: repaired.base)
    replacedInText += replaced
    return UnsafeRawBufferPointer(start: repaired.base, count: count)
  }

  static let highBits: UInt64 = 0x8080_8080_8080_8080

  /// The high bit of each byte that ends a plain run: a quote, a backslash or a control character.
  /// Bits above the lowest set one may be wrong.
  @inline(__always)
  static func stops(in bytes: UInt64) -> UInt64 {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let quotes = bytes ^ (ones &* 0x22)
    let backslashes = bytes ^ (ones &* 0x5C)
    let found =
      ((quotes &- ones) & ~quotes) | ((backslashes &- ones) & ~backslashes)
      | ((bytes &- ones &* 0x20) & ~bytes)
    return found & highBits
  }
}

// MARK: The slow path

extension JSONCursor {
  /// Reads on until the window holds the closing quote of the string at `position`.
  private func completeString() throws {
    var length = 1
    while true {
      let byte = base[position + length]
      if byte == UInt8(ascii: "\""), position + length < end { break }
      if byte == UInt8(ascii: "\\"), position + length + 1 < end {
        length += 2
      } else if byte >= 0x20, byte != UInt8(ascii: "\\") {
        length += 1
      } else if position + length >= end || byte == UInt8(ascii: "\\") {
        guard try more() else { throw textError(textFault(openedAt: position)) }
      } else {
        break
      }
      guard length - 1 <= limits.stringBytes else {
        throw JSONStreamError.limitExceeded(
          offset: offset, what: "a string", limit: limits.stringBytes)
      }
    }
  }

  /// What is wrong with the string at `start`, or that it is incomplete.
  private func textFault(openedAt start: Int) -> TextFault {
    var index = start + 1
    while index < end {
      let byte = base[index]
      if byte < 0x20 { return .controlCharacter(index: index) }
      if byte == UInt8(ascii: "\\") {
        guard index + 1 < end else { return .incomplete }
        if Self.escape(base[index + 1]) == 0 {
          if hexUnit(at: index) == nil { return fault(ofEscapeAt: index) }
          index += 4
        }
        index += 1
      }
      index += 1
    }
    return .incomplete
  }

  private func fault(ofEscapeAt index: Int) -> TextFault {
    guard base[index + 1] == UInt8(ascii: "u") else { return .badEscape(index: index + 1) }
    for place in index + 2..<index + 6 {
      if place >= end { return .incomplete }
      if Self.hexDigit(base[place]) == nil { return .badEscape(index: place) }
    }
    return .incomplete
  }

  private func textError(_ fault: TextFault) -> JSONStreamError {
    switch fault {
    case .incomplete: unexpected("the end of a string", at: end)
    case .controlCharacter(let index): unexpected("an escaped control character", at: index)
    case .badEscape(let index): unexpected("an escape sequence", at: index)
    }
  }
}

/// Splits the content of a line into tokens and masks the values in it.
///
/// Blanks separate tokens; brackets, quotes and the marks `= , ; : |` are tokens of their own. A
/// word is a value when it holds a digit, is a path, an address with `@` or a long hexadecimal
/// number; so is a quoted word, a quoted text after `=`, a date, what is missing after `=`, and
/// `host:port`. Values that follow each other, also with `, : . - /` between, are one value: lists
/// of any length read alike.
///
/// Owns its buffers, which are used again for every line; not for use by two threads.
final class LineTokenizer {
  /// Tokens of a line beyond this are not looked at.
  static let mostTokens = 192
  /// Bytes of a line beyond this are not looked at.
  static let mostBytes = 4096

  /// The tokens of the last line.
  let tokens = UnsafeMutablePointer<Token>.allocate(capacity: mostTokens + 2)
  /// How many tokens the last line has.
  private(set) var count = 0
  /// Whether the last line was longer than is looked at.
  private(set) var isCut = false

  private let sets = UnsafeMutablePointer<UInt8>.allocate(capacity: 256)

  init() {
    for byte in 0..<256 { sets[byte] = ByteSet.ofBytes[byte] }
  }

  deinit {
    tokens.deallocate()
    sets.deallocate()
  }

  /// Splits `bytes[start..<end]`.
  func split(_ bytes: UnsafeRawBufferPointer, from start: Int, to end: Int) {
    count = 0
    isCut = end &- start > Self.mostBytes
    add(bytes, from: start, to: min(end, start &+ Self.mostBytes))
  }

  /// Adds the tokens of `bytes[start..<end]` to those there are.
  private func add(_ bytes: UnsafeRawBufferPointer, from start: Int, to end: Int) {
    var index = start
    var isGlued = false
    while index < end {
      guard count < Self.mostTokens else {
        isCut = true
        return
      }
      let byte = bytes[index]
      if sets[Int(byte)] & ByteSet.end.rawValue == 0 {
        index = addWord(bytes, at: index, to: end, isGlued: isGlued)
        isGlued = true
      } else if byte <= 0x20 || byte == 0x7F {
        if isGlued { closeChunk(at: index) }
        isGlued = false
        index &+= 1
      } else {
        index = addMark(byte, bytes, at: index, to: end, isGlued: isGlued)
        isGlued = true
      }
    }
    closeChunk(at: end)
  }

  /// What should follow `key=` is missing when nothing does.
  private func closeChunk(at index: Int) {
    guard count > 0, isMark(count &- 1, UInt8(ascii: "=")), tokens[count &- 1].isGlued else {
      return
    }
    addVariable(from: index, to: index, isGlued: true)
  }

  // MARK: Words

  private func addWord(
    _ bytes: UnsafeRawBufferPointer, at start: Int, to end: Int, isGlued: Bool
  ) -> Int {
    var set: UInt8 = 0
    var index = start
    while index < end {
      let next = sets[Int(bytes[index])]
      if next & ByteSet.end.rawValue != 0 { break }
      set |= next
      index &+= 1
    }
    let last = lastOfWord(bytes, start, index)
    let kinds = ByteSet(rawValue: set)
    if isVariable(bytes, start, last, kinds) {
      if kinds.contains(.backslash), isDrive(before: start) {
        joinDrive(to: last)
      } else {
        addVariable(from: start, to: last, isGlued: isGlued)
      }
    } else if isScale(bytes, start, last) {
      tokens[count &- 1].end = Int32(truncatingIfNeeded: last)
    } else {
      addToken(
        Token(
          hash: ByteHash.hash(bytes, start, last), start: Int32(truncatingIfNeeded: start),
          end: Int32(truncatingIfNeeded: last), kind: .word, isGlued: isGlued, bytes: kinds))
      if kinds.contains(.letter), last &- start == 3, isDatePart(bytes, start) {
        tokens[count &- 1].bytes.insert(.end)
      }
    }
    if last < index { addSentenceEnd(bytes, last, index) }
    return index
  }

  /// Where a word ends without the marks that end a sentence.
  private func lastOfWord(_ bytes: UnsafeRawBufferPointer, _ start: Int, _ end: Int) -> Int {
    var last = end
    while last > start {
      switch bytes[last &- 1] {
      case UInt8(ascii: "."), UInt8(ascii: "!"), UInt8(ascii: "?"): last &-= 1
      default: return last
      }
    }
    return end
  }

  private func addSentenceEnd(_ bytes: UnsafeRawBufferPointer, _ start: Int, _ end: Int) {
    addToken(
      Token(
        hash: ByteHash.hash(bytes, start, end), start: Int32(truncatingIfNeeded: start),
        end: Int32(truncatingIfNeeded: end), kind: .mark, isGlued: true, bytes: []))
  }

  private func isVariable(
    _ bytes: UnsafeRawBufferPointer, _ start: Int, _ end: Int, _ kinds: ByteSet
  ) -> Bool {
    if kinds.contains(.digit) { return !isErrorName(bytes, start, end, kinds) }
    let length = end &- start
    if bytes[start] == UInt8(ascii: "*") { return length > 2 && isStars(bytes, start, end) }
    if kinds.contains(.beyondHex) {
      guard
        kinds.rawValue & (ByteSet.slash.rawValue | ByteSet.backslash.rawValue | ByteSet.at.rawValue)
          != 0
      else { return length < 6 ? isConstant(bytes, start, end) : hasPodSuffix(bytes, start, end) }
      if kinds.contains(.slash), isPath(bytes, start, end) { return true }
      if kinds.contains(.backslash), length > 3 { return true }
      return kinds.contains(.at) && length > 2 && bytes[start] != UInt8(ascii: "@")
        && bytes[end &- 1] != UInt8(ascii: "@")
    }
    return length >= 8 || length < 6 && isConstant(bytes, start, end)
      || isHexGroup(start, length)
  }

  /// `ba` in `00:11:43:e3:ba:c3`.
  private func isHexGroup(_ start: Int, _ length: Int) -> Bool {
    guard length == 2 || length == 4, count > 1 else { return false }
    return isMark(count &- 1, UInt8(ascii: ":")) && tokens[count &- 1].end == start
      && tokens[count &- 2].kind == .variable && tokens[count &- 1].isGlued
  }

  /// A value that is not shown: `****`.
  private func isStars(_ bytes: UnsafeRawBufferPointer, _ start: Int, _ end: Int) -> Bool {
    (start..<end).allSatisfy { bytes[$0] == UInt8(ascii: "*") }
  }

  /// `-xkcdz`: five of the letters that Kubernetes makes names unique with, which hold no vowel.
  private func hasPodSuffix(_ bytes: UnsafeRawBufferPointer, _ start: Int, _ end: Int) -> Bool {
    guard end &- start > 6, bytes[end &- 6] == UInt8(ascii: "-") else { return false }
    for index in (end &- 5)..<end {
      switch bytes[index] {
      case UInt8(ascii: "b")...UInt8(ascii: "d"), UInt8(ascii: "f")...UInt8(ascii: "h"),
        UInt8(ascii: "j")...UInt8(ascii: "n"), UInt8(ascii: "p")...UInt8(ascii: "t"),
        UInt8(ascii: "v")...UInt8(ascii: "x"), UInt8(ascii: "z"):
        continue
      default: return false
      }
    }
    return true
  }

  /// `psycopg2.pool.PoolError` says what went wrong, in spite of its digit.
  private func isErrorName(
    _ bytes: UnsafeRawBufferPointer, _ start: Int, _ end: Int, _ kinds: ByteSet
  ) -> Bool {
    guard end &- start > 8, bytes[start].isASCIILetter,
      kinds.isDisjoint(with: [.slash, .backslash, .at])
    else { return false }
    return TraceLine.begins(bytes, end &- 5, "Error")
      || TraceLine.begins(bytes, end &- 9, "Exception")
  }

  /// Whether `C:` stands before a path.
  private func isDrive(before start: Int) -> Bool {
    guard count > 1, isMark(count &- 1, UInt8(ascii: ":")), tokens[count &- 1].end == start else {
      return false
    }
    let letter = tokens[count &- 2]
    return letter.kind == .word && letter.end &- letter.start == 1
  }

  private func joinDrive(to end: Int) {
    tokens[count &- 1].end = Int32(truncatingIfNeeded: end)
    join(with: count &- 2)
    while joinsLast() {}
  }

  /// `/a`, `a/b/c`, `~/a`, `/` alone.
  private func isPath(_ bytes: UnsafeRawBufferPointer, _ start: Int, _ end: Int) -> Bool {
    if bytes[start] == UInt8(ascii: "/") { return true }
    if bytes[start] == UInt8(ascii: "~") { return true }
    var slashes = 0
    for index in start..<end where bytes[index] == UInt8(ascii: "/") { slashes &+= 1 }
    return slashes > 1
  }

  /// `true`, `false`, `null`, `nil`, `none` where a value is expected.
  private func isConstant(_ bytes: UnsafeRawBufferPointer, _ start: Int, _ end: Int) -> Bool {
    guard count > 0 else { return false }
    let before = tokens[count &- 1]
    let isMissing = before.kind == .variable && before.start == before.end
    guard
      isMissing || isMark(count &- 1, UInt8(ascii: "=")) || isMark(count &- 1, UInt8(ascii: ":"))
    else { return false }
    switch packed(bytes, start, end) {
    case Self.packed("true"), Self.packed("false"), Self.packed("null"), Self.packed("nil"),
      Self.packed("none"):
      return true
    default: return false
    }
  }

  /// A unit that says how large the number before it is: two such texts differ by size alone.
  private func isScale(_ bytes: UnsafeRawBufferPointer, _ start: Int, _ end: Int) -> Bool {
    guard count > 0, tokens[count &- 1].kind == .variable, end &- start <= 3 else { return false }
    switch packed(bytes, start, end) {
    case Self.packed("kb"), Self.packed("mb"), Self.packed("gb"), Self.packed("tb"),
      Self.packed("kib"), Self.packed("mib"), Self.packed("gib"), Self.packed("tib"):
      return true
    default: return false
    }
  }

  /// A day of the week or a month, which are part of a date beside a number.
  private func isDatePart(_ bytes: UnsafeRawBufferPointer, _ start: Int) -> Bool {
    guard bytes[start] & 0x20 == 0 else { return false }
    return DateWord.isDay(bytes, start) || DateWord.month(bytes, start) != nil
  }

  private func packed(_ bytes: UnsafeRawBufferPointer, _ start: Int, _ end: Int) -> UInt64 {
    var value: UInt64 = 0
    for index in start..<end { value = value << 8 | UInt64(bytes[index] | 0x20) }
    return value
  }

  private static func packed(_ text: StaticString) -> UInt64 {
    var value: UInt64 = 0
    for index in 0..<text.utf8CodeUnitCount {
      value = value << 8 | UInt64(text.utf8Start[index] | 0x20)
    }
    return value
  }

  // MARK: Marks and quotes

  private func addMark(
    _ byte: UInt8, _ bytes: UnsafeRawBufferPointer, at index: Int, to end: Int, isGlued: Bool
  ) -> Int {
    if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'"),
      let close = closingQuote(byte, bytes, at: index, to: end, isGlued: isGlued)
    {
      addVariable(from: index, to: close &+ 1, isGlued: isGlued)
      return close &+ 1
    }
    if byte == UInt8(ascii: ":"), isGlued, index &+ 2 < end, bytes[index &+ 1] == 0x2F,
      bytes[index &+ 2] == 0x2F, tokens[count &- 1].kind == .word
    {
      return addAddress(bytes, from: index, to: end)
    }
    if byte == UInt8(ascii: ")"), count > 0, isMark(count &- 1, UInt8(ascii: "(")),
      !tokens[count &- 1].isGlued
    {
      addVariable(from: index, to: index, isGlued: true)
    }
    addToken(
      Token(
        hash: Self.hash(ofMark: byte), start: Int32(truncatingIfNeeded: index),
        end: Int32(truncatingIfNeeded: index &+ 1), kind: .mark, isGlued: isGlued, bytes: []))
    if byte == UInt8(ascii: "}") { joinObject() }
    return index &+ 1
  }

  /// An object behind `=`, as in `ws=WorkSource{10113}`, is one value.
  private func joinObject() {
    var index = count &- 2
    let first = max(1, count &- Self.mostObjectTokens)
    while index >= first, !isMark(index, UInt8(ascii: "{")) {
      if isMark(index, UInt8(ascii: "}")) { return }
      index &-= 1
    }
    guard index >= first else { return }
    if tokens[index].isGlued, tokens[index &- 1].kind == .word { index &-= 1 }
    guard index >= 1, isMark(index &- 1, UInt8(ascii: "=")) else { return }
    join(with: index)
  }

  private static let mostObjectTokens = 48

  /// `scheme://…` up to a blank, a quote or a bracket; the scheme is the last token.
  private func addAddress(_ bytes: UnsafeRawBufferPointer, from start: Int, to end: Int) -> Int {
    var index = start
    while index < end, bytes[index] > 0x20, bytes[index] != 0x7F, !isBehindAddress(bytes[index]) {
      index &+= 1
    }
    tokens[count &- 1].end = Int32(truncatingIfNeeded: index)
    join(with: count &- 1)
    while joinsLast() {}
    return index
  }

  private func isBehindAddress(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "<"), UInt8(ascii: ">"),
      UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "["), UInt8(ascii: "]"),
      UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: ","), UInt8(ascii: ";"):
      true
    default: false
    }
  }

  /// Where a quoted value that opens at `index` ends; nil when it is text, or no quotation.
  private func closingQuote(
    _ quote: UInt8, _ bytes: UnsafeRawBufferPointer, at index: Int, to end: Int, isGlued: Bool
  ) -> Int? {
    let isValue = isGlued && count > 0 && isMark(count &- 1, UInt8(ascii: "="))
    guard isValue || !isGlued || tokens[count &- 1].kind == .mark else { return nil }
    let limit = min(end, index &+ 512)
    var close = index &+ 1
    var blanks = 0
    while close < limit, bytes[close] != quote {
      if bytes[close] == UInt8(ascii: " ") { blanks &+= 1 }
      if bytes[close] == UInt8(ascii: "\\") { close &+= 1 }
      close &+= 1
    }
    guard close < limit else { return nil }
    if isValue { return blanks > 0 && isTextKey(bytes) ? nil : close }
    return blanks == 0 || isProduct(bytes, from: index &+ 1) ? close : nil
  }

  /// Whether a text begins with `name/1`, as programs name themselves to servers.
  private func isProduct(_ bytes: UnsafeRawBufferPointer, from start: Int) -> Bool {
    var index = start
    while index < bytes.count, bytes[index].isASCIILetter { index &+= 1 }
    return index > start && index &+ 1 < bytes.count && bytes[index] == UInt8(ascii: "/")
      && bytes[index &+ 1].isASCIIDigit
  }

  /// Whether the key before `=` names a text for people.
  private func isTextKey(_ bytes: UnsafeRawBufferPointer) -> Bool {
    guard count > 1, tokens[count &- 2].kind == .word else { return false }
    let key = tokens[count &- 2]
    return TextKey.contains(bytes, Int(key.start), Int(key.end))
  }

  @inline(__always)
  private func isMark(_ index: Int, _ mark: UInt8) -> Bool {
    tokens[index].kind == .mark && tokens[index].hash == Self.hash(ofMark: mark)
  }

  @inline(__always)
  private static func hash(ofMark mark: UInt8) -> UInt64 {
    UInt64(mark) &* 0xD6E8_FEB8_6659_FD93 | 1
  }

  // MARK: Values

  private func addToken(_ token: Token) {
    tokens[count] = token
    count &+= 1
  }

  private func addVariable(from start: Int, to end: Int, isGlued: Bool) {
    guard count < Self.mostTokens else { return }
    addToken(
      Token(
        hash: Token.variableHash, start: Int32(truncatingIfNeeded: start),
        end: Int32(truncatingIfNeeded: end), kind: .variable, isGlued: isGlued, bytes: []))
    while joinsLast() {}
  }

  /// Joins the last value with what belongs to it, one step; false when nothing does.
  private func joinsLast() -> Bool {
    guard count > 1 else { return false }
    let before = tokens[count &- 2]
    switch before.kind {
    case .variable: join(with: count &- 2)
    case .word where before.bytes.contains(.end): join(with: count &- 2)
    case .word: return false
    case .mark:
      guard count > 2 else { return false }
      let isTight = before.isGlued && tokens[count &- 1].isGlued
      let first = tokens[count &- 3]
      if first.kind == .variable,
        isTight && isJoiner(before) || isMark(count &- 2, UInt8(ascii: ","))
      {
        join(with: count &- 3)
      } else if isTight, first.kind == .word, first.bytes.contains(.dot) || isHexPair(first),
        isMark(count &- 2, UInt8(ascii: ":")),
        tokens[count &- 1].start == before.end
      {
        join(with: count &- 3)
      } else {
        return false
      }
    }
    return true
  }

  /// `ff` before `:10`, as at the beginning of a hardware address.
  private func isHexPair(_ token: Token) -> Bool {
    token.bytes == .letter && token.end &- token.start == 2
  }

  private func isJoiner(_ token: Token) -> Bool {
    isMark(count &- 2, UInt8(ascii: ":")) || isMark(count &- 2, UInt8(ascii: "|"))
  }

  /// Makes one value of the tokens from `index` to the last.
  private func join(with index: Int) {
    let end = tokens[count &- 1].end
    tokens[index].kind = .variable
    tokens[index].hash = Token.variableHash
    tokens[index].bytes = []
    tokens[index].end = end
    count = index &+ 1
  }
}

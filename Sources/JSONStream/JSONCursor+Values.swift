import Telemetry

extension JSONCursor {
  /// The next value, which must be a number, as it is written.
  public func readNumber() throws -> UnsafeRawBufferPointer {
    var length = 0
    while true {
      let byte = base[position + length]
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "+"),
        UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E"):
        length += 1
        guard length <= limits.numberBytes else {
          throw JSONStreamError.limitExceeded(
            offset: offset, what: "a number", limit: limits.numberBytes)
        }
        continue
      default: break
      }
      guard position + length == end, try more() else { break }
    }
    let text = UnsafeRawBufferPointer(start: base + position, count: length)
    let valid = JSONNumber.validPrefix(of: text)
    guard valid == length, length > 0 else {
      throw unexpected("a number", at: position + min(valid, length))
    }
    position += length
    return text
  }

  /// The next value, which must be `true` or `false`.
  public func readBool() throws -> Bool {
    let isTrue = base[position] == UInt8(ascii: "t")
    try read(isTrue ? "true" : "false", expected: "true or false")
    return isTrue
  }

  /// The next value, which must be `null`.
  public func readNull() throws {
    try read("null", expected: "null")
  }

  /// Reads over the next value, checking it fully.
  public func skipValue() throws {
    var isObject: [Bool] = []
    repeat {
      switch try peek() {
      case .object:
        try beginObject()
        isObject.append(true)
      case .array:
        try beginArray()
        isObject.append(false)
      case .string: _ = try text()
      case .number: _ = try readNumber()
      case .bool: _ = try readBool()
      case .null: try readNull()
      }
      while let innermost = isObject.last {
        if try innermost ? nextKey() != nil : nextElement() { break }
        isObject.removeLast()
      }
    } while !isObject.isEmpty
  }

  /// The next value as a tree; at most `limits.valueBytes` bytes of it.
  public func readValue() throws -> JSONValue {
    let start = offset
    var open: [OpenContainer] = []
    while true {
      guard offset - start <= limits.valueBytes else {
        throw JSONStreamError.limitExceeded(
          offset: start, what: "a value kept whole", limit: limits.valueBytes)
      }
      var value: JSONValue
      switch try peek() {
      case .object:
        try beginObject()
        open.append(OpenContainer(isObject: true))
        value = .null
      case .array:
        try beginArray()
        open.append(OpenContainer(isObject: false))
        value = .null
      case .string: value = .string(String(decoding: try text(), as: UTF8.self))
      case .number: value = .number(String(decoding: try readNumber(), as: UTF8.self))
      case .bool: value = .bool(try readBool())
      case .null:
        try readNull()
        value = .null
      }
      var isComplete = !isFirst || open.isEmpty
      while true {
        guard let last = open.indices.last else { return value }
        if isComplete { duplicateKeys += open[last].take(value) }
        if try continues(&open[last]) { break }
        value = open.removeLast().value
        isComplete = true
      }
    }
  }

  /// Whether the innermost container has another value, which is next.
  private func continues(_ container: inout OpenContainer) throws -> Bool {
    guard container.isObject else { return try nextElement() }
    guard let key = try nextKey() else { return false }
    container.key = String(decoding: key, as: UTF8.self)
    return true
  }

  private func read(_ literal: StaticString, expected: String) throws {
    let count = literal.utf8CodeUnitCount
    while end - position < count, try more() {}
    for index in 0..<count where base[position + index] != literal.utf8Start[index] {
      throw unexpected(expected, at: position + index)
    }
    position += count
  }
}

/// An object or array whose end was not read yet.
private struct OpenContainer {
  let isObject: Bool
  var key = ""
  private var elements: [JSONValue] = []
  private var members = MemberList()

  init(isObject: Bool) {
    self.isObject = isObject
  }

  var value: JSONValue { isObject ? .object(members.members) : .array(elements) }

  /// Adds `value` and returns how many keys it repeated, 0 or 1.
  mutating func take(_ value: JSONValue) -> Int {
    if isObject { return members.set(key, to: value) }
    elements.append(value)
    return 0
  }
}

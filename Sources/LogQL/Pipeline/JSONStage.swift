/// `| json`, with and without fields, and `| unpack`.
///
/// - Source: Loki 3, pkg/logql/log/parser.go, `JSONParser`, `JSONExpressionParser`, `UnpackParser`.
enum JSONStage {
  /// Objects nested deeper are an error of the line.
  static let depthLimit = 128

  /// Every field of an object becomes a label; those of inner objects are joined by `_`, arrays and
  /// null are passed over.
  static func extractAll(from line: UnsafeRawBufferPointer, to finder: LabelFinder) {
    guard !finder.isDone else { return }
    finder.begin()
    do throws(JSONScanner.Mistake) {
      var scanner = JSONScanner(line)
      _ = try extract(from: &scanner, to: finder, depth: 0)
      finder.end(.json)
    } catch {
      finder.labels.fail(.json, error.rawValue)
    }
  }

  /// Whether to go on behind the object.
  private static func extract(
    from scanner: inout JSONScanner, to finder: LabelFinder, depth: Int
  ) throws(JSONScanner.Mistake) -> Bool {
    guard depth < depthLimit else { throw .depth }
    let prefix = finder.name.count
    var goesOn = true
    try scanner.members { key, value throws(JSONScanner.Mistake) in
      switch value.kind {
      case .array, .null: return true
      case .object, .string, .number, .bool: break
      }
      finder.name.truncate(to: prefix)
      if prefix > 0 { finder.name.append(UInt8(ascii: "_")) }
      append(key: key, to: finder.name)
      if value.kind == .object {
        let name = finder.name.span(from: 0)
        if finder.labels.demand.includes(prefix: finder.name[name]) {
          var inner = JSONScanner(value.bytes)
          goesOn = try extract(from: &inner, to: finder, depth: depth + 1)
        }
      } else if let name = finder.wantedName() {
        if value.kind == .string {
          finder.set(name, toJSON: value.bytes)
        } else {
          finder.set(name, to: value.bytes)
        }
      }
      goesOn = goesOn && !finder.isDone
      return goesOn
    }
    finder.name.truncate(to: prefix)
    return goesOn
  }

  private static func append(key: UnsafeRawBufferPointer, to name: ByteArena) {
    guard key.contains(UInt8(ascii: "\\")) else {
      FieldName.append(key, to: name, from: 0)
      return
    }
    let plain = ByteArena(capacity: key.count + 16)
    if let span = JSONText.append(key, to: plain) {
      FieldName.append(plain[span], to: name, from: 0)
    }
  }

  // MARK: Chosen fields

  /// A label for each field that was named; a field that is not there gives an empty label.
  static func extract(
    _ fields: [NamedField], from line: UnsafeRawBufferPointer, to finder: LabelFinder
  ) {
    guard let first = line.first, !finder.isDone else { return }
    guard [UInt8(ascii: "\""), UInt8(ascii: "{"), UInt8(ascii: "[")].contains(first) else {
      finder.labels.fail(.json, "")
      return
    }
    for field in fields {
      finder.begin()
      field.label.withUnsafeBytes { _ = finder.name.append($0) }
      let value = try? self.value(at: field.path, of: line)
      if value == nil, finder.labels.value(of: field.label) != nil { continue }
      guard let name = finder.wantedName() else { continue }
      switch value?.kind {
      case nil, .null: finder.set(name, to: UnsafeRawBufferPointer(start: nil, count: 0))
      case .object:
        finder.set(name, to: value?.bytes ?? UnsafeRawBufferPointer(start: nil, count: 0))
      default:
        finder.set(name, toJSON: value?.bytes ?? UnsafeRawBufferPointer(start: nil, count: 0))
      }
    }
  }

  private static func value(
    at path: FieldPath, of line: UnsafeRawBufferPointer
  ) throws(JSONScanner.Mistake) -> JSONScanner.Value? {
    var scanner = JSONScanner(line)
    var found: JSONScanner.Value?
    for step in path.steps {
      if let found { scanner = JSONScanner(found.bytes) }
      switch step {
      case .element(let index): found = try scanner.element(at: index)
      case .member(let name):
        found = nil
        try scanner.members { key, value throws(JSONScanner.Mistake) in
          guard name.hasSameBytes(as: key) else { return true }
          found = value
          return false
        }
      }
      if found == nil { return nil }
    }
    return found
  }

  // MARK: Packed entries

  /// The line and the labels that Promtail's `pack` stage put into an object; the line as it was
  /// when there is none in it. The result stands in `unpacked`.
  static func unpack(
    _ line: UnsafeRawBufferPointer, to finder: LabelFinder, into unpacked: ByteArena
  ) -> ByteSpan? {
    guard let first = line.first, !finder.isDone else { return nil }
    guard first == UInt8(ascii: "{") else {
      finder.labels.fail(.json, "expecting json object(6), but it is not")
      return nil
    }
    var entry: ByteSpan?
    do throws(JSONScanner.Mistake) {
      var scanner = JSONScanner(line)
      try scanner.members { key, value throws(JSONScanner.Mistake) in
        guard value.kind == .string, key.elementsEqual("_entry".utf8) else { return true }
        entry = JSONText.append(value.bytes, to: unpacked)
        return true
      }
      guard entry != nil else { return nil }
      var second = JSONScanner(line)
      try second.members { key, value throws(JSONScanner.Mistake) in
        guard value.kind == .string, !key.elementsEqual("_entry".utf8) else { return true }
        finder.begin()
        append(key: key, to: finder.name)
        if let name = finder.wantedName() { finder.set(name, toJSON: value.bytes) }
        return !finder.isOverfull
      }
      finder.end(.json)
    } catch {
      finder.labels.fail(.json, error.rawValue)
      return nil
    }
    return entry
  }
}

/// A field that a stage names, made ready.
struct NamedField: Sendable {
  let label: [UInt8]
  let path: FieldPath
}

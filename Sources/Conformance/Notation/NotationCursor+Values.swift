extension NotationCursor {
  /// The values to the end of the text, each item separated by spaces.
  mutating func values() throws(ConformanceError) -> [NotatedValue] {
    var values: [NotatedValue] = []
    skipSpaces()
    while !isAtEnd {
      values += try item()
      if let byte = next, byte != UInt8(ascii: " "), byte != UInt8(ascii: "\t") {
        throw failure("expected a space after a value")
      }
      skipSpaces()
    }
    return values
  }

  private mutating func item() throws(ConformanceError) -> [NotatedValue] {
    if accept("_") {
      return Array(repeating: .omitted, count: accept("x") ? try repetition() : 1)
    }
    if accept("{{") { return try histograms() }
    if accept("stale") {
      return Array(repeating: .number(.absent), count: accept("x") ? try repetition() + 1 : 1)
    }
    let first = try signedNumber()
    let isFalling = next == UInt8(ascii: "-")
    let step = isFalling || next == UInt8(ascii: "+") ? try signedNumber() : nil
    guard accept("x") else {
      if step != nil { throw failure("expected x and a count") }
      return [.number(first)]
    }
    let count = try repetition()
    return steps(from: first, by: step ?? 0, count: count)
  }

  /// `count + 1` values; each is the one before it plus `step`, as Prometheus adds them up.
  private func steps(from first: Double, by step: Double, count: Int) -> [NotatedValue] {
    var value = first
    return (0...count).map { index in
      if index > 0, step != 0 { value += step }
      return .number(value)
    }
  }

  /// `{{…}}`, `{{…}}x3`, `{{…}}+{{…}}x3`; the cursor stands after the first braces.
  private mutating func histograms() throws(ConformanceError) -> [NotatedValue] {
    guard let body = text(through: "}}") else { throw failure("expected }}") }
    var written = "{{" + body
    if accept("+{{") || accept("-{{") {
      guard let step = text(through: "}}") else { throw failure("expected }}") }
      written += "±{{" + step
    }
    let count = accept("x") ? try repetition() + 1 : 1
    return Array(repeating: .histogram(written), count: count)
  }

  private mutating func repetition() throws(ConformanceError) -> Int {
    let digits = skip { (48...57).contains($0) }
    guard let count = Int(digits), count <= Self.repetitionLimit else {
      throw failure("expected a count up to \(Self.repetitionLimit)")
    }
    return count
  }

  private mutating func signedNumber() throws(ConformanceError) -> Double {
    let isNegative = accept("-")
    if !isNegative { _ = accept("+") }
    let magnitude = try number()
    return isNegative ? -magnitude : magnitude
  }

  /// A decimal number, `Inf` or `NaN`; `0x3` is the value 0 three times more, no hexadecimal.
  private mutating func number() throws(ConformanceError) -> Double {
    for (word, value) in Self.words where accept(word) { return value }
    var digits = skip { (48...57).contains($0) || $0 == UInt8(ascii: ".") }
    if next == UInt8(ascii: "e") || next == UInt8(ascii: "E") {
      advance()
      digits += "e"
      if accept("-") { digits += "-" } else { _ = accept("+") }
      digits += skip { (48...57).contains($0) }
    }
    guard let value = Double(digits) else { throw failure("expected a value") }
    return value
  }

  private static let words: KeyValuePairs<String, Double> = [
    "Inf": .infinity, "inf": .infinity, "NaN": .nan, "nan": .nan,
  ]
}

import Canonical
import Telemetry

/// The arguments of a call inside a template, with Go's messages for those of a wrong type.
public struct TemplateArguments: Sendable {
  /// The name of the function that is called.
  public let name: String
  /// The values in order, a piped one last.
  public let values: [TemplateValue]

  /// Checks that there are so many.
  public func expect(_ count: Int) throws(TemplateError) {
    guard values.count == count else {
      throw TemplateError("wrong number of args for \(name): want \(count) got \(values.count)")
    }
  }

  /// The value at a place; an error when there are too few.
  public func value(_ index: Int) throws(TemplateError) -> TemplateValue {
    guard values.indices.contains(index) else {
      throw TemplateError(
        "wrong number of args for \(name): want at least \(index + 1) got \(values.count)")
    }
    return values[index]
  }

  /// The text at a place.
  public func text(_ index: Int) throws(TemplateError) -> String {
    guard case .text(let text) = try value(index) else { throw try wrong(index, "string") }
    return text
  }

  /// The sample at a place.
  public func sample(_ index: Int) throws(TemplateError) -> TemplateSample {
    guard case .sample(let sample) = try value(index) else { throw try wrong(index, "sample") }
    return sample
  }

  /// The samples at a place.
  public func samples(_ index: Int) throws(TemplateError) -> [TemplateSample] {
    guard case .samples(let samples) = try value(index) else {
      throw try wrong(index, "queryResult")
    }
    return samples
  }

  /// The texts of a list at a place.
  public func texts(_ index: Int) throws(TemplateError) -> [String] {
    switch try value(index) {
    case .map(let entries): return entries.map(\.value.printed)
    case .labels(let labels): return labels.map(\.value)
    default: throw try wrong(index, "list")
    }
  }

  /// A number, or a text that is one.
  public func number(_ index: Int) throws(TemplateError) -> Double {
    switch try value(index) {
    case .number(let number): return number
    case .integer(let number): return Double(number)
    case .span(let span): return span.seconds
    case .text(let text):
      guard let number = Double(text) else {
        throw TemplateError(
          "error calling \(name): strconv.ParseFloat: parsing \(QuotedText.quoted(text)): invalid"
            + " syntax")
      }
      return number
    case let other:
      throw TemplateError("error calling \(name): can't convert \(other.typeName) to float")
    }
  }

  func length() throws(TemplateError) -> Int {
    switch try value(0) {
    case .text(let text): return text.utf8.count
    case .labels(let labels): return labels.count
    case .samples(let samples): return samples.count
    case .map(let entries): return entries.count
    case let other: throw TemplateError("error calling len: len of type \(other.typeName)")
    }
  }

  /// `index map key` and `index list number`, for as many keys as there are.
  func indexed() throws(TemplateError) -> TemplateValue {
    var value = try value(0)
    for key in values.dropFirst() {
      switch (value, key) {
      case (.labels, .text(let name)), (.map, .text(let name)): value = try value.field(name)
      case (.samples(let samples), .integer(let position)):
        guard samples.indices.contains(position) else {
          throw TemplateError("error calling index: index out of range: \(position)")
        }
        value = .sample(samples[position])
      default: throw TemplateError("error calling index: can't index \(value.typeName)")
      }
    }
    return value
  }

  /// The values one after the other, with a space between two that are no texts.
  public var concatenated: String {
    var text = ""
    var isAfterText = true
    for value in values {
      let isText = if case .text = value { true } else { false }
      if !isText, !isAfterText { text += " " }
      text += value.printed
      isAfterText = isText
    }
    return text
  }

  private func wrong(_ index: Int, _ expected: String) throws(TemplateError) -> TemplateError {
    TemplateError(
      "wrong type for value of \(name); expected \(expected); got \(try value(index).typeName)")
  }
}

extension TemplateValue {
  /// Whether both are equal, for values of one basic type.
  func isEqual(to other: TemplateValue) throws(TemplateError) -> Bool {
    switch (self, other) {
    case (.text(let left), .text(let right)): return left.hasSameBytes(as: right)
    case (.number(let left), .number(let right)): return left == right
    case (.integer(let left), .integer(let right)): return left == right
    case (.bool(let left), .bool(let right)): return left == right
    case (.none, .none): return true
    case (.none, _), (_, .none): return false
    default: throw TemplateError("incompatible types for comparison")
    }
  }

  /// Whether this is less, for texts and numbers of one type.
  func isLess(than other: TemplateValue) throws(TemplateError) -> Bool {
    switch (self, other) {
    case (.text(let left), .text(let right)): return left.precedesInBytes(right)
    case (.number(let left), .number(let right)): return left < right
    case (.integer(let left), .integer(let right)): return left < right
    default: throw TemplateError("incompatible types for comparison")
    }
  }

  /// Whether this is less or equal, for texts and numbers of one type.
  func isAtMost(_ other: TemplateValue) throws(TemplateError) -> Bool {
    let isLess = try isLess(than: other)
    if isLess { return true }
    return try isEqual(to: other)
  }
}

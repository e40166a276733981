internal import Glibc
import Templates

/// The functions of Loki's templates that calculate.
///
/// - Source: Masterminds/sprig v3, numeric.go.
enum NumberFunctions {
  static let table: KeyValuePairs<String, TemplateFunctions.Body> = [
    "int": { a throws(TemplateError) in .integer(try a.integer(0)) },
    "float64": { a throws(TemplateError) in .number(try a.real(0)) },
    "add": { a throws(TemplateError) in .integer(try a.integers().reduce(0, &+)) },
    "sub": { a throws(TemplateError) in .integer(try a.integer(0) &- a.integer(1)) },
    "mul": { a throws(TemplateError) in .integer(try a.integers().reduce(1, &*)) },
    "div": { a throws(TemplateError) in
      .integer(try quotient(a.integer(0), a.integer(1)).quotient)
    },
    "mod": { a throws(TemplateError) in
      .integer(try quotient(a.integer(0), a.integer(1)).remainder)
    },
    "addf": { a throws(TemplateError) in .number(try a.reals().reduce(0, +)) },
    "subf": { a throws(TemplateError) in .number(try reduced(a, -)) },
    "mulf": { a throws(TemplateError) in .number(try a.reals().reduce(1, *)) },
    "divf": { a throws(TemplateError) in .number(try reduced(a, /)) },
    "max": { a throws(TemplateError) in .integer(try a.integers().max() ?? 0) },
    "min": { a throws(TemplateError) in .integer(try a.integers().min() ?? 0) },
    "maxf": { a throws(TemplateError) in .number(try a.reals().max() ?? 0) },
    "minf": { a throws(TemplateError) in .number(try a.reals().min() ?? 0) },
    "ceil": { a throws(TemplateError) in .number(try a.real(0).rounded(.up)) },
    "floor": { a throws(TemplateError) in .number(try a.real(0).rounded(.down)) },
    "round": { a throws(TemplateError) in .number(try rounded(a.real(0), to: a.integer(1))) },
    "bytes": { a throws(TemplateError) in
      let text = try a.text(0)
      guard let size = ByteSize.bytes(Array(text.utf8)) else {
        throw TemplateError("error calling bytes: \"\(text)\" is no size such as 5 MiB")
      }
      return .number(Double(size))
    },
    "duration": { a throws(TemplateError) in .number(try seconds(a)) },
    "duration_seconds": { a throws(TemplateError) in .number(try seconds(a)) },
  ]

  private static func quotient(
    _ left: Int, _ right: Int
  ) throws(TemplateError) -> (quotient: Int, remainder: Int) {
    let (quotient, overflow) = left.dividedReportingOverflow(by: right)
    guard !overflow else { throw TemplateError("integer divide by zero") }
    return (quotient, left &- quotient &* right)
  }

  private static func reduced(
    _ arguments: TemplateArguments, _ next: (Double, Double) -> Double
  ) throws(TemplateError) -> Double {
    let numbers = try arguments.reals()
    return numbers.dropFirst().reduce(numbers.first ?? 0, next)
  }

  /// Rounded half away from zero at a number of decimals.
  private static func rounded(_ value: Double, to decimals: Int) -> Double {
    let scale = pow(10, Double(max(-308, min(308, decimals))))
    let scaled = value * scale
    let whole = scaled.rounded(.towardZero)
    let fraction = (scaled - whole).magnitude
    return (fraction >= 0.5 ? (scaled < 0 ? whole - 1 : whole + 1) : whole) / scale
  }

  private static func seconds(_ arguments: TemplateArguments) throws(TemplateError) -> Double {
    let text = try arguments.text(0)
    guard let nanoseconds = GoDuration.nanoseconds(Array(text.utf8)) else {
      throw TemplateError("error calling \(arguments.name): \"\(text)\" is no duration such as 5s")
    }
    return Double(nanoseconds) / 1e9
  }
}

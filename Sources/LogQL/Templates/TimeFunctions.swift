import Canonical
import Telemetry
import Templates

/// The functions of Loki's templates for times. Times are in UTC: other zones are refused by name.
enum TimeFunctions {
  static let table: KeyValuePairs<String, TemplateFunctions.Body> = [
    "date": { a throws(TemplateError) in
      .text(GoLayout(try a.text(0)).text(of: try instant(a, 1)))
    },
    "toDate": { a throws(TemplateError) in try parsed(a.text(0), a.text(1)) },
    "toDateInZone": { a throws(TemplateError) in
      let zone = try a.text(1)
      guard ["", "UTC", "GMT", "Etc/UTC"].contains(zone) else {
        throw TemplateError("time zone \"\(zone)\" is not part of this version, only UTC is")
      }
      return try parsed(a.text(0), a.text(2))
    },
    "unixEpoch": { a throws(TemplateError) in
      .text("\(floored(try instant(a, 0).nanoseconds, by: 1_000_000_000))")
    },
    "unixEpochMillis": { a throws(TemplateError) in
      .text("\(floored(try instant(a, 0).nanoseconds, by: 1_000_000))")
    },
    "unixEpochNanos": { a throws(TemplateError) in .text("\(try instant(a, 0).nanoseconds)") },
    "unixToTime": { a throws(TemplateError) in .time(try unixTime(a.printed(0))) },
    "now": { _ throws(TemplateError) in
      throw TemplateError("a recorded bundle has no clock: use __timestamp__ instead of now")
    },
  ]

  private static func instant(
    _ arguments: TemplateArguments, _ index: Int
  ) throws(TemplateError) -> Timestamp {
    switch try arguments.value(index) {
    case .time(let instant): return instant
    case .integer(let seconds): return Timestamp(seconds: Int64(seconds))
    case let other:
      throw TemplateError(
        "wrong type for value of \(arguments.name); expected time.Time; got \(other.typeName)")
    }
  }

  private static func parsed(
    _ layout: String, _ text: String
  ) throws(TemplateError) -> TemplateValue {
    guard let instant = GoLayout(layout).instant(text) else {
      throw TemplateError("parsing time \"\(text)\" as \"\(layout)\": cannot parse")
    }
    return .time(instant)
  }

  /// Days, seconds, milliseconds, microseconds or nanoseconds since 1970, by the number of digits.
  private static func unixTime(_ text: String) throws(TemplateError) -> Timestamp {
    let scales: [Int: Int64] = [
      5: 86_400_000_000_000, 10: 1_000_000_000, 13: 1_000_000, 16: 1000, 19: 1,
    ]
    guard let number = Int64(text), let scale = scales[text.utf8.count] else {
      throw TemplateError("unable to parse time '\(text)'")
    }
    let (nanoseconds, overflow) = number.multipliedReportingOverflow(by: scale)
    guard !overflow else { throw TemplateError("unable to parse time '\(text)'") }
    return Timestamp(nanoseconds: nanoseconds)
  }

  private static func floored(_ value: Int64, by divisor: Int64) -> Int64 {
    let (quotient, remainder) = value.quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? quotient - 1 : quotient
  }
}

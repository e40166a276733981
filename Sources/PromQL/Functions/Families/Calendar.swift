import Canonical
import Telemetry

/// Parts of a time in UTC, from seconds since the epoch; without an argument, of the step's time.
///
/// A value that is no time, such as NaN, gives NaN.
enum Calendar {
  static let functions: [Function] = [
    part("day_of_month") { $0.date.day },
    part("day_of_week") { Moment.weekday(ofDay: $0.day) },
    part("day_of_year") {
      $0.day - CivilDate(year: $0.date.year, month: 1, day: 1).daysSinceEpoch + 1
    },
    part("days_in_month") { moment in
      let date = moment.date
      let next =
        date.month == 12
        ? CivilDate(year: date.year + 1, month: 1, day: 1)
        : CivilDate(year: date.year, month: date.month + 1, day: 1)
      return next.daysSinceEpoch
        - CivilDate(year: date.year, month: date.month, day: 1).daysSinceEpoch
    },
    part("hour") { $0.second / 3600 },
    part("minute") { $0.second / 60 % 60 },
    part("month") { $0.date.month },
    part("year") { $0.date.year },
  ]

  private static func part(
    _ name: String, _ part: @escaping @Sendable (Moment) -> Int64
  ) -> Function {
    let value: @Sendable (Double) -> Double = { seconds in
      Moment(seconds: seconds).map { Double(part($0)) } ?? .nan
    }
    return Function(
      name, [.vector], optional: 1,
      body: .general { arguments, context in
        guard let vector = arguments.first else {
          let grid = context.grid
          let values = (0..<grid.count).map { value((Double(grid[$0]) / 1000).rounded(.down)) }
          return .vector([Column(labels: .empty, values: values)])
        }
        return try .vector(context.mapped(vector.columns) { seconds, _ in value(seconds) })
      })
  }
}

/// A second of a day of the calendar.
private struct Moment {
  /// Days since the epoch.
  let day: Int64
  /// 0..<86,400
  let second: Int64

  /// The whole second, cut towards zero; nil for what no 64-bit number of seconds can hold.
  init?(seconds: Double) {
    guard let whole = Int64(exactly: seconds.rounded(.towardZero)) else { return nil }
    let (days, rest) = whole.quotientAndRemainder(dividingBy: 86_400)
    day = rest < 0 ? days - 1 : days
    second = rest < 0 ? rest + 86_400 : rest
  }

  var date: CivilDate { CivilDate(daysSinceEpoch: day) }

  /// 0 for Sunday; the epoch was a Thursday.
  static func weekday(ofDay day: Int64) -> Int64 { ((day + 4) % 7 + 7) % 7 }
}

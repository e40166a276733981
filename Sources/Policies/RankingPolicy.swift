import Telemetry

/// The numbers by which entities are ranked; `ranking` in `policies/causes.json`.
///
/// Points are added up per entity: one amount for each sort of evidence, minus penalties.
public struct RankingPolicy: Hashable, Sendable {
  private let values: [RankingNumber: Double]

  /// Makes a policy; nil unless there is a value for every number.
  public init?(values: [RankingNumber: Double]) {
    guard RankingNumber.allCases.allSatisfy({ values[$0] != nil }) else { return nil }
    self.values = values
  }

  /// The value of a number, in the number's unit.
  public subscript(number: RankingNumber) -> Double {
    guard let value = values[number] else {
      preconditionFailure("BUG: no value for \(number.rawValue)")
    }
    return value
  }

  /// The value of a number of minutes.
  public func span(_ number: RankingNumber) -> TimeSpan {
    TimeSpan(nanoseconds: Int64(exactly: (self[number] * 60e9).rounded()) ?? .max)
  }

  /// The points for one sort of evidence.
  public func points(for evidence: EvidenceClass) -> Double {
    switch evidence {
    case .failure: self[.failure]
    case .saturation: self[.saturation]
    case .callers: self[.callers]
    case .change: self[.change]
    case .error: self[.error]
    case .anomaly: self[.anomaly]
    }
  }
}

/// The tunable numbers of the ranking, named as in the file.
public enum RankingNumber: String, Hashable, Sendable, CaseIterable {
  /// Points for an own hard failure.
  case failure
  /// Points for an own limit that was reached.
  case saturation
  /// Points for being named by very many callers; one gives half of them, two three quarters.
  case callers
  /// Points for a change shortly before the own failure.
  case change
  /// Points for own errors.
  case error
  /// Points for own unusual measurements.
  case anomaly
  /// The strength from which a failure or saturation is a fault and no hiccup, in 0...1.
  case faultStrength
  /// Points taken, beside those of the evidence that is explained, from an entity whose trouble
  /// another one explains.
  case symptomPenalty
  /// Points taken for a trouble that was over before the incident began.
  case recoveredPenalty
  /// Points taken for a change that no trouble of the same entity followed.
  case healthyChangePenalty
  /// Points taken for each expected source that the bundle does not hold.
  case missingPenalty
  /// Points at which the confidence is 0.73.
  case temperature
  /// The highest confidence that this version states, in 0...1.
  case confidenceCeiling
  /// How far the best confidence must lead the next for a label above inconclusive, in 0...1.
  case lead
  /// Minutes before an incident in which evidence still counts.
  case lookback
  /// Minutes by which a rate over a window may show an onset late.
  case smear
  /// Failed calls between two services before they count.
  case failedCalls
  /// The share of calls that must fail before they count, in 0...1.
  case failedCallRatio
  /// How many times the share before the incident that must be.
  case failedCallGrowth
  /// Possible causes listed for an incident.
  case hypotheses
  /// Lines of what happened when.
  case chronicleLines

  /// The unit that the file must state.
  var unit: String {
    switch self {
    case .failure, .saturation, .callers, .change, .error, .anomaly, .symptomPenalty,
      .recoveredPenalty, .healthyChangePenalty, .missingPenalty, .temperature:
      "points"
    case .confidenceCeiling, .lead, .failedCallRatio: "ratio"
    case .faultStrength: "strength"
    case .lookback, .smear: "minutes"
    case .failedCalls: "calls"
    case .failedCallGrowth: "times the share before"
    case .hypotheses: "hypotheses"
    case .chronicleLines: "lines"
    }
  }

  /// The values that are allowed.
  var range: ClosedRange<Double> {
    switch self {
    case .temperature, .failedCallGrowth: 1...1000
    case .confidenceCeiling, .lead, .failedCallRatio, .faultStrength: 0...1
    case .lookback, .smear: 0...1440
    case .failedCalls: 1...1e9
    case .hypotheses: 1...50
    case .chronicleLines: 10...1000
    default: 0...100
    }
  }
}

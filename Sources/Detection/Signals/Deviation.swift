import Policies

/// A measurement per step, judged against its own past.
struct Deviation {
  /// The strength at every step; nil where the measurement or its past is missing.
  var strengths: [Double?] = []
  /// What was usual at every step; nil with too short a past.
  var medians: [Double?] = []

  /// Judges `values` in order: a step is unusual when it lies `deviations` spreads or more from the
  /// median of the past and `strength` of both is above 0. Unusual steps do not become past.
  init(
    of values: [Double?], baseline: CausalBaseline, deviations: Double,
    strength: (_ value: Double, _ median: Double) -> Double
  ) {
    var past = baseline
    for value in values {
      guard let value else {
        strengths.append(nil)
        medians.append(past.estimate?.median)
        continue
      }
      guard let (median, spread) = past.estimate else {
        strengths.append(nil)
        medians.append(nil)
        past.add(value)
        continue
      }
      let isFar = (value - median).magnitude >= deviations * spread
      let found = isFar ? strength(value, median) : 0
      if found == 0 { past.add(value) }
      strengths.append(found)
      medians.append(median)
    }
  }

  /// Whether any step could be judged.
  var isEvaluable: [Bool] { strengths.map { $0 != nil } }
}

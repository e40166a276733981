/// Runs of steps at which a claim held.
enum StrengthRuns {
  /// The maximal runs of strength above 0; runs with at most `gap` other steps between them are
  /// one, which uses only what came before.
  static func runs(of strengths: [Double?], joining gap: Int = 0) -> [Range<Int>] {
    var runs: [Range<Int>] = []
    for (step, strength) in strengths.enumerated() where (strength ?? 0) > 0 {
      if let last = runs.last, step - last.upperBound <= gap {
        runs[runs.count - 1] = last.lowerBound..<step + 1
      } else {
        runs.append(step..<step + 1)
      }
    }
    return runs
  }

  /// The step of the highest strength in `run`, the earliest of equals.
  static func peak(of strengths: [Double?], in run: Range<Int>) -> Int {
    run.reduce(run.lowerBound) {
      (strengths[$1] ?? 0) > (strengths[$0] ?? 0) ? $1 : $0
    }
  }
}

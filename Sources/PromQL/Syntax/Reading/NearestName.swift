import Telemetry

/// The known name that a misspelt one most likely stands for.
enum NearestName {
  /// The name with the fewest letters inserted, left out, changed or swapped; nil when more than a third of
  /// the letters differ, of short names more than two or half. Of equals the first in the order of bytes.
  static func of(_ name: String, among names: [String]) -> String? {
    let letters = Array(name.lowercased().utf8.prefix(100))
    let limit = max(letters.count / 3, min(2, letters.count / 2))
    let ranked = names.map { (name: $0, distance: distance(letters, Array($0.utf8))) }
    let best = ranked.filter { $0.distance <= limit }.min { left, right in
      left.distance == right.distance
        ? left.name.precedesInBytes(right.name) : left.distance < right.distance
    }
    return best?.name
  }

  /// The edit distance of Levenshtein, in which two neighbours that changed places count once.
  private static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
    var twoBefore: [Int] = []
    var before = Array(0...right.count)
    for (index, letter) in left.enumerated() {
      var row = [index + 1]
      for (column, other) in right.enumerated() {
        var least = min(before[column + 1], row[column]) + 1
        least = min(least, before[column] + (letter == other ? 0 : 1))
        if index > 0, column > 0, letter == right[column - 1], other == left[index - 1] {
          least = min(least, twoBefore[column - 1] + 1)
        }
        row.append(least)
      }
      (twoBefore, before) = (before, row)
    }
    return before[right.count]
  }
}

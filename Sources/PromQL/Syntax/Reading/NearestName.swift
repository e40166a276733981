import Telemetry

/// The known name that a misspelt one most likely stands for.
enum NearestName {
  /// The name with the fewest letters inserted, left out or changed; nil when more than a third of
  /// the letters, and more than one, differ. Of equals the first in the order of bytes.
  static func of(_ name: String, among names: [String]) -> String? {
    let letters = Array(name.lowercased().utf8.prefix(100))
    let limit = max(1, letters.count / 3)
    let ranked = names.map { (name: $0, distance: distance(letters, Array($0.utf8))) }
    let best = ranked.filter { $0.distance <= limit }.min { left, right in
      left.distance == right.distance
        ? left.name.precedesInBytes(right.name) : left.distance < right.distance
    }
    return best?.name
  }

  /// The edit distance of Levenshtein.
  private static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
    var row = Array(0...right.count)
    for (index, letter) in left.enumerated() {
      var diagonal = row[0]
      row[0] = index + 1
      for (column, other) in right.enumerated() {
        let changed = diagonal + (letter == other ? 0 : 1)
        diagonal = row[column + 1]
        row[column + 1] = min(changed, row[column] + 1, diagonal + 1)
      }
    }
    return row[right.count]
  }
}

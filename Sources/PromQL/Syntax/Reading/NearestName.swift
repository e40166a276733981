import Telemetry

/// The known name that a misspelt one most likely stands for.
enum NearestName {
  /// The name with the fewest letters inserted, left out, changed or swapped; nil when more than a
  /// third of the letters differ, of short names more than two or half. Of equals the first in the
  /// order of bytes.
  static func of(_ name: String, among names: [String]) -> String? {
    let letters = Array(name.lowercased().utf8.prefix(100))
    let limit = max(letters.count / 3, min(2, letters.count / 2))
    let ranked = names.map { (name: $0, distance: EditDistance.between(letters, $0.utf8)) }
    let best = ranked.filter { $0.distance <= limit }.min { left, right in
      left.distance == right.distance
        ? left.name.precedesInBytes(right.name) : left.distance < right.distance
    }
    return best?.name
  }
}

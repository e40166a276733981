import PromQL
import Telemetry

/// Finds the names that a person may have meant.
enum NearestNames {
  /// Up to `limit` of `names` that are like `name`, the most alike first: few edits apart, or with
  /// most words in common. Equally alike ones stand in order of their bytes.
  static func of(_ name: String, among names: [String], limit: Int = 3) -> [String] {
    let words = words(of: name)
    let allowed = max(2, name.utf8.count / 4)
    let ranked = names.compactMap { candidate -> (rank: Int, name: String)? in
      let distance = EditDistance.between(name.utf8, candidate.utf8)
      if distance <= allowed { return (distance, candidate) }
      let other = Self.words(of: candidate)
      let shared = words.intersection(other).count
      guard shared > 0, shared * 2 >= max(words.count, min(other.count, words.count)) else {
        return nil
      }
      // After everything that is a few edits away: words that only one of them has.
      return (1000 + (words.count + other.count - 2 * shared) * 100 + distance, candidate)
    }
    return ranked.sorted { left, right in
      left.rank == right.rank ? left.name.precedesInBytes(right.name) : left.rank < right.rank
    }.prefix(limit).map(\.name)
  }

  /// The parts between `_`, `:` and `.`; as labels, since those are compared by bytes.
  private static func words(of name: String) -> Set<Label> {
    let parts = name.utf8.split {
      [UInt8(ascii: "_"), UInt8(ascii: ":"), UInt8(ascii: ".")].contains($0)
    }
    return Set(parts.map { Label(metric: String(decoding: $0, as: UTF8.self)) })
  }
}

/// Finds patterns that say nearly the same, such as one failure told by several services.
///
/// Two templates are as similar as the share of their words that they have in common, 0…1 (Jaccard
/// over words of three letters and more, in lower case).
public struct PatternSimilarity {
  /// Patterns less similar than this are no cousins.
  public static let least = 0.5
  /// Cousins given for one pattern.
  public static let most = 3

  private let patterns: [LogPattern]
  private let words: [Set<String>]
  /// The patterns that hold a word.
  private let holders: [String: [Int]]

  /// Compares `patterns` among each other.
  public init(_ patterns: [LogPattern]) {
    self.patterns = patterns
    words = patterns.map { Self.words(of: $0.template) }
    var holders: [String: [Int]] = [:]
    for (index, set) in words.enumerated() {
      for word in set { holders[word, default: []].append(index) }
    }
    self.holders = holders
  }

  /// The ids of the patterns most similar to that at `index`, the most similar first.
  public func cousins(of index: Int) -> [String] {
    var shared: [Int: Int] = [:]
    for word in words[index] {
      for holder in holders[word] ?? [] where holder != index { shared[holder, default: 0] += 1 }
    }
    let scored = shared.compactMap { other, common -> (score: Double, id: String)? in
      let union = words[index].count + words[other].count - common
      let score = Double(common) / Double(union)
      return score >= Self.least ? (score, patterns[other].id) : nil
    }
    return scored.sorted { $0.score == $1.score ? $0.id < $1.id : $0.score > $1.score }
      .prefix(Self.most).map(\.id)
  }

  private static func words(of template: String) -> Set<String> {
    let parts = template.lowercased().split { !$0.isLetter }
    return Set(parts.filter { $0.utf8.count >= 3 }.map(String.init))
  }
}

/// How much a miner keeps. Memory follows these, never the number of lines.
public struct MiningLimits: Hashable, Sendable {
  /// Different wordings told apart; the rest is counted by its first words.
  public let wordings: Int
  /// Different beginnings told apart among the rest; what is left is counted by its length.
  public let beginnings: Int

  /// The one configuration for every system: a program has some hundreds of wordings, a cluster
  /// some thousands; a million distinct lines end at 16,384 of them and about 140 MB.
  public static let standard = MiningLimits(wordings: 16_384, beginnings: 2_048)

  /// Makes limits, each at least 1.
  public init(wordings: Int, beginnings: Int) {
    precondition(wordings > 0 && beginnings > 0, "BUG: a miner that may keep nothing")
    self.wordings = wordings
    self.beginnings = beginnings
  }
}

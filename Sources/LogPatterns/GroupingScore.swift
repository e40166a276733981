/// How well lines were put into groups, against groups made by hand.
///
/// - Source: grouping accuracy as in Zhu et al. 2019 (the share of lines whose group holds exactly
///   the lines it should), and its F1 over groups as in Jiang et al. 2024, both for Loghub-2k.
public struct GroupingScore: Hashable, Sendable {
  /// The share of lines in right groups, 0…1.
  public let accuracy: Double
  /// The harmonic mean of the shares of found and of true groups that are right, 0…1.
  public let groupF1: Double
  /// Groups found.
  public let found: Int
  /// Groups that there should be.
  public let expected: Int

  /// Compares two groupings of the same lines; 0 for no lines.
  public init(found: [Int], expected: [String]) {
    precondition(found.count == expected.count, "BUG: two groupings of different lines")
    let expectedLines = Dictionary(grouping: expected.indices) { expected[$0] }
    let foundLines = Dictionary(grouping: found.indices) { found[$0] }
    var rightLines = 0
    var rightGroups = 0
    for (_, lines) in foundLines where expectedLines[expected[lines[0]]] == lines {
      rightLines += lines.count
      rightGroups += 1
    }
    self.found = foundLines.count
    self.expected = expectedLines.count
    accuracy = found.isEmpty ? 0 : Double(rightLines) / Double(found.count)
    groupF1 =
      found.isEmpty ? 0 : 2 * Double(rightGroups) / Double(foundLines.count + expectedLines.count)
  }
}

import Foundation
import Testing

@testable import LogPatterns

/// Six systems of Loghub-2k, where they are at hand: raw lines against groups made by hand.
private enum Loghub {
  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../../../shared/suites/loghub").standardizedFileURL.path
  static let isPresent = FileManager.default.fileExists(atPath: folder)

  static let systems = ["Apache", "HDFS", "Hadoop", "Linux", "OpenSSH", "Zookeeper"]

  static func score(_ system: String) throws -> GroupingScore {
    let path = "\(folder)/\(system)/\(system)_2k.log"
    let log = Array(try Data(contentsOf: URL(fileURLWithPath: path)))
    let table = try String(contentsOfFile: path + "_structured.csv", encoding: .utf8)
    let found = log.withUnsafeBytes { LogText($0).patternIndices() }
    return GroupingScore(found: found, expected: events(in: table))
  }

  /// The column EventId: the field of the form `E` and digits nearest to the end of a row.
  private static func events(in table: String) -> [String] {
    let rows: [Substring] = table.split(whereSeparator: \.isNewline)
    return rows.dropFirst().compactMap { row -> String? in
      let fields: [Substring] = row.split(separator: Character(","))
      return fields.last(where: isEvent).map { String($0) }
    }
  }

  private static func isEvent(_ field: Substring) -> Bool {
    field.first == "E" && field.count > 1 && field.dropFirst().allSatisfy(\.isNumber)
  }
}

@Suite(.enabled(if: Loghub.isPresent, "the Loghub suite is not beside this package"))
struct LoghubTests {
  @Test func `raw lines are grouped as by hand, on average over systems`() throws {
    let scores = try Loghub.systems.map(Loghub.score)
    let count = Double(scores.count)
    #expect(scores.reduce(0) { $0 + $1.accuracy } / count >= 0.92)
    #expect(scores.reduce(0) { $0 + $1.groupF1 } / count >= 0.82)
  }
}

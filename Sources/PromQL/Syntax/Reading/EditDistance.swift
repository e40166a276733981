/// How many edits lie between two names.
public enum EditDistance {
  /// The distance of Levenshtein over bytes, in which two neighbours that changed places count once;
  /// of longer texts only the first 200 bytes count.
  ///
  /// - Source: optimal string alignment, after Wagner and Fischer 1974.
  public static func between(_ left: some Sequence<UInt8>, _ right: some Sequence<UInt8>) -> Int {
    let (left, right) = (Array(left.prefix(200)), Array(right.prefix(200)))
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

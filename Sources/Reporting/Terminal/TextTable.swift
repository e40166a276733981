/// Columns of text, padded so that they line up.
enum TextTable {
  /// A heading and rows of as many cells; the last column is not padded.
  static func lines(_ heading: [String], _ rows: [[String]], indent: String = "") -> [String] {
    let all = [heading] + rows
    let widths = heading.indices.map { column in all.map { $0[column].count }.max() ?? 0 }
    return all.map { row in
      var line = indent
      for (cell, width) in zip(row, widths) {
        line += cell + String(repeating: " ", count: width - cell.count + 2)
      }
      while line.last == " " { line.removeLast() }
      return line
    }
  }
}

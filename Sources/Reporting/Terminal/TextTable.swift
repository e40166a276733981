/// Columns of text, padded so that they line up.
enum TextTable {
  /// A heading and rows of as many cells.
  ///
  /// - Parameter rightColumns: How many of the last columns are lined up to the right.
  static func lines(
    _ heading: [String], _ rows: [[String]], indent: String = "", rightColumns: Int = 0
  ) -> [String] {
    let all = [heading] + rows
    let widths = heading.indices.map { column in all.map { $0[column].count }.max() ?? 0 }
    return all.map { row in
      let cells = heading.indices.map { column in
        let padding = String(repeating: " ", count: widths[column] - row[column].count)
        return column < heading.count - rightColumns
          ? row[column] + padding : padding + row[column]
      }
      var line = indent + cells.joined(separator: "  ")
      while line.last == " " { line.removeLast() }
      return line
    }
  }
}

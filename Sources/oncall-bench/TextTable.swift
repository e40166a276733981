import Foundation

/// Rows of text as aligned columns: the first to the left, the others to the right.
struct TextTable {
  private var rows: [[String]]

  /// Makes a table of one row, its header.
  init(_ header: [String]) {
    rows = [header]
  }

  /// Whether only the header is there.
  var isEmpty: Bool { rows.count == 1 }

  /// Adds a row with as many columns as the header.
  mutating func add(_ row: [String]) {
    rows.append(row)
  }

  /// The table, indented by two, with a line break after each row.
  var text: String {
    let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    return rows.map { row in
      let cells = row.indices.map { column in
        let padding = String(repeating: " ", count: widths[column] - row[column].count)
        return column == 0 ? row[column] + padding : padding + row[column]
      }
      return "  " + cells.joined(separator: "  ") + "\n"
    }.joined()
  }
}

/// The middle value; of an even number of values the upper of the two in the middle.
func median(_ values: [Double]) -> Double {
  values.sorted()[values.count / 2]
}

/// A number with a fixed number of decimals.
func fixed(_ value: Double, _ decimals: Int) -> String {
  String(format: "%.\(decimals)f", value)
}

/// Bytes as megabytes (10^6) with one decimal.
func megabytes(_ bytes: Int) -> String {
  fixed(Double(bytes) / 1e6, 1)
}

import Telemetry

extension SuiteReport {
  /// A table for people: file, passed of those that count, apart; then every failure with its line
  /// and difference, and with `listsApart` every statement that stands apart.
  public func text(listsApart: Bool) -> String {
    var table = [["file", "passed", "apart", "failed"]]
    for file in files {
      let counted = file.outcomes.count - file.apart
      table.append([file.name, "\(file.passed)/\(counted)", "\(file.apart)", "\(file.failed)"])
    }
    let passed = files.reduce(0) { $0 + $1.passed }
    let apart = files.reduce(0) { $0 + $1.apart }
    let failed = files.reduce(0) { $0 + $1.failed }
    table.append(["total", "\(passed)/\(passed + failed)", "\(apart)", "\(failed)"])
    var text = Self.aligned(table)
    for file in files {
      for outcome in file.outcomes {
        let place = "\(file.name):\(outcome.line)"
        switch outcome.verdict {
        case .failed(let difference):
          text += "\nfailed \(place) \(outcome.query)\n  \(difference)\n"
        case .apart(let reason) where listsApart:
          text += "\napart \(place) \(outcome.query)\n  \(reason)\n"
        case .apart, .passed: break
        }
      }
    }
    return text
  }

  static func aligned(_ rows: [[String]]) -> String {
    let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    return rows.map { row in
      let cells = row.indices.map { column in
        let padding = String(repeating: " ", count: widths[column] - row[column].count)
        return column == 0 ? row[column] + padding : padding + row[column]
      }
      return cells.joined(separator: "  ") + "\n"
    }.joined()
  }
}

import PromQL

extension LogParser {
  /// What stands behind `|`.
  mutating func action() throws(LogSyntaxError) -> PipelineStage.Action {
    guard let keyword = next.keyword, !isComparison(after: next) else {
      return .labelFilter(try condition())
    }
    let start = next
    switch keyword {
    case "json", "logfmt", "regexp", "pattern", "unpack", "decolorize", "line_format",
      "label_format", "drop", "keep":
      take()
    case "xml", "distinct":
      throw error("\(keyword) is not part of this version", at: start.position)
    default:
      return .labelFilter(try condition())
    }
    switch keyword {
    case "json": return .json(try extractions(at: start))
    case "logfmt": return try logfmt(at: start)
    case "regexp": return .regexp(try string("an RE2 expression in quotes"))
    case "pattern": return .pattern(try string("a pattern in quotes"))
    case "unpack": return .unpack
    case "decolorize": return .decolorize
    case "line_format": return .lineFormat(try string("a template in quotes"))
    case "label_format": return .labelFormat(try labelFormats())
    case "drop": return .drop(try choices())
    default: return .keep(try choices())
    }
  }

  /// Whether a word is a label that a comparison follows, though it might be a keyword.
  func isComparison(after token: LogToken) -> Bool {
    guard token.keyword != nil, token.position.start == next.position.start,
      case .mark(let mark) = second.kind
    else { return false }
    return ["=", "==", "=~", ">", ">=", "<", "<="].contains(mark)
  }

  private mutating func logfmt(
    at start: LogToken
  ) throws(LogSyntaxError) -> PipelineStage.Action {
    var flags: [String] = []
    while case .flag(let flag) = next.kind {
      take()
      flags.append(flag)
    }
    return .logfmt(
      fields: try extractions(at: start), isStrict: flags.contains("--strict"),
      keepsEmpty: flags.contains("--keep-empty"))
  }

  /// `a, b="c.d"`; none when no name is at hand.
  private mutating func extractions(
    at start: LogToken
  ) throws(LogSyntaxError) -> [FieldExtraction] {
    guard case .word = next.kind else { return [] }
    var fields: [FieldExtraction] = []
    repeat {
      let label = try name()
      let place = next
      let path = takes("=") ? try string("a field in quotes") : label
      guard FieldPath(path) != nil else {
        throw error(
          "cannot parse expression [\(path)]: expected a field such as a.b[0] or [\"a b\"]",
          at: place.position)
      }
      fields.append(FieldExtraction(label: label, path: path))
    } while takes(",")
    return fields
  }

  private mutating func labelFormats() throws(LogSyntaxError) -> [LabelFormat] {
    var formats: [LabelFormat] = []
    repeat {
      let start = next
      let target = try name()
      guard target != "__error__" else {
        throw error("__error__ cannot be formatted", at: start.position)
      }
      guard !formats.contains(where: { $0.label == target }) else {
        throw error(
          "multiple label name '\(target)' not allowed in a single format operation",
          at: start.position)
      }
      try expect("=")
      if case .word(let source) = next.kind {
        take()
        formats.append(.rename(to: target, from: source))
      } else {
        formats.append(.template(to: target, text: try string("a label name or a template")))
      }
    } while takes(",")
    return formats
  }

  private mutating func choices() throws(LogSyntaxError) -> [LabelChoice] {
    var choices: [LabelChoice] = []
    repeat {
      if case .mark(let mark) = second.kind, LabelMatcher.Comparison(rawValue: mark) != nil {
        choices.append(.matcher(try matcher()))
      } else {
        choices.append(.name(try name()))
      }
    } while takes(",")
    return choices
  }
}

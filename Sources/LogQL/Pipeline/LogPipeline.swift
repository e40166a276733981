import Patterns
import PromQL
import Telemetry
import Templates

/// The stages of a query made ready: expressions compiled, templates read, line filters as far in
/// front as they may go.
///
/// - Source: Loki 3, pkg/logql/log.
struct LogPipeline: Sendable {
  /// A stage made ready.
  enum Stage: Sendable {
    case line(LineMatcher)
    case json([NamedField])
    case logfmt(LogfmtStage)
    case regexp(Pattern, names: [[UInt8]?])
    case pattern(CapturePattern)
    case unpack
    case decolorize
    case condition(ConditionCheck)
    case lineFormat(LineTemplate)
    case labelFormat([LabelAssignment])
    case drop([ChosenLabel])
    case keep([ChosenLabel])
  }

  /// One assignment of `label_format` made ready.
  enum LabelAssignment: Sendable {
    case rename(to: [UInt8], from: [UInt8])
    case template(to: [UInt8], LineTemplate)
  }

  /// A label that `drop` or `keep` names, made ready.
  struct ChosenLabel: Sendable {
    let name: [UInt8]
    let matcher: LabelMatcher?
  }

  /// Line filters that every line meets first; they need no labels.
  let filters: [LineMatcher]
  /// The stages behind them.
  let stages: [Stage]
  /// The labels that stages read, in written order.
  let labelsRead: [String]
  /// Whether a stage reads labels that only the line tells.
  let readsWholeDot: Bool

  /// Makes stages ready.
  ///
  /// - Throws: `LogQueryError.stage` with the place of a stage that cannot be.
  init(_ stages: [PipelineStage]) throws(LogQueryError) {
    var ready: [Stage] = []
    var reads = Reads()
    for stage in Self.withFiltersInFront(stages) {
      do {
        ready.append(try Self.ready(stage, &reads))
      } catch {
        throw .stage(text: stage.text, reason: "\(Self.reason(error))", at: stage.position)
      }
    }
    var filters: [LineMatcher] = []
    for case .line(let matcher) in ready.prefix(while: { $0.isLineFilter }) {
      filters.append(matcher)
    }
    self.filters = filters
    self.stages = Array(ready.dropFirst(filters.count))
    labelsRead = reads.labels
    readsWholeDot = reads.wholeDot
  }

  private struct Reads {
    var labels: [String] = []
    var wholeDot = false

    mutating func add(_ template: LineTemplate) {
      if let fields = template.fields { labels += fields } else { wholeDot = true }
    }
  }

  private static func reason(_ error: any Error) -> String {
    (error as? CapturePattern.Mistake)?.message ?? "\(error)"
  }

  /// The stages with each line filter moved before those that leave lines as they are.
  private static func withFiltersInFront(_ stages: [PipelineStage]) -> [PipelineStage] {
    var ordered: [PipelineStage] = []
    var start = 0
    for stage in stages {
      if case .lineFilter = stage.action {
        ordered.insert(stage, at: start)
        start += 1
      } else {
        ordered.append(stage)
        if stage.changesLine { start = ordered.count }
      }
    }
    return ordered
  }

  private static func ready(_ stage: PipelineStage, _ reads: inout Reads) throws -> Stage {
    switch stage.action {
    case .lineFilter(let filter): return .line(try LineMatcher(filter))
    case .json(let fields): return .json(fields.map(NamedField.init))
    case .logfmt(let fields, let isStrict, let keepsEmpty):
      return .logfmt(
        LogfmtStage(
          fields: fields.map(NamedField.init), isStrict: isStrict, keepsEmpty: keepsEmpty))
    case .regexp(let text): return try regexp(text)
    case .pattern(let text): return .pattern(try CapturePattern(parser: text))
    case .unpack: return .unpack
    case .decolorize: return .decolorize
    case .labelFilter(let condition):
      reads.labels += condition.labels
      return .condition(ConditionCheck(condition))
    case .lineFormat(let text):
      let template = try LineTemplate(text)
      reads.add(template)
      return .lineFormat(template)
    case .labelFormat(let formats):
      return .labelFormat(try formats.map { try assignment($0, &reads) })
    case .drop(let choices): return .drop(choices.map(ChosenLabel.init))
    case .keep(let choices): return .keep(choices.map(ChosenLabel.init))
    }
  }

  private static func regexp(_ text: String) throws -> Stage {
    let pattern = try Pattern(text)
    var names: [String] = []
    for name in pattern.groupNames.compactMap({ $0 }) {
      guard !names.contains(where: { $0.hasSameBytes(as: name) }) else {
        throw CapturePattern.Mistake(message: "duplicate extracted label name '\(name)'")
      }
      names.append(name)
    }
    guard !names.isEmpty else {
      throw CapturePattern.Mistake(message: "at least one named capture must be supplied")
    }
    return .regexp(pattern, names: pattern.groupNames.map { $0.map { Array($0.utf8) } })
  }

  private static func assignment(
    _ format: LabelFormat, _ reads: inout Reads
  ) throws -> LabelAssignment {
    switch format {
    case .rename(let to, let from):
      reads.labels.append(from)
      return .rename(to: Array(to.utf8), from: Array(from.utf8))
    case .template(let to, let text):
      let template = try LineTemplate(text)
      reads.add(template)
      return .template(to: Array(to.utf8), template)
    }
  }
}

extension LogPipeline.Stage {
  fileprivate var isLineFilter: Bool { if case .line = self { true } else { false } }
}

extension LogPipeline.ChosenLabel {
  fileprivate init(_ choice: LabelChoice) {
    name = Array(choice.name.utf8)
    if case .matcher(let matcher) = choice { self.matcher = matcher } else { matcher = nil }
  }
}

extension NamedField {
  fileprivate init(_ field: FieldExtraction) {
    guard let path = FieldPath(field.path) else {
      preconditionFailure("BUG: the parser let a field pass")
    }
    self.init(label: Array(field.label.utf8), path: path)
  }
}

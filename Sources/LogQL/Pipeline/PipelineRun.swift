import Patterns
import PromQL
import Telemetry

/// Takes entries through a pipeline, one after the other; the labels of the last one stay.
final class PipelineRun {
  /// The labels of the entry at hand.
  let labels: EntryLabels
  private let pipeline: LogPipeline
  private let finder: LabelFinder
  /// Lines that stages made.
  private let lines = ByteArena()

  init(_ pipeline: LogPipeline, demand: LabelDemand) {
    self.pipeline = pipeline
    labels = EntryLabels(demand: demand)
    finder = LabelFinder(labels: labels)
  }

  /// Whether a line passes the filters that need nothing but its bytes.
  @inline(__always)
  func passesFilters(_ line: UnsafeRawBufferPointer) throws -> Bool {
    for filter in pipeline.filters where try !filter.passes(line) { return false }
    return true
  }

  /// Whether stages are left behind the filters.
  var hasStages: Bool { !pipeline.stages.isEmpty }

  /// Starts an entry: the labels of its stream, then its structured metadata.
  func begin(_ entry: LogEntry, streamLabels: @autoclosure () -> LabelSet) {
    labels.begin(stream: entry.stream, labels: streamLabels())
    lines.truncate(to: 0)
    guard !entry.metadata.isEmpty else { return }
    var scanner = JSONScanner(entry.metadata)
    try? scanner.members { key, value throws(JSONScanner.Mistake) in
      guard value.kind == .string else { return true }
      finder.begin()
      guard let name = JSONText.append(key, to: finder.name), name.count > 0 else { return true }
      var span = name
      if labels.streamHas(finder.name[name]) {
        finder.name.append("_extracted")
        span = finder.name.span(from: 0)
      }
      guard labels.count < LabelFinder.labelLimit else {
        labels.fail(.json, "more than \(LabelFinder.labelLimit) labels in one line")
        return false
      }
      if let text = JSONText.append(value.bytes, to: finder.value) {
        labels.set(finder.name[span], to: finder.value[text], .metadata)
      }
      return true
    }
  }

  /// The line as the stages leave it, valid until the next entry; nil when one drops it.
  func line(of entry: LogEntry) throws -> UnsafeRawBufferPointer? {
    var line = entry.line
    for stage in pipeline.stages {
      switch stage {
      case .line(let matcher):
        guard try matcher.passes(line) else { return nil }
      case .json(let fields):
        if fields.isEmpty {
          JSONStage.extractAll(from: line, to: finder)
        } else {
          JSONStage.extract(fields, from: line, to: finder)
        }
      case .logfmt(let stage): stage.extract(from: line, to: finder)
      case .regexp(let pattern, let names): try match(pattern, names, line)
      case .pattern(let pattern): match(pattern, line)
      case .unpack:
        if let span = JSONStage.unpack(line, to: finder, into: lines) { line = lines[span] }
      case .decolorize:
        if AnsiColours.mayStand(in: line) { line = lines[AnsiColours.strip(line, into: lines)] }
      case .condition(let condition):
        guard condition.passes(labels) else { return nil }
      case .lineFormat(let template): line = format(line, entry, by: template)
      case .labelFormat(let assignments): assign(assignments, line, entry)
      case .drop(let choices): drop(choices)
      case .keep(let choices): keep(choices)
      }
    }
    return line
  }

  // MARK: Parsers

  private func match(
    _ pattern: Pattern, _ names: [[UInt8]?], _ line: UnsafeRawBufferPointer
  ) throws {
    guard !labels.demand.isNothing, let match = try pattern.firstMatch(in: line) else { return }
    for (group, name) in names.enumerated() {
      guard let name else { continue }
      let range = match.groups[group + 1] ?? 0..<0
      set(name, to: UnsafeRawBufferPointer(rebasing: line[range]))
    }
  }

  private func match(_ pattern: CapturePattern, _ line: UnsafeRawBufferPointer) {
    guard !finder.isDone else { return }
    pattern.captures(in: line) { name, value in set(name, to: value) }
  }

  private func set(_ name: [UInt8], to value: UnsafeRawBufferPointer) {
    finder.begin()
    name.withUnsafeBytes { _ = finder.name.append($0) }
    if let span = finder.wantedName() { finder.set(span, to: value) }
    finder.end(.json)
  }

  // MARK: Templates

  private func format(
    _ line: UnsafeRawBufferPointer, _ entry: LogEntry, by template: LineTemplate
  ) -> UnsafeRawBufferPointer {
    do {
      let text = try template.text(labels: labels.all, line: line, nanoseconds: entry.nanoseconds)
      return lines[lines.append(text)]
    } catch {
      labels.fail(.template, error.description)
      return line
    }
  }

  private func assign(
    _ assignments: [LogPipeline.LabelAssignment], _ line: UnsafeRawBufferPointer, _ entry: LogEntry
  ) {
    // All templates of a stage see the labels as they were before the first of them.
    var before: LabelSet?
    for assignment in assignments {
      switch assignment {
      case .rename(let to, let from):
        guard let value = labels.value(of: from).map({ Array($0) }) else { continue }
        labels.remove(from)
        value.withUnsafeBytes { labels.set(to, to: $0) }
      case .template(let to, let template):
        let dot = before ?? labels.all
        before = dot
        do {
          labels.set(
            to, to: try template.text(labels: dot, line: line, nanoseconds: entry.nanoseconds))
        } catch {
          labels.fail(.template, error.description)
        }
      }
    }
  }

  // MARK: Choices

  private static let error = Array("__error__".utf8)
  private static let errorDetails = Array("__error_details__".utf8)

  private func drop(_ choices: [LogPipeline.ChosenLabel]) {
    for choice in choices {
      let value: String
      switch choice.name {
      case Self.error: value = labels.failure?.rawValue ?? ""
      case Self.errorDetails: value = labels.failureDetails
      default: value = choice.matcher == nil ? "" : labels.text(of: choice.name) ?? ""
      }
      guard choice.matcher?.isSatisfied(by: value) ?? true else { continue }
      switch choice.name {
      case Self.error: labels.dropFailure()
      case Self.errorDetails: labels.dropFailureDetails()
      default: labels.remove(choice.name)
      }
    }
  }

  private func keep(_ choices: [LogPipeline.ChosenLabel]) {
    labels.keep { name, value in
      choices.contains { choice in
        choice.name.hasSameBytes(as: name)
          && (choice.matcher?.isSatisfied(by: Bytes.text(value)) ?? true)
      }
    }
  }
}

import Telemetry

/// The labels of the entry at hand, as bytes: those of its stream, its structured metadata, and
/// what parsers found.
///
/// A name stands once. A parsed label hides a stream's own; structured metadata does not.
///
/// - Source: Loki 3, pkg/logql/log/labels.go.
final class EntryLabels {
  /// Where a label came from, the weakest first.
  enum Category: UInt8 {
    case stream, metadata, parsed
  }

  /// A label.
  private struct Slot {
    var name: ByteSpan
    var value: ByteSpan
    var category: Category
  }

  private let arena = ByteArena()
  private var slots: [Slot] = []
  /// The labels of the stream itself, at the front of the arena.
  private var streamSlots: [Slot] = []
  private var streamEnd = 0
  private var stream = -1
  /// What the parsers are to find.
  let demand: LabelDemand
  /// Why a stage failed on the entry, or nil.
  private(set) var failure: StageFailure?
  /// What a stage said when it failed.
  private(set) var failureDetails = ""

  init(demand: LabelDemand) {
    self.demand = demand
  }

  /// Starts an entry of a stream.
  func begin(stream number: Int, labels: @autoclosure () -> LabelSet) {
    if stream != number {
      stream = number
      arena.truncate(to: 0)
      streamSlots = labels().labels.map { label in
        Slot(
          name: arena.append(label.name), value: arena.append(label.value), category: .stream)
      }
      streamEnd = arena.count
    } else {
      arena.truncate(to: streamEnd)
    }
    slots.removeAll(keepingCapacity: true)
    slots.append(contentsOf: streamSlots)
    failure = nil
    failureDetails = ""
  }

  // MARK: Reading

  /// The value of a label, valid until the labels change; nil when there is none.
  func value(of name: [UInt8]) -> UnsafeRawBufferPointer? {
    name.withUnsafeBytes { name in slot(of: name).map { arena[slots[$0].value] } }
  }

  /// The value of a label as a text; nil when there is none.
  func text(of name: [UInt8]) -> String? { value(of: name).map(Bytes.text) }

  /// Whether the stream itself carries a label of this name.
  func streamHas(_ name: UnsafeRawBufferPointer) -> Bool {
    streamSlots.contains { Bytes.areEqual(arena[$0.name], name) }
  }

  /// Whether the structured metadata of the entry has a label of this name.
  func metadataHas(_ name: UnsafeRawBufferPointer) -> Bool {
    slots.contains { $0.category == .metadata && Bytes.areEqual(arena[$0.name], name) }
  }

  /// Whether a parser has found a label of this name.
  func isParsed(_ name: UnsafeRawBufferPointer) -> Bool {
    slots.contains { $0.category == .parsed && Bytes.areEqual(arena[$0.name], name) }
  }

  /// The number of labels.
  var count: Int { slots.count }

  /// The name at `index`, valid until the labels change.
  func name(at index: Int) -> UnsafeRawBufferPointer { arena[slots[index].name] }

  /// The value at `index`, valid until the labels change.
  func value(at index: Int) -> UnsafeRawBufferPointer { arena[slots[index].value] }

  /// Whether parsers may stop, since every label that is wanted has been found.
  var isComplete: Bool {
    switch demand.wanted {
    case .nothing: true
    case .everything: false
    case .names(let names):
      names.allSatisfy { name in name.withUnsafeBytes { isParsed($0) } }
    }
  }

  /// All labels, with `__error__` and `__error_details__` of a failure.
  var all: LabelSet {
    var labels = slots.map { slot in
      Label(name: Bytes.text(arena[slot.name]), value: Bytes.text(arena[slot.value]))
    }
    if let failure { labels.append(Label(name: "__error__", value: failure.rawValue)) }
    if !failureDetails.isEmpty {
      labels.append(Label(name: "__error_details__", value: failureDetails))
    }
    return LabelSet(labels)
  }

  private func slot(of name: UnsafeRawBufferPointer) -> Int? {
    slots.firstIndex { Bytes.areEqual(arena[$0.name], name) }
  }

  // MARK: Changing

  /// Sets a label, unless a stronger one of its name stands.
  func set(
    _ name: UnsafeRawBufferPointer, to value: UnsafeRawBufferPointer, _ category: Category
  ) {
    guard let index = slot(of: name) else {
      let name = arena.append(name)
      slots.append(Slot(name: name, value: arena.append(value), category: category))
      return
    }
    guard slots[index].category.rawValue <= category.rawValue else { return }
    slots[index].value = arena.append(value)
    slots[index].category = category
  }

  /// Sets a label that a stage of the query names.
  func set(_ name: [UInt8], to value: UnsafeRawBufferPointer) {
    name.withUnsafeBytes { set($0, to: value, .parsed) }
  }

  /// Sets a label that a stage of the query names.
  func set(_ name: [UInt8], to value: String) {
    var copy = value
    copy.withUTF8 { set(name, to: UnsafeRawBufferPointer($0)) }
  }

  /// Takes a label away.
  func remove(_ name: [UInt8]) {
    name.withUnsafeBytes { name in
      if let index = slot(of: name) { slots.remove(at: index) }
    }
  }

  /// Takes away the labels that a condition does not keep.
  func keep(where isKept: (_ name: UnsafeRawBufferPointer, _ value: UnsafeRawBufferPointer) -> Bool)
  {
    slots.removeAll { !isKept(arena[$0.name], arena[$0.value]) }
  }

  /// Notes that a stage failed on the entry.
  func fail(_ failure: StageFailure, _ details: String) {
    self.failure = failure
    failureDetails = details
  }

  /// Notes a failure unless there is one.
  func failIfSound(_ failure: StageFailure, _ details: String) {
    if self.failure == nil { fail(failure, details) }
  }

  /// Forgets the failure, as `drop __error__` does.
  func dropFailure() { failure = nil }

  /// Forgets what the failure said.
  func dropFailureDetails() { failureDetails = "" }
}

/// Why a stage failed on an entry; the raw value is that of its `__error__` label.
enum StageFailure: String, Sendable {
  case json = "JSONParserErr"
  case logfmt = "LogfmtParserErr"
  case sample = "SampleExtractionErr"
  case labelFilter = "LabelFilterErr"
  case template = "TemplateFormatErr"
}

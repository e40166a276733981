/// Takes what parsers find to the labels of an entry: names and values are made here.
///
/// A name that the stream or the structured metadata has already gets the suffix `_extracted`; of
/// two fields with one name the first counts.
final class LabelFinder {
  /// The most labels of one entry: names are compared one by one, so that more of them would cost
  /// their square.
  static let labelLimit = 2000

  let labels: EntryLabels
  /// Whether a label was left out because there are too many.
  private(set) var isOverfull = false
  /// The name that is being put together.
  let name = ByteArena(capacity: 256)
  /// The value that is being put together.
  let value = ByteArena()

  init(labels: EntryLabels) {
    self.labels = labels
  }

  /// Starts a stage.
  func begin() {
    name.truncate(to: 0)
    value.truncate(to: 0)
    isOverfull = false
  }

  /// Ends a stage: too many labels are a failure of the entry.
  func end(_ failure: StageFailure) {
    if isOverfull { labels.fail(failure, "more than \(Self.labelLimit) labels in one line") }
  }

  /// Whether the stage needs not look any further.
  var isDone: Bool { isOverfull || labels.isComplete }

  /// The name of a label for the key in `name` from its start; nil when it is not wanted.
  ///
  /// The name stands in `name` until the next change.
  func wantedName(renamesDuplicates: Bool = true) -> ByteSpan? {
    let plain = name.span(from: 0)
    guard plain.count > 0 else { return nil }
    guard labels.count < Self.labelLimit else {
      isOverfull = true
      return nil
    }
    var span = plain
    if renamesDuplicates, labels.streamHas(name[plain]) || labels.metadataHas(name[plain]) {
      name.append("_extracted")
      span = name.span(from: 0)
    }
    guard labels.demand.includes(name[span]), !labels.isParsed(name[span]) else { return nil }
    return span
  }

  /// Sets a label to a plain value, in which U+FFFD becomes a blank.
  func set(_ span: ByteSpan, to bytes: UnsafeRawBufferPointer) {
    labels.set(name[span], to: bytes, .parsed)
  }

  /// Sets a label to a string of a JSON document; a wrong escape makes it empty.
  func set(_ span: ByteSpan, toJSON raw: UnsafeRawBufferPointer) {
    value.truncate(to: 0)
    let text = JSONText.append(raw, to: value) ?? ByteSpan(start: 0, count: 0)
    labels.set(name[span], to: value[text], .parsed)
  }
}

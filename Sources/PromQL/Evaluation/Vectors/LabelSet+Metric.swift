import Canonical
import Telemetry

extension LabelSet {
  /// Whether a label describes the metric rather than the series: its name, type or unit.
  static func isMetadata(_ name: String) -> Bool {
    name.utf8.first == UInt8(ascii: "_")
      && (name.hasSameBytes(as: "__name__") || name.hasSameBytes(as: "__type__")
        || name.hasSameBytes(as: "__unit__"))
  }

  /// The labels without the metric's name, type and unit.
  var withoutMetadata: LabelSet {
    guard labels.contains(where: { Self.isMetadata($0.name) }) else { return self }
    return filter { !Self.isMetadata($0) }
  }

  /// The labels with `name` set to `value`; an empty value removes it.
  func setting(_ name: String, to value: String) -> LabelSet {
    var changed: [Label] = []
    changed.reserveCapacity(labels.count + 1)
    var isPlaced = value.isEmpty
    for label in labels where !label.name.hasSameBytes(as: name) {
      if !isPlaced && name.precedesInBytes(label.name) {
        changed.append(Label(name: name, value: value))
        isPlaced = true
      }
      changed.append(label)
    }
    if !isPlaced { changed.append(Label(name: name, value: value)) }
    return LabelSet(sorted: changed)
  }

  /// The labels that match under `on` or `ignoring`.
  func matching(_ matching: VectorMatching) -> LabelSet {
    filter { matching.keeps($0) }
  }

  /// The labels as Prometheus writes them in errors: `{__name__="up", job="a"}`.
  var written: String {
    "{" + labels.map { "\($0.name)=\(QuotedText.quoted($0.value))" }.joined(separator: ", ") + "}"
  }
}

extension VectorMatching {
  /// Whether a label is compared when series are matched.
  func keeps(_ name: String) -> Bool {
    let isListed = labels.contains { $0.hasSameBytes(as: name) }
    return isOn ? isListed : !isListed && !name.hasSameBytes(as: "__name__")
  }
}

import Telemetry

/// Which labels tell the series of a range aggregation apart.
enum SeriesGrouping: Sendable {
  /// One series without labels.
  case single
  /// These labels, sorted.
  case by([[UInt8]])
  /// All labels but these.
  case without([[UInt8]])

  init(_ grouping: LabelGrouping?, unwrapped label: String?) {
    let names = grouping?.labels.map { Array($0.utf8) } ?? []
    if let grouping, !grouping.isWithout {
      self = names.isEmpty ? .single : .by(Self.sorted(names))
    } else {
      // The label that became the value tells nothing apart.
      self = .without(names + (label.map { [Array($0.utf8)] } ?? []))
    }
  }

  private static func sorted(_ names: [[UInt8]]) -> [[UInt8]] {
    names.sorted { $0.lexicographicallyPrecedes($1) }.reduce(into: []) { kept, name in
      if kept.last != name { kept.append(name) }
    }
  }

  /// Whether a stream's own labels decide, whatever its entries carry.
  func isDecided(by stream: LabelSet) -> Bool {
    switch self {
    case .single: true
    case .by(let names):
      names.allSatisfy { stream[String(decoding: $0, as: UTF8.self)] != nil }
    case .without: false
    }
  }

  /// The labels of the series of an entry.
  func labels(of all: LabelSet) -> LabelSet {
    func names(_ list: [[UInt8]]) -> [String] { list.map { String(decoding: $0, as: UTF8.self) } }
    let kept: LabelSet
    switch self {
    case .single: return .empty
    case .by(let list):
      let names = names(list)
      kept = all.filter { name in names.contains { $0.hasSameBytes(as: name) } }
    case .without(let list):
      let names = names(list)
      kept = all.filter { name in !names.contains { $0.hasSameBytes(as: name) } }
    }
    return LabelSet(kept.labels.filter { !$0.value.isEmpty })
  }
}

/// Puts together the bytes by which a series is found.
final class SeriesKey {
  private let arena = ByteArena(capacity: 1024)
  private var order: [Int] = []

  /// The key of the entry whose labels are at hand, valid until the next call.
  func key(of labels: EntryLabels, _ grouping: SeriesGrouping) -> UnsafeRawBufferPointer {
    arena.truncate(to: 0)
    switch grouping {
    case .single: break
    case .by(let names):
      for name in names { append(labels.value(of: name) ?? Self.nothing) }
    case .without(let names):
      order.removeAll(keepingCapacity: true)
      for index in 0..<labels.count where !labels.value(at: index).isEmpty {
        let name = labels.name(at: index)
        if !names.contains(where: { $0.hasSameBytes(as: name) }) { order.append(index) }
      }
      order.sort { Bytes.precede(labels.name(at: $0), labels.name(at: $1)) }
      for index in order {
        append(labels.name(at: index))
        append(labels.value(at: index))
      }
    }
    // A failure that the query reads makes a series of its own.
    if let failure = labels.failure { arena.append(failure.rawValue) }
    return arena[arena.span(from: 0)]
  }

  private static var nothing: UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(start: nil, count: 0)
  }

  private func append(_ bytes: UnsafeRawBufferPointer) {
    withUnsafeBytes(of: UInt64(bytes.count)) { _ = arena.append($0) }
    arena.append(bytes)
  }
}

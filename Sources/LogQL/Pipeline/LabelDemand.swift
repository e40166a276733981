/// The labels that the rest of a query reads, so that parsers need not find the others.
///
/// - Source: Loki 3, pkg/logql/log/parser_hints.go.
struct LabelDemand: Sendable {
  /// What is wanted.
  enum Wanted: Sendable {
    case nothing
    case names([[UInt8]])
    case everything
  }

  /// What is wanted.
  let wanted: Wanted

  /// All labels, for queries that show them.
  static let everything = LabelDemand(wanted: .everything)

  private init(wanted: Wanted) {
    self.wanted = wanted
  }

  /// What a range aggregation reads.
  ///
  /// - Parameters:
  ///   - names: The labels that stages, conditions and `unwrap` read.
  ///   - grouping: The labels of the result; nil for all of them.
  init(reading names: [String], grouping: LabelGrouping?) {
    guard let grouping, !grouping.isWithout else {
      wanted = .everything
      return
    }
    var required: [[UInt8]] = []
    for name in names + grouping.labels {
      // Whoever reads `a_extracted` needs the parser to look at `a`.
      let plain = name.hasSuffix("_extracted") ? [name, String(name.dropLast(10))] : [name]
      for name in plain where !name.isEmpty && !required.contains(Array(name.utf8)) {
        required.append(Array(name.utf8))
      }
    }
    wanted = required.isEmpty ? .nothing : .names(required)
  }

  /// Whether nothing at all is wanted.
  var isNothing: Bool {
    if case .nothing = wanted { true } else { false }
  }

  /// Whether a label is wanted.
  func includes(_ name: UnsafeRawBufferPointer) -> Bool {
    switch wanted {
    case .nothing: false
    case .everything: true
    case .names(let names): names.contains { $0.hasSameBytes(as: name) }
    }
  }

  /// Whether any label that begins so is wanted.
  func includes(prefix: UnsafeRawBufferPointer) -> Bool {
    switch wanted {
    case .nothing: false
    case .everything: true
    case .names(let names):
      names.contains { name in
        name.count >= prefix.count
          && name.withUnsafeBytes {
            Bytes.areEqual(UnsafeRawBufferPointer(rebasing: $0[..<prefix.count]), prefix)
          }
      }
    }
  }

  /// Whether the query itself looks at failures, which then are no reason to stop.
  var readsFailures: Bool {
    if case .names(let names) = wanted { names.contains(Array("__error__".utf8)) } else { false }
  }
}

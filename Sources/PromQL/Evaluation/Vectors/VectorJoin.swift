import Telemetry

extension VectorAlgebra {
  /// `left op right` between vectors, matched by labels; a set operator too.
  ///
  /// - Throws: `QueryError.execution` in Prometheus's words when series do not match uniquely.
  public func joined(
    _ left: [Column], _ op: BinaryOperator, _ right: [Column], matching: VectorMatching,
    returnsBool: Bool
  ) throws -> [Column] {
    if op.isSet { return try joined(left, op, right, setMatching: matching) }
    var join = VectorJoin(
      self, left: left, op: op, right: right, matching: matching, returnsBool: returnsBool)
    return try merged(join.columns())
  }
}

/// One arithmetic or comparing operation between two vectors.
///
/// One side is `many`, the left one unless `group_right` swaps them; each of its series meets at
/// most one series of the side `one` at a step.
///
/// - Source: Prometheus 3, promql/engine.go, `VectorBinop`.
struct VectorJoin {
  private let algebra: VectorAlgebra
  private let op: BinaryOperator
  private let matching: VectorMatching
  private let returnsBool: Bool
  private let isSwapped: Bool
  private let many: [Column]
  private let one: [Column]
  private let manyGroups: MatchGroups
  private let oneGroups: MatchGroups
  private var uniqueness: MatchUniqueness
  private var results: [Column] = []

  init(
    _ algebra: VectorAlgebra, left: [Column], op: BinaryOperator, right: [Column],
    matching: VectorMatching, returnsBool: Bool
  ) {
    self.algebra = algebra
    self.op = op
    self.matching = matching
    self.returnsBool = returnsBool
    isSwapped = matching.cardinality == .oneToMany
    many = isSwapped ? right : left
    one = isSwapped ? left : right
    var table = SignatureTable()
    let numbers = (many + one).map { table.number(of: $0.labels, matching.keeps) }
    manyGroups = MatchGroups(numbers.prefix(many.count), count: table.count)
    oneGroups = MatchGroups(numbers.suffix(one.count), count: table.count)
    uniqueness = MatchUniqueness(isGrouped: matching.cardinality != .oneToOne)
  }

  /// The results, possibly some with equal labels.
  mutating func columns() throws -> [Column] {
    guard !(many.isEmpty && one.isEmpty) else { return [] }
    try refuseDuplicates()
    try refuseExplosion()
    var partners: [Int: [Column]] = [:]
    for (index, column) in many.enumerated() {
      let group = manyGroups.numbers[index]
      if partners[group] == nil { partners[group] = partnersOfGroup(group) }
      let isAlone = manyGroups.members[group].count == 1
      for partner in partners[group] ?? [] {
        try append(column, partner, group: group, isAlone: isAlone)
      }
      if let filler = filler(for: column, among: partners[group] ?? []) {
        try append(column, filler, group: group, isAlone: isAlone)
      }
    }
    try appendUnmatched()
    return results
  }

  // As in Prometheus, `fill_left` stands for the side of many even where `group_right` puts that
  // on the right.
  private var manyFill: Double? { matching.fill.left }
  private var oneFill: Double? { matching.fill.right }

  /// The series of the side `one` in a group. When none of their labels is taken over, they act as
  /// one series, since at most one of them has a value at a step.
  private func partnersOfGroup(_ group: Int) -> [Column] {
    let partners = oneGroups.members[group].map { one[$0] }
    guard matching.included.isEmpty, var whole = partners.first else { return partners }
    for other in partners.dropFirst() {
      for step in other.values.indices where !other.values[step].isAbsent {
        whole.values[step] = other.values[step]
      }
    }
    return [whole]
  }

  /// What stands in, by `fill`, at the steps where no partner has a value.
  private func filler(for column: Column, among partners: [Column]) -> Column? {
    guard let oneFill else { return nil }
    var isPresent = [Bool](repeating: false, count: algebra.grid.count)
    for partner in partners { ColumnKernel.mark(partner.values, in: &isPresent) }
    return Column(
      labels: column.labels.matching(matching),
      values: isPresent.map { $0 ? .absent : oneFill })
  }

  /// Adds what `fill` gives for series of the side `one` that met no other.
  private mutating func appendUnmatched() throws {
    guard let manyFill else { return }
    for (index, partner) in one.enumerated() {
      let group = oneGroups.numbers[index]
      var isPresent = [Bool](repeating: false, count: algebra.grid.count)
      for member in manyGroups.members[group] {
        ColumnKernel.mark(many[member].values, in: &isPresent)
      }
      let filler = Column(
        labels: partner.labels.matching(matching),
        values: isPresent.map { $0 ? .absent : manyFill })
      try append(filler, partner, group: group, isAlone: true)
    }
  }

  private mutating func append(
    _ column: Column, _ partner: Column, group: Int, isAlone: Bool
  ) throws {
    let labels = resultLabels(column.labels, partner.labels)
    if !isAlone { try uniqueness.note(column, partner, group: group, labels: labels) }
    let left = isSwapped ? partner.values : column.values
    let right = isSwapped ? column.values : partner.values
    let filters = op.isComparison && !returnsBool
    let values =
      filters
      ? ColumnKernel.filtered(left, op, right, keepsRight: false)
      : ColumnKernel.combined(left, op, right)
    guard ColumnKernel.hasAny(values) else { return }
    guard (results.count + 1) * algebra.grid.count <= algebra.limits.samples else {
      throw QueryError.budget(what: "values held at a time", limit: algebra.limits.samples)
    }
    results.append(Column(labels: labels, values: values, dropsName: returnsBool))
  }

  private func resultLabels(_ labels: LabelSet, _ partner: LabelSet) -> LabelSet {
    var result = labels
    if !op.isComparison || returnsBool && !algebra.delaysNameRemoval {
      result = result.withoutMetadata
    }
    if matching.cardinality == .oneToOne {
      result = result.filter { name in
        matching.labels.contains { $0.hasSameBytes(as: name) } == matching.isOn
      }
    }
    for name in matching.included { result = result.setting(name, to: partner[name] ?? "") }
    return result
  }

  /// Refuses two series of the side `one` that stand for one group at a step.
  private func refuseDuplicates() throws {
    guard oneGroups.members.contains(where: { $0.count > 1 }),
      let pair = oneGroups.firstOverlap(of: one, where: comparedSteps)
    else { return }
    let labels = [one[pair.earlier].labels, one[pair.later].labels].sorted()
    throw QueryError.execution(
      "found duplicate series for the match group \(labels[0].matching(matching).written) on the"
        + " \(isSwapped ? "left" : "right") hand-side of the operation: [\(labels[0].written),"
        + " \(labels[1].written)];many-to-many matching not allowed: matching labels must be unique"
        + " on one side")
  }

  /// The steps at which the operation is carried out: not those where the other side is empty.
  private var comparedSteps: [Bool] {
    let isFilled = manyFill != nil || oneFill != nil
    var steps = [Bool](repeating: isFilled, count: algebra.grid.count)
    for column in many { ColumnKernel.mark(column.values, in: &steps) }
    return steps
  }

  /// Refuses to try more pairs of series than a query may read.
  private func refuseExplosion() throws {
    var pairs = 0
    for (many, one) in zip(manyGroups.members, oneGroups.members) {
      pairs += many.count * (matching.included.isEmpty ? 1 : one.count)
    }
    guard pairs <= algebra.limits.visits / algebra.grid.count else {
      throw QueryError.budget(what: "pairs of samples", limit: algebra.limits.visits)
    }
  }
}

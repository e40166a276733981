import Telemetry

/// Who calls whom, as far as the telemetry says so; a fault travels from callee to caller.
struct CallGraph: Sendable {
  /// The calls, sorted, each pair of caller and callee once; the failing ones keep their proof.
  let calls: [Call]

  /// Joins observations of calls in any order; of one pair the best documented failure is kept.
  init(_ observed: [Call]) {
    var calls: [Call] = []
    for call in observed.filter({ $0.caller != $0.callee }).sorted() {
      if let last = calls.last, last.caller == call.caller, last.callee == call.callee { continue }
      calls.append(call)
    }
    self.calls = calls
  }

  /// Calls that `entity` makes.
  func calls(from entity: Entity) -> [Call] { calls.filter { $0.caller == entity } }

  /// Whether `entity` calls others and nothing inside calls it, so that its load is from outside.
  func isEntry(_ entity: Entity) -> Bool {
    !calls(from: entity).isEmpty && calls(to: entity).allSatisfy { $0.caller.kind == .external }
  }

  /// Calls that `entity` receives.
  func calls(to entity: Entity) -> [Call] { calls.filter { $0.callee == entity } }
}

/// One entity that calls another.
struct Call: Hashable, Comparable, Sendable {
  /// Who calls.
  let caller: Entity
  /// Who is called.
  let callee: Entity
  /// What says that the calls fail around the incident, or nil when nothing does.
  let failure: CallFailure?
  /// Where the telemetry says that this call exists.
  let provenance: String

  /// Sorts by caller and callee; among equals those that fail with a finding first.
  static func < (left: Call, right: Call) -> Bool {
    if left.caller != right.caller { return left.caller < right.caller }
    if left.callee != right.callee { return left.callee < right.callee }
    let grades = (left.failure?.grade ?? 2, right.failure?.grade ?? 2)
    if grades.0 != grades.1 { return grades.0 < grades.1 }
    let texts = (left.failure?.text ?? "", right.failure?.text ?? "")
    if !texts.0.hasSameBytes(as: texts.1) { return texts.0.precedesInBytes(texts.1) }
    return left.provenance.precedesInBytes(right.provenance)
  }
}

/// What says that calls fail.
struct CallFailure: Hashable, Sendable {
  /// The finding that counts the failures, or nil when only a line of text says so.
  let finding: String?
  /// The finding's text, or the line.
  let text: String

  /// 0 when failures were counted, 1 when a line mentions them.
  var grade: Int { finding == nil ? 1 : 0 }
}

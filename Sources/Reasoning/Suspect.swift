import Detection
import Policies
import Telemetry

/// An entity that may be at the root of an incident, with what speaks for and against it.
struct Suspect: Sendable {
  /// The service, workload, node or outside party.
  let entity: Entity
  /// Its own findings in the period, in order of start and id.
  let findings: [Finding]
  /// What speaks for it, at most one of a sort, in order of sort.
  var supporting: [Evidence] = []
  /// What speaks against it.
  var contradicting: [Evidence] = []
  /// Who calls it and fails by it, sorted.
  var callers: [Entity] = []
  /// When its own trouble began, hiccups left out when there is worse; nil when it shows none.
  var onset: Onset?

  /// The points for it less the points against it.
  var score: Double {
    supporting.reduce(0) { $0 + $1.points } - contradicting.reduce(0) { $0 + $1.points }
  }

  /// The evidence of one sort, or nil.
  func evidence(_ sort: EvidenceClass) -> Evidence? { supporting.first { $0.sort == sort } }
}

/// One argument for or against a suspect.
///
/// One fact counts once: of each sort an entity gets the strongest finding's points, and the rest
/// is cited without points.
struct Evidence: Hashable, Sendable {
  /// What sort of argument it is.
  let sort: EvidenceClass
  /// How much it weighs; never negative.
  let points: Double
  /// The findings behind it, strongest first.
  let findings: [Finding]
  /// The argument in one sentence.
  let text: String
}

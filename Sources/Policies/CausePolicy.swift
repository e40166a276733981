/// What can cause an incident, how it is recognised and how evidence is weighed.
///
/// The file is `policies/causes.json`. Its causes are a closed list: a report never names another.
public struct CausePolicy: Hashable, Sendable {
  /// The numbers of the ranking.
  public let ranking: RankingPolicy
  /// Words that say what sort of evidence a line is.
  public let wording: EvidenceWording
  /// The causes; of two that fit equally well, the earlier one is named.
  public let causes: [CauseRule]

  /// Makes a policy.
  public init(ranking: RankingPolicy, wording: EvidenceWording, causes: [CauseRule]) {
    self.ranking = ranking
    self.wording = wording
    self.causes = causes
  }

  /// The cause that is named when no rule fits.
  public static let unknownCause = "unknown"

  /// Names that users script against; each must be in the file, which may hold more.
  public static let requiredCauses = [
    "memory-leak-oom", "bad-config", "bad-deploy", "code-exception", "node-not-ready",
    "node-pressure", "connection-exhaustion", "slow-dependency", "dependency-unavailable",
    "external-dependency", "dns-failure", "network-partition", "disk-full",
    "ephemeral-storage-eviction", "volume-failure", "traffic-surge", "cpu-throttling",
    "noisy-neighbour", "certificate-expiry", "authentication-failure", "image-pull-failure",
    "missing-config-object", "init-container-blocked", "probe-misconfiguration", "unschedulable",
    "quota-exceeded", "message-backlog", "slow-burn-errors", "clock-skew", "control-plane",
    unknownCause,
  ]
}

/// The sorts of evidence for or against an entity, from the most to the least telling.
public enum EvidenceClass: String, Hashable, Sendable, CaseIterable {
  /// It stopped working itself: killed, crash loop, image not pulled, node not ready.
  case failure
  /// One of its own limits was reached.
  case saturation
  /// Its callers say that their calls to it fail.
  case callers
  /// It was changed shortly before it failed.
  case change
  /// Requests to it, or its own log lines, fail.
  case error
  /// One of its measurements is unlike its history.
  case anomaly
}

/// Words that decide what sort of evidence a finding is, whatever detector it came from.
///
/// Terms are matched anywhere in the text, without regard to the case of ASCII letters.
public struct EvidenceWording: Hashable, Sendable {
  /// Terms of lines that report a failure of the very entity that wrote them.
  public let failure: [String]
  /// Terms of lines that report that an own limit is reached.
  public let saturation: [String]
  /// Terms of lines that only say that something else does not answer; never more than an error.
  public let symptom: [String]

  /// Makes a wording.
  public init(failure: [String], saturation: [String], symptom: [String]) {
    self.failure = failure
    self.saturation = saturation
    self.symptom = symptom
  }
}

/// One cause and how it is recognised.
public struct CauseRule: Hashable, Sendable {
  /// The name used in reports, such as `memory-leak-oom`.
  public let name: String
  /// The name for people, such as `memory leak, killed at the limit`.
  public let title: String
  /// What it is and why the rule is as it is, in one or two sentences.
  public let description: String
  /// Every one of these must match; a cause without any is never concluded from evidence.
  public let requires: [CauseSignature]
  /// Each that matches makes the cause more fitting.
  public let supports: [CauseSignature]
  /// Sources that would hold evidence for or against it.
  public let expects: [EvidenceSource]
  /// Read-only checks, best first.
  public let checks: [CauseCheck]
  /// What would speak against it, in one sentence.
  public let refutedBy: String

  /// Makes a rule.
  public init(
    name: String, title: String, description: String, requires: [CauseSignature],
    supports: [CauseSignature], expects: [EvidenceSource], checks: [CauseCheck], refutedBy: String
  ) {
    self.name = name
    self.title = title
    self.description = description
    self.requires = requires
    self.supports = supports
    self.expects = expects
    self.checks = checks
    self.refutedBy = refutedBy
  }
}

/// Evidence of given sorts whose text holds one of the given terms.
public struct CauseSignature: Hashable, Sendable {
  /// Sorts of evidence to look in; any sort when empty.
  public let evidence: [EvidenceClass]
  /// Terms of which one must occur, without regard to ASCII case; any text when empty.
  public let terms: [String]
  /// How much a match makes the cause fit, in points.
  public let points: Double

  /// Makes a signature.
  public init(evidence: [EvidenceClass], terms: [String], points: Double) {
    self.evidence = evidence
    self.terms = terms
    self.points = points
  }
}

/// Data that a bundle may or may not hold.
public enum EvidenceSource: String, Hashable, Sendable, CaseIterable {
  /// Request counters of the service.
  case requests
  /// Memory use of the service's containers.
  case containerMemory = "container-memory"
  /// CPU throttling of the service's containers.
  case cpuThrottling = "cpu-throttling"
  /// Log lines of the service.
  case logs
  /// Pod objects of the service.
  case pods
  /// Kubernetes events.
  case events
  /// Node objects or node conditions.
  case nodes
  /// Deployments and ReplicaSets, which say what was rolled out.
  case rollouts
  /// ConfigMaps, which say what was configured.
  case configuration
}

/// A read-only check for a person to run.
public struct CauseCheck: Hashable, Sendable {
  /// The command, with `{namespace}`, `{pod}`, `{service}`, `{deployment}` and `{node}` for names
  /// and `BUNDLE` for the bundle's file.
  public let command: String
  /// What its answer would tell.
  public let tells: String

  /// Makes a check.
  public init(command: String, tells: String) {
    self.command = command
    self.tells = tells
  }

  /// The beginnings of commands that change nothing; a check must have one of them.
  public static let readOnlyCommands = [
    "oncall-analyze report ", "oncall-analyze score ", "oncall-analyze timeline ",
    "oncall-analyze inspect ", "kubectl get ", "kubectl describe ", "kubectl logs ",
    "kubectl top ", "kubectl events ", "kubectl rollout history ",
  ]
}

import BundleStore
import Policies
import Reporting

/// Why a command ends without a result. The only place where causes meet exit codes and words.
public enum AnalysisFailure: Error, Hashable, Sendable {
  /// A flag has a value that this bundle does not allow.
  case badPlan(reason: String)
  /// The policies have mistakes.
  case badPolicies(PolicyError)
  /// A query cannot be answered.
  case badQuery(QueryComplaint)
  /// The bundle cannot be read.
  case unreadable(path: String, reason: String)
  /// The bundle was refused for safety.
  case refused(path: String, reason: String)
  /// The output cannot be written; nothing was.
  case outputRefused(path: String, reason: String)

  /// What opening or reading the bundle at `path` threw, as a failure.
  init(_ error: any Error, bundlePath path: String) {
    guard let error = error as? BundleError else {
      self = .unreadable(path: path, reason: "\(error)")
      return
    }
    self =
      error.severity == .refused
      ? .refused(path: path, reason: "\(error)") : .unreadable(path: path, reason: "\(error)")
  }

  /// The exit code that scripts see.
  public var exitCode: ExitCode {
    switch self {
    case .badPlan, .badPolicies, .badQuery, .outputRefused: .usage
    case .unreadable: .unreadable
    case .refused: .refused
    }
  }
}

extension AnalysisFailure: CustomStringConvertible {
  /// One sentence without control characters: what, where, what to do next. Only mistakes in
  /// policies take a line each, and under a query stands the place of its mistake.
  public var description: String {
    switch self {
    case .badPlan(let reason):
      PlainText.line(reason)
    case .badPolicies(let error):
      error.problems.map { PlainText.line("\($0)") }.joined(separator: "\n")
    case .badQuery(let complaint):
      complaint.lines.joined(separator: "\n")
    case .unreadable(let path, let reason), .refused(let path, let reason):
      PlainText.line(reason.contains(path) ? reason : "\(path): \(reason)", limit: 1024)
    case .outputRefused(let path, let reason):
      PlainText.line("\(path) cannot be written: \(reason); choose another directory with -o")
    }
  }
}

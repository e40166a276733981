import LogQL
import PromQL
import Telemetry

extension LogSelector {
  /// Whether a stage extracts labels from the line, as `| json` does.
  var extractsLabels: Bool {
    stages.contains {
      switch $0.action {
      case .json, .logfmt, .regexp, .pattern, .unpack, .labelFormat: true
      default: false
      }
    }
  }

  /// Whether every line of the selected streams passes.
  var keepsEveryLine: Bool {
    !stages.contains {
      switch $0.action {
      case .lineFilter, .labelFilter: true
      default: false
      }
    }
  }

  /// Whether a stage rewrites the line, so that it is no longer the line that was logged.
  var rewritesLines: Bool { stages.contains(where: \.changesLine) }

  /// Whether the query selects a stream.
  func selects(_ labels: LabelSet) -> Bool { matchers.allSatisfy { $0.isSatisfied(by: labels) } }
}

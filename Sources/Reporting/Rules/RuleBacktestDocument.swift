import Canonical
import Rules
import Telemetry

/// A back-test of rules for scripts; schema `oncall.rules/1`.
public enum RuleBacktestDocument {
  /// One JSON document with every alert, fired or not.
  public static func json(of backtest: RuleBacktest) -> [UInt8] {
    let alerts = backtest.result.alerts
    return JSONText.document(
      .object([
        "schema": .string("oncall.rules/1"),
        "tool": JSONText.tool,
        "bundle": .string(backtest.bundleID),
        "window": JSONText.interval(backtest.window),
        "sources": .array(backtest.sources.map(JSONValue.string)),
        "rules": .number(backtest.ruleCount),
        "alerts": .array(alerts.indices.map { alert(alerts[$0], backtest, at: $0) }),
        "recordedOnly": .array(backtest.comparison?.recordedOnly.map(interval) ?? []),
        "differences": .array(
          backtest.differences.map { difference in
            .object([
              "labels": JSONText.labels(difference.labels),
              "explanation": .string(difference.explanation),
            ])
          }),
        "blindRules": .array(backtest.sight.blindRules.map(JSONValue.string)),
        "failures": .array(backtest.result.failures.map(failure)),
        "notes": .array(backtest.notes.map(JSONValue.string)),
      ]))
  }

  private static func alert(
    _ alert: AlertInstance, _ backtest: RuleBacktest, at index: Int
  ) -> JSONValue {
    .object([
      "name": .string(alert.name),
      "group": .string(alert.group),
      "labels": JSONText.labels(alert.labels),
      "annotations": JSONText.labels(LabelSet(alert.annotations)),
      "pendingAt": .time(alert.pendingAt),
      "firingAt": JSONText.time(alert.firingAt),
      "resolvedAt": JSONText.time(alert.resolvedAt),
      "value": .string(Canonical.text(alert.value)),
      "recorded": recorded(backtest.match(at: index)),
    ])
  }

  /// What the bundle recorded; null when it holds no alerts or the alert never fired.
  private static func recorded(_ match: AlertComparison.Match?) -> JSONValue {
    switch match {
    case nil: .null
    case .agrees(let found): recorded("agrees", found)
    case .differs(let found, _, _): recorded("differs", found)
    case .some(.none): recorded("none", nil)
    case .unknown: recorded("unknown", nil)
    }
  }

  private static func recorded(_ state: String, _ found: FiringInterval?) -> JSONValue {
    .object([
      "state": .string(state), "firingAt": JSONText.time(found?.start),
      "resolvedAt": JSONText.time(found?.end),
    ])
  }

  private static func interval(_ interval: FiringInterval) -> JSONValue {
    .object([
      "labels": JSONText.labels(interval.labels), "firingAt": .time(interval.start),
      "resolvedAt": JSONText.time(interval.end),
    ])
  }

  private static func failure(_ failure: RuleFailure) -> JSONValue {
    .object([
      "group": .string(failure.group), "rule": .string(failure.rule),
      "firstAt": .time(failure.firstAt), "steps": .number(failure.count),
      "message": .string(failure.message),
    ])
  }
}

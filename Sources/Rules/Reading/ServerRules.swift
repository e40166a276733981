import Canonical
import Policies
import PromQL
import Telemetry

/// Reads the body of `/api/v1/rules`: the rules as a server has them loaded.
///
/// The times at which alerts became active are evaluations of their group. Where they are no
/// multiples of the interval from its `lastEvaluation`, the server replayed history and its own
/// clock says nothing: then all groups were evaluated at the alerts' times.
struct ServerRules {
  let file: String

  func groups(in root: PolicyNode) -> [RuleGroup] {
    guard let list = root.member("data")?.member("groups") else { return [] }
    var replayed: Timestamp?
    var groups = list.elements().compactMap { node -> RuleGroup? in
      guard let name = node.member("name")?.text() else { return nil }
      let origin = node.member("file")?.scalar() ?? file
      var group = RuleGroup(
        name: name, file: origin, interval: node.member("interval").flatMap(seconds(in:)),
        rules: node.member("rules")?.elements().compactMap(rule(in:)) ?? [])
      group.limit = Int(node.member("limit")?.number(in: 0...1e9) ?? 0)
      group.evaluatedAt = node.member("lastEvaluation")?.scalar().flatMap(Canonical.timestamp)
      if let last = group.evaluatedAt, last.nanoseconds < 0 { group.evaluatedAt = nil }
      if let active = activation(in: node), !group.wasEvaluated(at: active) {
        replayed = replayed ?? active
      }
      return group
    }
    if let replayed {
      for index in groups.indices { groups[index].evaluatedAt = replayed }
    }
    return groups
  }

  /// When the first alert of a group became active.
  private func activation(in group: PolicyNode) -> Timestamp? {
    for rule in group.member("rules")?.elements() ?? [] {
      for alert in rule.member("alerts").map({ $0.isNull ? [] : $0.elements() }) ?? [] {
        if let time = alert.member("activeAt")?.scalar().flatMap(Canonical.timestamp) {
          return time
        }
      }
    }
    return nil
  }

  private func rule(in node: PolicyNode) -> Rule? {
    guard let name = node.member("name")?.text(), let query = node.member("query"),
      let text = query.text()
    else { return nil }
    do {
      return Rule(
        kind: kind(of: node, name: name), expression: try Expression.parse(text),
        labels: texts(in: node.member("labels")))
    } catch {
      query.fail("cannot be read at \(error)")
      return nil
    }
  }

  private func kind(of node: PolicyNode, name: String) -> Rule.Kind {
    guard node.member("type")?.scalar() == "alerting" else { return .recording(metric: name) }
    return .alerting(
      Rule.Alerting(
        name: name, hold: node.member("duration").flatMap(seconds(in:)) ?? .zero,
        keepFiring: node.member("keepFiringFor").flatMap(seconds(in:)) ?? .zero,
        annotations: texts(in: node.member("annotations"))))
  }

  private func seconds(in node: PolicyNode) -> TimeSpan? {
    guard let seconds = node.number(in: 0...9e9), seconds > 0 else { return nil }
    return TimeSpan(nanoseconds: Int64((seconds * 1000).rounded()) * 1_000_000)
  }

  private func texts(in node: PolicyNode?) -> [Label] {
    guard let node, !node.isNull else { return [] }
    return node.allMembers().compactMap { name, value in
      value.scalar().map { Label(name: name, value: $0) }
    }
  }
}

extension RuleGroup {
  /// Whether an instant is a whole number of intervals from the known evaluation, within a
  /// hundredth of it.
  fileprivate func wasEvaluated(at instant: Timestamp) -> Bool {
    guard let evaluatedAt, let interval, interval > .zero else { return true }
    let step = interval.nanoseconds
    let rest = (evaluatedAt - instant).nanoseconds % step
    let phase = rest < 0 ? rest + step : rest
    return min(phase, step - phase) <= step / 100
  }
}

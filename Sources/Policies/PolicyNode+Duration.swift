import Canonical
import Telemetry

extension PolicyNode {
  /// A positive Prometheus duration such as `5m`.
  public func duration() -> TimeSpan? {
    guard let text = text() else { return nil }
    guard let span = Canonical.span(text), span > .zero else {
      fail("must be a duration such as 90s, 5m or 1h30m, found \(text)")
      return nil
    }
    return span
  }

  /// The member of `members` called `name`; when it is missing, that is a mistake of this mapping.
  public func required(_ name: String, of members: [String: PolicyNode]) -> PolicyNode? {
    if members[name] == nil { fail("has no key \(name)") }
    return members[name]
  }
}

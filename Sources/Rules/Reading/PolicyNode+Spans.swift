import Canonical
import Policies
import Telemetry

extension PolicyNode {
  /// A Prometheus duration such as `5m`; 0 is one too.
  func span() -> TimeSpan? {
    guard let text = scalar() else { return nil }
    if text == "0" { return .zero }
    guard let span = Canonical.span(text) else {
      fail("must be a duration such as 90s, 5m or 1h30m, found \(text)")
      return nil
    }
    return span
  }
}

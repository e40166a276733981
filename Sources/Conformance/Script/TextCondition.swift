import Patterns
import Telemetry

/// How a message must read.
public enum TextCondition: Sendable, CustomStringConvertible {
  /// It may read anyhow.
  case any
  /// `msg:` It reads so.
  case exact(String)
  /// `regex:` An RE2 expression matches anywhere in it.
  case pattern(Pattern)

  /// Whether a message reads as wanted.
  public func isSatisfied(by message: String) -> Bool {
    switch self {
    case .any: true
    case .exact(let text): message.hasSameBytes(as: text)
    case .pattern(let pattern): (try? pattern.matches(message)) ?? false
    }
  }

  /// The condition in words.
  public var description: String {
    switch self {
    case .any: "any text"
    case .exact(let text): "\"\(text)\""
    case .pattern(let pattern): "text matching \(pattern.text)"
    }
  }
}

import Patterns
import Policies

/// A rule with its patterns compiled.
struct CompiledRule: Sendable {
  let id: String
  let finder: Finder
  let only: Pattern?
  let unless: Pattern?
  let check: RedactionRule.Check?
  let scope: RedactionRule.Scope
  let yields: Bool
  /// A pattern that must occur in a text for the rule to run.
  let trigger: String

  enum Finder: Sendable {
    case pattern(Pattern)
    case key(KeyFinder)
    case base64(Pattern)
  }

  struct KeyFinder: Sendable {
    let inText: Pattern
    let alone: Pattern
    /// The groups of the key's own expression, which come before those of the notation.
    let ownGroups: Int
    let except: Pattern?
    let keep: Pattern?
    let value: RedactionRule.Value
  }

  /// Compiles `rule`.
  init(_ rule: RedactionRule) throws(RedactionError) {
    do {
      id = rule.id
      only = try Self.compiled(rule.only)
      unless = try Self.compiled(rule.unless)
      check = rule.check
      scope = rule.scope
      yields = rule.yields
      trigger = Self.trigger(of: rule)
      finder = try Self.finder(rule.finder)
    } catch {
      throw .rule(id: rule.id, cause: error)
    }
  }

  private static func finder(_ finder: RedactionRule.Finder) throws(PatternError) -> Finder {
    switch finder {
    case .pattern(let text): .pattern(try Pattern(text, options: KeyNotation.options))
    case .base64(let text): .base64(try Pattern(text, options: KeyNotation.options))
    case .key(let key, let except, let keep, let value):
      .key(
        KeyFinder(
          inText: try KeyNotation.pattern(ofKey: key),
          alone: try KeyNotation.patternAlone(ofKey: key),
          ownGroups: try Pattern(key, options: KeyNotation.options).groupCount,
          except: try compiled(except), keep: try compiled(keep), value: value))
    }
  }

  private static func compiled(_ text: String?) throws(PatternError) -> Pattern? {
    guard let text else { return nil }
    return try Pattern(text, options: KeyNotation.options)
  }

  private static func trigger(of rule: RedactionRule) -> String {
    let words = rule.keywords.map { word in
      "(?i:\(word.unicodeScalars.map(Self.literal).joined()))"
    }
    let triggers = words + rule.shapes.map { "(?:\($0))" }
    if triggers.isEmpty, case .key(let key, _, _, _) = rule.finder {
      return KeyNotation.trigger(ofKey: key)
    }
    return triggers.joined(separator: "|")
  }

  private static func literal(_ scalar: Unicode.Scalar) -> String {
    let isPlain = scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
    return scalar.isASCII && !isPlain ? "\\\(scalar)" : String(scalar)
  }
}

import Patterns
import Policies

/// Finds the secrets of a text with the rules of a policy.
struct SecretFinder: Sendable {
  let rules: [CompiledRule]
  private let prefilter: PatternSet
  private let harmless: Pattern

  /// Base64 inside base64 is looked into, and no deeper.
  private static let deepestLayer = 2
  /// Room for the automaton of all keywords; what a budget of 8 MiB a pattern would give eight.
  private static let prefilterMemory = 64 << 20

  /// Compiles a policy.
  init(_ policy: RedactionPolicy) throws(RedactionError) {
    var rules: [CompiledRule] = []
    for rule in policy.rules where rule.isEnabled { rules.append(try CompiledRule(rule)) }
    self.rules = rules
    do {
      harmless = try Pattern(policy.harmlessValues, options: KeyNotation.options)
      prefilter = try PatternSet(
        rules.map(\.trigger),
        options: PatternOptions(alphabet: .bytes, memoryLimit: Self.prefilterMemory))
    } catch {
      throw .rule(id: "harmlessValues or keywords", cause: error)
    }
  }

  /// The rules whose keywords occur in `text`: all that need to run on it.
  func candidates(in text: UnsafeRawBufferPointer) throws(RedactionError) -> [Int] {
    do {
      return try prefilter.indices(in: text)
    } catch {
      throw .search(id: "keywords", cause: error)
    }
  }

  private func candidates(inBytes text: [UInt8]) throws(RedactionError) -> [Int] {
    let found = text.withUnsafeBytes { buffer in
      Result { () throws(RedactionError) in try candidates(in: buffer) }
    }
    return try found.get()
  }

  /// The secrets of `text` that `candidates` find where `scope` applies, in order of place.
  func secrets(
    in text: [UInt8], candidates: [Int], scope: RedactionRule.Scope, layer: Int = 0
  ) throws(RedactionError) -> [SecretSpan] {
    let markers = RedactionMarker.ranges(in: text)
    let reader = ValueReader(text)
    var spans: [SecretSpan] = []
    for index in candidates where rules[index].applies(in: scope) {
      let rule = rules[index]
      let ranges: [Range<Int>]
      do {
        switch rule.finder {
        case .pattern(let pattern): ranges = try matches(of: pattern, rule, in: text)
        case .key(let finder): ranges = try values(of: finder, rule, reader, markers)
        case .base64(let pattern):
          ranges = try encoded(by: pattern, in: text, scope: scope, layer: layer)
        }
      } catch let error as PatternError {
        throw .search(id: rule.id, cause: error)
      } catch let error as RedactionError {
        throw error
      } catch {
        preconditionFailure("BUG: \(error)")
      }
      for range in ranges {
        guard let whole = Self.widened(range, over: markers, in: text) else { continue }
        spans.append(SecretSpan(range: whole, rule: index, yields: rule.yields))
      }
    }
    return spans.resolved()
  }

  /// The secret that `value` is when it stands under `key`, or nil.
  func secret(_ value: [UInt8], under key: [UInt8]) throws(RedactionError) -> SecretSpan? {
    let candidates = try self.candidates(inBytes: key + [.equals])
    let markers = RedactionMarker.ranges(in: value)
    for index in candidates {
      let rule = rules[index]
      guard case .key(let finder) = rule.finder, finder.value != .members else { continue }
      do {
        guard try finder.alone.matches(key[...]),
          try !(finder.except?.matches(key[...], anchor: .whole) ?? false)
        else { continue }
        let start = try keptEnd(of: 0..<value.count, finder, in: value)
        guard let range = try accepted(start..<value.count, of: rule, in: value),
          let whole = Self.widened(range, over: markers, in: value)
        else { continue }
        return SecretSpan(range: whole, rule: index, yields: rule.yields)
      } catch {
        throw .search(id: rule.id, cause: error)
      }
    }
    return nil
  }

  // MARK: kinds of rule

  private func matches(
    of pattern: Pattern, _ rule: CompiledRule, in text: [UInt8]
  ) throws(PatternError) -> [Range<Int>] {
    var found: [Range<Int>] = []
    var offset = 0
    while offset <= text.count, let match = try pattern.firstMatch(in: text, from: offset) {
      let secret =
        pattern.groupCount == 0
        ? match.range : match.groups.dropFirst().lazy.compactMap { $0 }.first
      if let secret, let accepted = try accepted(secret, of: rule, in: text) {
        found.append(accepted)
        offset = max(accepted.upperBound, offset + 1)
      } else if let secret, rule.check?.mayStartLater ?? false {
        offset = secret.lowerBound + 1
      } else {
        offset = max(secret?.upperBound ?? match.range.upperBound, offset + 1)
      }
    }
    return found
  }

  private func values(
    of finder: CompiledRule.KeyFinder, _ rule: CompiledRule, _ reader: ValueReader,
    _ markers: [Range<Int>]
  ) throws(PatternError) -> [Range<Int>] {
    let text = reader.bytes
    var found: [Range<Int>] = []
    var offset = 0
    while offset < text.count, let match = try finder.inText.firstMatch(in: text, from: offset) {
      offset = match.range.upperBound
      guard !markers.contains(where: { $0.contains(match.range.lowerBound) }),
        var place = KeyPlace(match, keyGroups: finder.ownGroups, in: text)
      else {
        offset = max(match.range.lowerBound + 1, Self.keyEnd(of: match, in: text))
        continue
      }
      if try finder.except?.matches(text[place.qualifiedName], anchor: .whole) ?? false { continue }
      place.valueStart = try keptEnd(of: place.valueStart..<text.count, finder, in: text)
      for value in finder.ranges(reader, place) {
        let kept = try keptEnd(of: value, finder, in: text)
        guard let accepted = try accepted(kept..<value.upperBound, of: rule, in: text) else {
          continue
        }
        found.append(accepted)
        offset = max(offset, accepted.upperBound)
      }
    }
    return found
  }

  private static func keyEnd(of match: PatternMatch, in text: [UInt8]) -> Int {
    text[match.range].firstIndex { !$0.isKeyCharacter } ?? match.range.upperBound
  }

  private func keptEnd(
    of value: Range<Int>, _ finder: CompiledRule.KeyFinder, in text: [UInt8]
  ) throws(PatternError) -> Int {
    let kept = try finder.keep?.firstMatch(in: text, from: value.lowerBound, anchor: .atStart)
    return min(kept?.range.upperBound ?? value.lowerBound, value.upperBound)
  }

  private func encoded(
    by pattern: Pattern, in text: [UInt8], scope: RedactionRule.Scope, layer: Int
  ) throws -> [Range<Int>] {
    guard layer < Self.deepestLayer else { return [] }
    var found: [Range<Int>] = []
    var offset = 0
    while offset < text.count, let match = try pattern.firstMatch(in: text, from: offset) {
      offset = max(match.range.upperBound, offset + 1)
      guard let decoded = Base64Text.decodedText(text[match.range]) else { continue }
      let candidates = try self.candidates(inBytes: decoded)
      let inner = try secrets(in: decoded, candidates: candidates, scope: scope, layer: layer + 1)
      if !inner.isEmpty { found.append(match.range) }
    }
    return found
  }

  // MARK: what counts

  /// The part of `range` that is a secret of `rule`, or nil.
  func accepted(
    _ range: Range<Int>, of rule: CompiledRule, in text: [UInt8]
  ) throws(PatternError) -> Range<Int>? {
    let value = text[range]
    if value.isEmpty { return nil }
    if try harmless.matches(value, anchor: .whole) { return nil }
    if try !(rule.only?.matches(value, anchor: .whole) ?? true) { return nil }
    if try rule.unless?.matches(value, anchor: .whole) ?? false { return nil }
    guard let check = rule.check else { return range }
    return check.acceptedCount(of: value).map { range.lowerBound..<range.lowerBound + $0 }
  }

  /// `range` with every marker and character that it cuts through; nil when it holds only markers.
  private static func widened(
    _ range: Range<Int>, over markers: [Range<Int>], in text: [UInt8]
  ) -> Range<Int>? {
    var start = range.lowerBound
    var end = range.upperBound
    for marker in markers where marker.overlaps(range) {
      start = min(start, marker.lowerBound)
      end = max(end, marker.upperBound)
    }
    let inside = markers.filter { $0.overlaps(range) }
    let rest = (start..<end).filter { index in !inside.contains { $0.contains(index) } }
    if !inside.isEmpty && !rest.contains(where: { text[$0].isWordy }) { return nil }
    while start > 0 && text[start].isUTF8Continuation { start -= 1 }
    while end < text.count && text[end].isUTF8Continuation { end += 1 }
    return start..<end
  }
}

extension CompiledRule {
  func applies(in scope: RedactionRule.Scope) -> Bool {
    self.scope == .everywhere || self.scope == scope
  }
}

extension CompiledRule.KeyFinder {
  fileprivate func ranges(_ reader: ValueReader, _ place: KeyPlace) -> [Range<Int>] {
    switch value {
    case .whole: reader.values(at: place)
    case .cookies: reader.cookies(at: place)
    case .members: reader.members(at: place)
    }
  }
}

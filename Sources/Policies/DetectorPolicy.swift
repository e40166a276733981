/// The settings of all detectors; `policies/detectors.json`.
public struct DetectorPolicy: Hashable, Sendable {
  private let values: [SettingKey: SettingValue]

  /// Makes a policy; it must hold every key of `keys` in the form that the key states.
  public init(values: [SettingKey: SettingValue]) {
    for key in Self.keys where values[key] == nil {
      preconditionFailure("BUG: no value for \(key.detector).\(key.name)")
    }
    self.values = values
  }

  /// The number of a setting, in the key's unit.
  public func number(_ key: SettingKey) -> Double {
    guard case .number(let number)? = values[key] else { wrongForm(key) }
    return number
  }

  /// The scale of a setting.
  public func scale(_ key: SettingKey) -> Scale {
    guard case .scale(let scale)? = values[key] else { wrongForm(key) }
    return scale
  }

  /// The texts of a setting.
  public func names(_ key: SettingKey) -> [String] {
    guard case .names(let names)? = values[key] else { wrongForm(key) }
    return names
  }

  /// The pairs of texts of a setting.
  public func pairs(_ key: SettingKey) -> [SettingPair] {
    guard case .pairs(let pairs)? = values[key] else { wrongForm(key) }
    return pairs
  }

  private func wrongForm(_ key: SettingKey) -> Never {
    preconditionFailure("BUG: \(key.detector).\(key.name) is read in another form than it has")
  }
}

extension DetectorPolicy {
  static func read(_ root: PolicyNode, defaults: DetectorPolicy?) -> DetectorPolicy? {
    var detectors: [String] = []
    for key in keys where !detectors.contains(key.detector) { detectors.append(key.detector) }
    let sections = root.members(allowed: detectors)
    var values = defaults?.values ?? [:]
    for detector in detectors {
      guard let section = sections[detector] else {
        if defaults == nil { root.fail("has no section \(detector)") }
        continue
      }
      let own = keys.filter { $0.detector == detector }
      let members = section.members(allowed: own.map(\.name))
      for key in own {
        guard let member = members[key.name] else {
          if defaults == nil { section.fail("has no key \(key.name)") }
          continue
        }
        values[key] = member.setting(of: key)
      }
    }
    return keys.allSatisfy { values[$0] != nil } ? DetectorPolicy(values: values) : nil
  }
}

extension PolicyNode {
  /// A setting `{"value": …, "unit": …, "reason": …}`; all three are required, and the unit must be
  /// the key's.
  func setting(of key: SettingKey) -> SettingValue? {
    let members = members(allowed: ["value", "unit", "reason"])
    _ = required("reason", of: members)?.text()
    _ = required("unit", of: members)?.choice(of: [key.unit])
    guard let value = required("value", of: members) else { return nil }
    switch key.form {
    case .number(let range): return value.number(in: range).map(SettingValue.number)
    case .scale: return value.scale().map(SettingValue.scale)
    case .names: return .names(value.texts())
    case .pairs: return .pairs(value.elements().compactMap { $0.pair() })
    case .labelledPairs: return .pairs(value.elements().compactMap { $0.labelledPair() })
    }
  }

  /// Anchors `[[value, strength], …]`, ascending.
  func scale() -> Scale? {
    let anchors = elements().compactMap { element -> Scale.Anchor? in
      let parts = element.elements()
      guard parts.count == 2 else {
        element.fail("must be [value, strength]")
        return nil
      }
      guard let value = parts[0].number(in: 0...1e12), let strength = parts[1].number(in: 0...1)
      else { return nil }
      return Scale.Anchor(value: value, strength: strength)
    }
    let isAscending = zip(anchors, anchors.dropFirst()).allSatisfy {
      $0.value < $1.value && $0.strength <= $1.strength
    }
    guard !anchors.isEmpty, isAscending else {
      fail("must be anchors with ascending values and strengths that never fall")
      return nil
    }
    return Scale(anchors: anchors)
  }

  private func pair() -> SettingPair? {
    let parts = texts()
    guard parts.count == 2 else {
      fail("must be a list of two texts")
      return nil
    }
    return SettingPair(parts[0], parts[1])
  }

  private func labelledPair() -> SettingPair? {
    guard let pair = pair() else { return nil }
    guard pair.second.split(separator: "=", maxSplits: 1).count == 2 else {
      fail("must be a text and label=value, found \(pair.second)")
      return nil
    }
    return pair
  }
}

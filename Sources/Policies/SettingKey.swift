/// Names one setting of one detector, with the unit and range that its file must keep to.
///
/// The settings of all detectors are listed in `DetectorPolicy.keys`; a setting that is not listed
/// there cannot be read, and one that is listed must be in `policies/detectors.json`.
public struct SettingKey: Hashable, Sendable {
  /// The detector's name, such as `memory-limit`.
  public let detector: String
  /// The setting's name, such as `saturated`.
  public let name: String
  /// The unit of its value, as the file states it.
  public let unit: String
  /// What values are allowed.
  public let form: Form

  /// The forms of a setting's value.
  public enum Form: Hashable, Sendable {
    /// A number in a range.
    case number(ClosedRange<Double>)
    /// A list of `[value, strength]` anchors.
    case scale
    /// A list of texts.
    case names
    /// A list of pairs of texts.
    case pairs
    /// A list of pairs of a text and `label=value`.
    case labelledPairs
  }

  init(_ detector: String, _ name: String, unit: String, _ form: Form) {
    self.detector = detector
    self.name = name
    self.unit = unit
    self.form = form
  }
}

/// The value of one setting.
public enum SettingValue: Hashable, Sendable {
  /// A number in the unit of its key.
  case number(Double)
  /// A scale from values in the unit of its key to strengths.
  case scale(Scale)
  /// Texts.
  case names([String])
  /// Pairs of texts.
  case pairs([SettingPair])
}

/// Two texts that belong together, such as a used and a maximal amount.
public struct SettingPair: Hashable, Sendable {
  /// The first text.
  public let first: String
  /// The second text.
  public let second: String

  /// Makes a pair.
  public init(_ first: String, _ second: String) {
    self.first = first
    self.second = second
  }
}

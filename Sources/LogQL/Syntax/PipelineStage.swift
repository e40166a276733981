import PromQL

/// One step of a log pipeline.
public struct PipelineStage: Hashable, Sendable {
  /// What it does.
  public var action: Action
  /// Where it stands.
  public var position: SourceRange

  /// What a stage does.
  public enum Action: Hashable, Sendable {
    /// `|= "text"` and its like: keeps lines by their bytes.
    case lineFilter(LineFilter)
    /// `| json`: labels from a JSON object; all of its fields when none are named.
    case json([FieldExtraction])
    /// `| logfmt`: labels from `key=value` pairs; all of them when none are named.
    case logfmt(fields: [FieldExtraction], isStrict: Bool, keepsEmpty: Bool)
    /// `| regexp "(?P<name>…)"`: labels from named groups.
    case regexp(String)
    /// `| pattern "<name> literal"`: labels from captures.
    case pattern(String)
    /// `| unpack`: labels and the line that Promtail's `pack` stage put into a JSON object.
    case unpack
    /// `| decolorize`: the line without ANSI colours.
    case decolorize
    /// `| label op value`: keeps lines by their labels.
    case labelFilter(LabelCondition)
    /// `| line_format "{{ .label }}"`
    case lineFormat(String)
    /// `| label_format to=from, to="{{ .label }}"`
    case labelFormat([LabelFormat])
    /// `| drop a, b="c"`
    case drop([LabelChoice])
    /// `| keep a, b="c"`
    case keep([LabelChoice])
  }

  /// Whether lines leave this stage changed, so that line filters behind it may not go before it.
  public var changesLine: Bool {
    switch action {
    case .unpack, .decolorize, .lineFormat: true
    default: false
    }
  }
}

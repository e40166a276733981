/// The formats that `oncall-analyze report` writes.
public enum BuiltinFormats {
  /// One format for each file of `Formats/`, in order of their file names.
  public static let all: [any ReportFormat] = [
    AnalysisJSONFormat(), IncidentScoreFormat(), PostmortemFormat(), TimelineCSVFormat(),
  ]
}

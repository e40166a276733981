import Reasoning

/// `report` as one JSON document on standard output: the content of `analysis.json`.
public enum AnalysisDocument {
  /// The document.
  public static func json(of analysis: Analysis) -> [UInt8] {
    AnalysisJSONFormat().bytes(of: analysis)
  }
}

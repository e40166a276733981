/// The program that made a report, as every report names it.
public enum ToolIdentity {
  /// The command's name.
  public static let name = "oncall-analyze"
  /// The version; the same bundle, policies and version give the same bytes.
  public static let version = "0.1.0"
}

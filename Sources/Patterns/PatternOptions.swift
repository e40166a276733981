internal import CRE2

/// How the text of a pattern is read and what its compiled form may cost.
public struct PatternOptions: Hashable, Sendable {
  /// What one character is.
  public enum Alphabet: Hashable, Sendable {
    /// Pattern and text are UTF-8, as in Prometheus and Loki; invalid sequences match nothing.
    case utf8
    /// Pattern and text are bytes, so that every input matches, whatever its encoding.
    case bytes
  }

  /// What one character is.
  public var alphabet: Alphabet
  /// Whether letters match in either case.
  public var isCaseInsensitive: Bool
  /// Whether `.` matches a line feed, as in PromQL and LogQL.
  public var dotMatchesNewline: Bool
  /// Most bytes for the program and the caches of its automata. A pattern that needs more does not
  /// compile; a search that needs more runs slower, still in linear time.
  public var memoryLimit: Int

  /// Makes options; the limit of 8 MiB is RE2's own default.
  public init(
    alphabet: Alphabet = .utf8, isCaseInsensitive: Bool = false, dotMatchesNewline: Bool = false,
    memoryLimit: Int = 8 << 20
  ) {
    self.alphabet = alphabet
    self.isCaseInsensitive = isCaseInsensitive
    self.dotMatchesNewline = dotMatchesNewline
    self.memoryLimit = memoryLimit
  }
}

extension PatternOptions {
  var forRE2: cre2_options {
    cre2_options(
      max_memory_bytes: Int64(memoryLimit), bytes: alphabet == .bytes,
      case_insensitive: isCaseInsensitive, dot_matches_newline: dotMatchesNewline)
  }
}

/// What counts as a secret and how it is recognised; `policies/redaction.json`.
public struct RedactionPolicy: Hashable, Sendable {
  /// A pattern, in RE2 syntax over bytes, of whole values that are never secrets: masks, references
  /// to variables, words such as `null`.
  public let harmlessValues: String
  /// The rules; where two find overlapping values, the earlier one names them.
  public let rules: [RedactionRule]

  /// Makes a policy.
  public init(harmlessValues: String, rules: [RedactionRule]) {
    self.harmlessValues = harmlessValues
    self.rules = rules
  }

  /// The policy that is part of the tool.
  public static func builtIn() -> RedactionPolicy {
    do {
      return try RedactionPolicy(files: .builtIn)
    } catch {
      preconditionFailure("BUG: built-in redaction policy:\n\(error)")
    }
  }

  /// The policy of a directory; the built-in one when the directory has no `redaction.json`.
  ///
  /// - Throws: `PolicyError` with every mistake of the file.
  public static func load(directory: String) throws -> RedactionPolicy {
    let files = try PolicyFiles(directory: directory)
    return files.text(of: fileName) == nil ? builtIn() : try RedactionPolicy(files: files)
  }

  /// Reads `redaction.json` of `files`.
  ///
  /// - Throws: `PolicyError` with every mistake of the file.
  public init(files: PolicyFiles) throws {
    let problems = PolicyProblems(file: Self.fileName)
    let policy = files.text(of: Self.fileName).flatMap {
      PolicyNode(text: $0, problems: problems).flatMap(Self.read)
    }
    guard let policy, problems.found.isEmpty else {
      throw PolicyError(problems: problems.found)
    }
    self = policy
  }

  /// This policy with the rules called `names` on or off; names of no rule are ignored.
  public func enabling(_ names: [String], _ isEnabled: Bool = true) -> RedactionPolicy {
    let rules = rules.map { rule in
      guard names.contains(rule.id) else { return rule }
      var changed = rule
      changed.isEnabled = isEnabled
      return changed
    }
    return RedactionPolicy(harmlessValues: harmlessValues, rules: rules)
  }

  private static let fileName = "redaction.json"
}

/// One kind of secret.
public struct RedactionRule: Hashable, Sendable {
  /// The name in markers, counts and reports: lower-case letters, digits and hyphens.
  public let id: String
  /// What it finds and why so, for people.
  public let description: String
  /// The rule runs only on text that holds one of these, in any case of letters. A rule of a key
  /// needs none: its key says where it may run.
  public let keywords: [String]
  /// Or that matches one of these patterns, for secrets without a fixed word.
  public let shapes: [String]
  /// How the secret is found.
  public let finder: Finder
  /// A pattern of whole values that alone can be secrets of this kind; nil for any value.
  public let only: String?
  /// A pattern of whole values that are no secrets of this kind.
  public let unless: String?
  /// What a value must satisfy besides, or nil.
  public let check: Check?
  /// Where the rule applies.
  public let scope: Scope
  /// Whether a value that overlaps one of another rule is left to that rule.
  public let yields: Bool
  /// Whether the rule is used.
  public var isEnabled: Bool

  /// The ways to find a secret. Patterns are RE2 over bytes.
  public enum Finder: Hashable, Sendable {
    /// The first group that takes part in a match, or the whole match of a pattern without groups.
    /// A match in which no group takes part is no secret: so a pattern says what to pass over.
    case pattern(String)
    /// The value that follows a key in any notation: `key=value`, JSON, escaped JSON, YAML, URL
    /// query, command line. `except` are whole keys that only look like it; `keep` is a start of
    /// the value that stays, such as `Bearer `.
    case key(String, except: String?, keep: String?, value: Value)
    /// Base64 text in which another rule finds a secret once it is decoded.
    case base64(String)
  }

  /// What of a key's value is secret.
  public enum Value: String, Hashable, Sendable, CaseIterable {
    /// All of it.
    case whole
    /// The values of `name=value` pairs between semicolons, but for cookie attributes.
    case cookies
    /// Every value of the object that it is.
    case members
  }

  /// What a value must satisfy to be a secret.
  public enum Check: Hashable, Sendable {
    /// The Luhn digit of ISO/IEC 7812-1, Annex B, and the length of the issuer's card numbers.
    case luhn
    /// The check digits of ISO 13616 and the length of the country's account numbers.
    case iban
    /// Base64 of a user and a password with a colon between (RFC 7617).
    case basicCredentials
    /// At least this many bits a character (Shannon) over at least this many characters.
    case entropy(bitsPerCharacter: Double, minimumLength: Int)
  }

  /// Where a rule applies.
  public enum Scope: String, Hashable, Sendable, CaseIterable {
    /// Log lines, label values and the strings of documents.
    case everywhere
    /// Only log lines and label values.
    case lines
    /// Only documents such as Kubernetes objects.
    case documents
  }
}

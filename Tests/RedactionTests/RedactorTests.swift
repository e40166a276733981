import JSONStream
import Policies
import Redaction
import Telemetry
import Testing

@Suite("A redactor")
struct RedactorTests {
  private let redactor: Redactor

  init() throws {
    redactor = try standardRedactor.get()
  }

  @Test("replaces secrets and keeps what is around them", arguments: Samples.all)
  func replacesSecrets(sample: Sample) throws {
    let result = try redactor.result(sample.text)
    #expect(result.map { String(decoding: $0.bytes, as: UTF8.self) } == sample.redacted)
    #expect(result?.rules == sample.rules)
  }

  @Test("changes nothing in redacted text", arguments: Samples.all)
  func isIdempotent(sample: Sample) throws {
    #expect(try redactor.result(sample.redacted) == nil)
  }

  @Test("leaves alone what only looks like a secret", arguments: Harmless.all)
  func leavesHarmlessText(text: String) throws {
    #expect(try redactor.redacted(text) == text)
  }

  @Test("keeps JSON readable", arguments: Samples.all.filter { $0.text.hasPrefix("{") })
  func keepsJSON(sample: Sample) throws {
    _ = try JSONValue(parsing: Array(sample.text.utf8))
    _ = try JSONValue(parsing: Array(try redactor.redacted(sample.text).utf8))
  }

  @Test("has a sample for every rule that is on")
  func hasSampleForEveryRule() {
    let sampled = Set(Samples.all.flatMap(\.rules))
    #expect(redactor.rules.filter { !sampled.contains($0) } == [])
  }

  @Test("finds secrets by byte range, and none after redaction")
  func findsSecrets() throws {
    let text = Array("é password=hunter2 x".utf8)
    let findings = try text.withUnsafeBytes { try redactor.findings(in: $0) }
    #expect(findings == [RedactionFinding(rule: "password", range: 12..<19)])
    let redacted = try #require(try text.withUnsafeBytes { try redactor.redaction(of: $0) })
    let left = try redacted.bytes.withUnsafeBytes { try redactor.findings(in: $0) }
    #expect(left == [])
  }

  @Test("is not led astray by a marker that somebody else wrote")
  func redactsBesideForeignMarker() throws {
    #expect(
      try redactor.redacted("password=[redacted:password]hunter2")
        == "password=[redacted:password]")
    #expect(try redactor.redacted("password=[redacted:x]") == "password=[redacted:x]")
  }

  @Test("redacts text that is not UTF-8 to the end of the secret")
  func redactsInvalidUTF8() throws {
    let text: [UInt8] = Array("password=hunt".utf8) + [0xFF, 0xC3] + Array("er2 x".utf8)
    let redacted = try text.withUnsafeBytes { try redactor.redaction(of: $0) }
    #expect(redacted?.bytes == Array("password=[redacted:password] x".utf8))
  }

  @Test("uses the name of a label")
  func usesName() throws {
    let named = try redactor.redaction(of: "hunter2ea", under: "smtp_password")
    #expect(named?.bytes == Array("[redacted:password]".utf8))
    #expect(try redactor.redaction(of: "hunter2ea", under: "pod") == nil)
    let mail = try redactor.redaction(of: "to bob@example.com", under: "msg")
    #expect(mail?.bytes == Array("to [redacted:email]".utf8))
  }

  @Test("leaves addresses of machines unless told otherwise")
  func redactsAddressesOnRequest() throws {
    let policy = RedactionPolicy.builtIn().enabling(["ipv4-address", "ipv6-address"])
    let strict = try Redactor(policy: policy)
    let text = "from 185.176.241.7:80 to fe80::1ff:fe23:4567:890a at 10:20:30"
    #expect(try redactor.redacted(text) == text)
    #expect(
      try strict.redacted(text)
        == "from [redacted:ipv4-address]:80 to [redacted:ipv6-address] at 10:20:30")
  }

  @Test("answers the same on several threads")
  func isSafeOnSeveralThreads() async throws {
    let redactor = redactor
    let expected = Samples.all.map(\.redacted)
    let results = await withTaskGroup(of: [String].self) { group in
      for _ in 0..<4 {
        group.addTask { Samples.all.map { (try? redactor.redacted($0.text)) ?? "failed" } }
      }
      return await group.reduce(into: []) { $0.append($1) }
    }
    #expect(results.allSatisfy { $0 == expected })
  }

  @Test("refuses a rule that does not compile, by its id")
  func refusesInvalidRule() throws {
    let text = """
      {"harmlessValues": {"pattern": "x", "reason": "r"}, "rules": [
        {"id": "broken", "description": "d", "keywords": ["a"], "pattern": "(a"}]}
      """
    let policy = try RedactionPolicy(files: PolicyFiles([("redaction.json", text)]))
    #expect {
      try Redactor(policy: policy)
    } throws: { error in
      "\(error)".contains("rule broken") && "\(error)".contains("missing )")
    }
  }
}

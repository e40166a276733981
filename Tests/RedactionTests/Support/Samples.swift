import Testing

/// A text, what redaction makes of it, and the rules that did it.
struct Sample: Sendable, CustomTestStringConvertible {
  let rules: [String]
  let text: String
  let redacted: String

  init(_ rules: String..., text: String, redacted: String) {
    self.rules = rules
    self.text = text
    self.redacted = redacted
  }

  var testDescription: String { text }
}

/// At least one sample for every rule; secrets are made up, in the form that their issuers document.
enum Samples {
  static let all = formats + keys + numbers + persons

  private static let hex32 = "0f4c1d2e3b5a69788796a5b4c3d2e1f0"
  private static let hex40 = "0f4c1d2e3b5a69788796a5b4c3d2e1f00f4c1d2e"
  private static let alnum24 = "aB3dE5gH7jK9mN1pQ2rS4tU6"
  private static let alnum40 = "aB3dE5gH7jK9mN1pQ2rS4tU6vW8xY0zA1bC3dE5f"
  private static let jwt = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ1LTEifQ.3cSn2NICvYN34qQa36L0K95equ"

  /// Secrets known by their own form.
  static let formats: [Sample] = [
    Sample(
      "private-key",
      text: #"{"msg":"key -----BEGIN PRIVATE KEY-----\nMIIEvQIBADAN\n-----END PRIVATE KEY-----"}"#,
      redacted:
        #"{"msg":"key -----BEGIN PRIVATE KEY-----\n[redacted:private-key]\n-----END PRIVATE KEY-----"}"#
    ),
    Sample(
      "private-key",
      text: "-----BEGIN EC PRIVATE KEY-----\nMHcCAQEEIAbc\ndef=\n-----END EC PRIVATE KEY-----\n",
      redacted:
        "-----BEGIN EC PRIVATE KEY-----\n[redacted:private-key]\n-----END EC PRIVATE KEY-----\n"),
    Sample(
      "private-key",
      text: #"{"msg":"cut -----BEGIN RSA PRIVATE KEY-----\nMIIEow","level":"warn"}"#,
      redacted:
        #"{"msg":"cut -----BEGIN RSA PRIVATE KEY-----\n[redacted:private-key]","level":"warn"}"#),
    Sample(
      "private-key-body", text: "got MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSj",
      redacted: "got [redacted:private-key-body]"),
    Sample(
      "private-key-line",
      text: "x4dGq1Yw8Zr0Vt5Lk2Jh7Fs3Dp6Nc9Bm+/Qe1Wa4Er8Ty2Ui5Op0As3Df6Gh9JkL",
      redacted: "[redacted:private-key-line]"),
    Sample("jwt", text: "t=\(jwt), x", redacted: "t=[redacted:jwt], x"),
    Sample(
      "jwt", text: #"time=1 level=debug msg="auth" authorization="Bearer \#(jwt)""#,
      redacted: #"time=1 level=debug msg="auth" authorization="Bearer [redacted:jwt]""#),
    Sample(
      "aws-access-key-id", "aws-secret-key",
      text: "AKIAZ34OGWMY54DEDPB4:\(alnum40)",
      redacted: "[redacted:aws-access-key-id]:[redacted:aws-secret-key]"),
    Sample(
      "github-token", text: "url=https://x-access-token:ghp_\(alnum40)@git.example/p.git",
      redacted: "url=https://x-access-token:[redacted:github-token]@git.example/p.git"),
    Sample(
      "gitlab-token", text: "pull with glpat-\(alnum24)",
      redacted: "pull with [redacted:gitlab-token]"),
    Sample(
      "slack-token", text: "(xoxb-123456789012-\(alnum24))", redacted: "([redacted:slack-token])"),
    Sample(
      "webhook-url", text: "POST https://hooks.slack.com/services/T0000/B0000/\(alnum24) 200",
      redacted: "POST https://hooks.slack.com/services/[redacted:webhook-url] 200"),
    Sample(
      "google-credential", text: "GET /maps?key=AIza\(alnum40)&v=3",
      redacted: "GET /maps?key=[redacted:google-credential]&v=3"),
    Sample("payment-token", text: "sk_live_\(alnum24)", redacted: "[redacted:payment-token]"),
    Sample("package-token", text: "npm_\(alnum40)", redacted: "[redacted:package-token]"),
    Sample("ai-token", text: "sk-proj-\(alnum40)", redacted: "[redacted:ai-token]"),
    Sample("cloud-token", text: "hvs.\(alnum24)", redacted: "[redacted:cloud-token]"),
    Sample(
      "observability-token", text: "NRAK-ABCDEFGHIJ0123456789ABCDEFG",
      redacted: "[redacted:observability-token]"),
    Sample(
      "messaging-token", text: "SG.\(alnum24).\(alnum40)", redacted: "[redacted:messaging-token]"),
    Sample("saas-token", text: "lin_api_\(alnum40)", redacted: "[redacted:saas-token]"),
    Sample(
      "basic-credentials", text: "sent Basic dXNlcjpodW50ZXIy ok",
      redacted: "sent Basic [redacted:basic-credentials] ok"),
    Sample(
      "bearer-token", text: "curl -H 'X: bearer \(alnum24)'",
      redacted: "curl -H 'X: bearer [redacted:bearer-token]'"),
    Sample(
      "digest-response", text: #"Digest username="b", response="\#(hex32)", qop=auth"#,
      redacted: #"Digest username="b", response="[redacted:digest-response]", qop=auth"#),
    Sample(
      "url-credentials", text: "retrying postgresql://shop:S3cr3t-5a3@postgres:5432/shop?ssl=off",
      redacted: "retrying postgresql://shop:[redacted:url-credentials]@postgres:5432/shop?ssl=off"),
    Sample(
      "url-credentials", text: "redis://:p4ss/w0rd@cache:6379/0",
      redacted: "redis://:[redacted:url-credentials]@cache:6379/0"),
    Sample(
      "url-credentials", text: "dsn=shop:hunter2@tcp(db:3306)/shop",
      redacted: "dsn=shop:[redacted:url-credentials]@tcp(db:3306)/shop"),
    Sample(
      "url-token", text: "dsn https://\(hex32)@o1.ingest.example/2",
      redacted: "dsn https://[redacted:url-token]@o1.ingest.example/2"),
    Sample(
      "password-hash", text: "bob:$2y$10$abcdefghijklmnopqrstuv1234567890ABCDEFGHIJKLMNOPQRSTU",
      redacted: "bob:[redacted:password-hash]"),
    Sample(
      "encoded-secret",
      // {"auths":{"r.io":{"auth":"dTpw","password":"hunter2"}}}
      text: "cfg eyJhdXRocyI6eyJyLmlvIjp7ImF1dGgiOiJkVHB3IiwicGFzc3dvcmQiOiJodW50ZXIyIn19fQ== x",
      redacted: "cfg [redacted:encoded-secret] x"),
  ]

  /// Secrets known by what stands before them.
  static let keys: [Sample] = [
    Sample(
      "authorization", text: #"map[Accept:[*/*] Authorization:[Token \#(hex40)] Host:[x]]"#,
      redacted: "map[Accept:[*/*] Authorization:[Token [redacted:authorization]] Host:[x]]"),
    Sample(
      "cookie", "cookie",
      text: "Cookie: JSESSIONID=\(hex32); theme=d4rk",
      redacted: "Cookie: JSESSIONID=[redacted:cookie]; theme=[redacted:cookie]"),
    Sample(
      "cookie", text: #"{"set-cookie":["sid=\#(hex40); Path=/; HttpOnly"]}"#,
      redacted: #"{"set-cookie":["sid=[redacted:cookie]; Path=/; HttpOnly"]}"#),
    Sample(
      "session-id", text: "user=7 session=\(hex32) ok",
      redacted: "user=7 session=[redacted:session-id] ok"),
    Sample(
      "kubernetes-secret", "kubernetes-secret",
      text: #"audit {"kind":"Secret","data":{"user":"YQ==","tls":"Yg=="},"type":"Opaque"}"#,
      redacted:
        #"audit {"kind":"Secret","data":{"user":"[redacted:kubernetes-secret]","tls":"[redacted:kubernetes-secret]"},"type":"Opaque"}"#
    ),
    Sample(
      "last-applied-configuration",
      text: #"{"kubectl.kubernetes.io/last-applied-configuration":"{\"spec\":{\"a\":1}}\n","b":2}"#,
      redacted:
        #"{"kubectl.kubernetes.io/last-applied-configuration":"[redacted:last-applied-configuration]","b":2}"#
    ),
    Sample(
      "password", text: #"{"user":"noreply","password":"hunter2ea6eaa"}"#,
      redacted: #"{"user":"noreply","password":"[redacted:password]"}"#),
    Sample(
      "command-line-password", text: "exec mysql -u root -phunter2 -h db",
      redacted: "exec mysql -u root -p[redacted:command-line-password] -h db"),
    Sample(
      "api-key", text: "x-api-key: \(alnum24)", redacted: "x-api-key: [redacted:api-key]"),
    Sample(
      "client-secret", text: "client_secret=\(alnum24)&grant_type=x",
      redacted: "client_secret=[redacted:client-secret]&grant_type=x"),
    Sample(
      "token", text: "?refresh_token=\(alnum24)&x=1",
      redacted: "?refresh_token=[redacted:token]&x=1"),
    Sample(
      "credential", text: "authorization:\n  credentials: abc123def456\n",
      redacted: "authorization:\n  credentials: [redacted:credential]\n"),
    Sample(
      "signature", text: "GET /b?se=1&sig=\(alnum40)%3D&sp=r",
      redacted: "GET /b?se=1&sig=[redacted:signature]&sp=r"),
    Sample(
      "oauth-code", text: "GET /cb?code=4/0AX4XfWh\(alnum24)&state=1",
      redacted: "GET /cb?code=[redacted:oauth-code]&state=1"),
    Sample(
      "registry-auth", text: #"{"auth":"dTpw"}"#, redacted: #"{"auth":"[redacted:registry-auth]"}"#),
    Sample("one-time-code", text: "otp=482913 ok", redacted: "otp=[redacted:one-time-code] ok"),
    Sample(
      "stated-secret", text: "your password is hunter2",
      redacted: "your password is [redacted:stated-secret]"),
    Sample(
      "jwk", text: #"{"kty":"RSA","n":"abc","d":"\#(alnum40)"}"#,
      redacted: #"{"kty":"RSA","n":"abc","d":"[redacted:jwk]"}"#),
    Sample(
      "high-entropy-value", text: "key=\(alnum24)", redacted: "key=[redacted:high-entropy-value]"),
  ]

  /// Numbers of cards and accounts.
  static let numbers: [Sample] = [
    // 4111 1111 1111 1111 and its like are the test numbers that card schemes publish.
    Sample(
      "card-number", text: "AVS mismatch for card 4111 1111 1111 1111 holder=ANA",
      redacted: "AVS mismatch for card [redacted:card-number] holder=ANA"),
    Sample(
      "card-number", text: "charged 5500-0055-5555-5559 123 EUR",
      redacted: "charged [redacted:card-number] 123 EUR"),
    Sample(
      "card-number", text: "at 2026 4111 1111 1111 1111",
      redacted: "at 2026 [redacted:card-number]"),
    Sample(
      "card-number", text: "amex 340000000000009.", redacted: "amex [redacted:card-number]."),
    Sample(
      "card-number-field", "card-security-code",
      text: #"request body {"pan":4111763755779825,"exp":"11/29","cvc":"837"}"#,
      redacted:
        #"request body {"pan":"[redacted:card-number-field]","exp":"11/29","cvc":"[redacted:card-security-code]"}"#
    ),
    // The example of ISO 13616's registry for Germany and the United Kingdom.
    Sample(
      "iban", text: "refund to iban=DE89370400440532013000 queued",
      redacted: "refund to iban=[redacted:iban] queued"),
    Sample(
      "iban", text: "to GB29 NWBK 6016 1331 9268 19 EUR 100",
      redacted: "to [redacted:iban] EUR 100"),
  ]

  /// What tells who somebody is.
  static let persons: [Sample] = [
    Sample(
      "email", text: #"{"msg":"sent","email":"bob.silva8+x@mail.example.org"}"#,
      redacted: #"{"msg":"sent","email":"[redacted:email]"}"#),
    Sample("email", text: "rcpt to=<jürgen@example.de>", redacted: "rcpt to=<[redacted:email]>"),
    Sample(
      "phone-number", text: "sms to +1 (415) 555-2671 failed",
      redacted: "sms to [redacted:phone-number] failed"),
    Sample(
      "phone-number", text: "phone: 0170 1234567", redacted: "phone: [redacted:phone-number]"),
    Sample("national-id", text: "ssn=123-45-6789", redacted: "ssn=[redacted:national-id]"),
  ]
}

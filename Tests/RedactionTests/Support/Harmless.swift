/// Texts that only look as if they held a secret; redaction must leave them alone.
enum Harmless {
  static let identifiers = [
    #"{"trace_id":"6512d1e42beae672f2566012f661b90f","span_id":"6512d1e42beae672"}"#,
    "request 550e8400-e29b-41d4-a716-446655440000 order_id=ord_5636e4ace1fc",
    "image repo/app@sha256:6443aa0c5e5b7d3f5b5f1f7b9d9c0c2c1e2f3a4b5c6d7e8f9a0b1c2d3e4f5a6b",
    "pod payments-7f6mk5r9gb-4n66r on revision-hash 7f6mk5r9gb, resourceVersion=123456789",
    "commit 9fceb02d0ae598e95dc970b74767f19372d61af8",
    #""checksum/secret":"9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08""#,
    "Established session 0x14ede63a5a70000, sessionid:0x14ede63a5a70000",
    "lease payments-6b7f_4f1a2b3c-dead-beef-cafe-0123456789ab",
    "SHA256:nThbg6kXUpJWGl7E1IGOCspRomTxdCARLviKw6E5SY8",
    "LeaseRenewer:msrabi@msra-sa-41:9000",
  ]

  static let numbers = [
    #"{"ts":1795386816572195328,"duration":4111111111111111,"size":4500000000000006}"#,
    #"{"order_id":"4111111111111111"} latency_ns=4111111111111111"#,
    "id 4111111111111112", "blk_4111111111111111", "0x4111111111111111",
    "2026-11-22 10:00:00 GMT+1000 (AEST)", "2026-11-22T10:00:00+05:30", "delta +1234567 bytes",
    "AA00 BB11 CC22", "sum 2026 1122 1010 1010", #"{"amount":4111111111111111.00}"#,
  ]

  static let kubernetes = [
    "Error: couldn't find key password in Secret shop/db-credentials",
    #"MountVolume.SetUp failed for volume "db-password" : secret "db-credentials" not found"#,
    "secretKeyRef: {name: db, key: password}", "secretName: db-credentials",
    "imagePullSecrets: [{name: regcred}]", "automountServiceAccountToken: true",
    "DB_PASSWORD: <set to the key 'password' in secret 'db'>  Optional: false",
    "caBundle: LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tCk1JSURCVENDQWUyZ0F3SUJBZ0lJ",
    "-----BEGIN CERTIFICATE----- MIIDBTCCAe2gAwIBAgIIabc -----END CERTIFICATE-----",
    #"{"key":"node.kubernetes.io/not-ready","operator":"Exists"}"#,
    "volume=default-token-x7k2p secret=default-token-x7k2p", "tokenExpirationSeconds: 3607",
  ]

  static let prose = [
    #"FATAL: password authentication failed for user "shop""#,
    "Failed password for invalid user admin from 10.0.0.1 port 22 ssh2",
    "invalid token: signature is invalid", "Unexpected token < in JSON at position 0",
    "error getting token: connection refused", "token expired", "Bearer token is missing",
    #"WWW-Authenticate: Bearer realm="https://auth.x/token",service="r.x""#,
    "Basic authentication required", "authorization: RBAC", "tests pass: 12 fail: 3",
    "prompt_tokens=120 max_tokens: 4096", "nextPageToken=CiAKGjBpNDd2Nmp2Zml2cXRw",
    "password is 8 characters long", "std::token::parse failed", "checkout/token.go:308",
    "key=orders-topic-3 partition=4", "bypass=1 compass: north monkey: business",
    "password=${DB_PASSWORD} token=$TOKEN secret={{ .Values.x }}", "password: ******",
    #""password":"[REDACTED]","token":null"#, "PWD=/home/app OLDPWD=/tmp",
    "password_file: /etc/prometheus/pw", "exit code: 137 status_code=500",
  ]

  static let addresses = [
    "git@github.com:org/repo.git", "getty@tty1.service", "lodash@4.17.21", "logo@2x.png",
    "http://host:8080/path?email=a@b", "http://[::1]:8080/x@y", "https://shop.example.com/a?b=c",
    "client 10.42.2.24:3000 from 185.176.241.7",
  ]

  static let all = identifiers + numbers + kubernetes + prose + addresses
}

import Testing

@testable import Reasoning

@Suite("Parties that text mentions")
struct PeerMentionTests {
  @Test(
    "are read from the forms that clients and proxies write",
    arguments: [
      ("dial tcp 10.43.7.21:8080: connect: connection refused", ["10.43.7.21:8080+"]),
      ("Unable to connect to cache/<unresolved>:6379", ["cache:6379+"]),
      (#"level=warn msg="slow dial" took=57ms addr=cache:6379"#, ["cache:6379"]),
      (
        #"{"level":"error","msg":"upstream request failed","upstream":"till","status":503}"#,
        ["request", "till"]
      ),
      ("slow response from upstream till", ["till"]),
      (
        #"upstream: "http://10.42.1.22:3000/", host: "shop.example.com""#,
        ["10.42.1.22:3000", "shop.example.com"]
      ),
      (#"Get "https://pay.example.com/v1?x=1": net/http: timeout"#, ["pay.example.com+"]),
      ("lookup cache.town on 10.43.0.10:53: no such host", ["cache.town+"]),
      ("postgres://user@db:5432/orders refused", ["db:5432"]),
      ("at Arrays.java:3537", ["Arrays.java:3537"]),
      ("2026-11-22 21:30:00 all well", []),
      ("took 12:30 to connect to the moon", []),
    ])
  func forms(text: String, expected: [String]) {
    let found = PeerMention.mentions(in: text).map { mention in
      mention.host + (mention.port.map { ":\($0)" } ?? "") + (mention.isConnection ? "+" : "")
    }
    #expect(found == expected)
  }

  @Test(
    "inside addresses are told from outside ones",
    arguments: [
      ("10.1.2.3", true), ("172.16.0.1", true), ("172.32.0.1", false), ("192.168.1.1", true),
      ("127.0.0.1", true), ("localhost", true), ("52.1.2.3", false), ("pay.example.com", false),
    ])
  func inside(host: String, expected: Bool) {
    let mention = PeerMention(host: host, port: nil, isConnection: true)
    #expect(mention.isInternalAddress == expected)
  }
}

import Telemetry
import Testing

@testable import LogPatterns

@Suite struct TemplateTests {
  @Test(arguments: [
    ("took 12 of 1,000 steps", "took <*> of <*> steps"),
    ("request 550e8400-e29b-41d4-a716-446655440000 done", "request <*> done"),
    ("at 0x7ffd3a and deadbeefcafe", "at <*> and <*>"),
    (
      "dial tcp 10.43.112.9:6379: connect: connection refused",
      "dial tcp <*>: connect: connection refused"
    ),
    ("GET https://shop.example.com/cart?id=7 took 1.5s", "GET <*> took <*>"),
    ("opened /var/lib/data and C:\\temp\\x.log", "opened <*> and <*>"),
    ("free 5.2 KB of 18 MiB", "free <*> of <*>"),
    ("took 350ms, then 2 seconds", "took <*>, then <*> seconds"),
    ("pod payments-6lzqj9d5n9-9rs9t and kube-proxy-xkcdz", "pod <*> and <*>"),
    ("mail to ops@example.org failed", "mail to <*> failed"),
    ("violates constraint \"orders_idem_key\"", "violates constraint <*>"),
    ("uid=0 ruser= rhost=1.2.3.4", "uid=<*> ruser=<*> rhost=<*>"),
    ("enabled=true cache: null", "enabled=<*> cache: <*>"),
    ("nodes 1, 2, 3 and 10.0.0.1 10.0.0.2", "nodes <*> and <*>"),
    ("connection at Fri Jun 17 05:04:03 2005", "connection at <*>"),
    ("proxy.example.org:5070 closed", "<*> closed"),
    ("code = Unavailable", "code = Unavailable"),
    ("psycopg2.pool.PoolError: pool exhausted", "psycopg2.pool.PoolError: pool exhausted"),
    (
      "msg=\"redis: dial failed\" err=\"no route\" op=HSET",
      "msg=\"redis: dial failed\" err=\"no route\" op=HSET"
    ),
    (
      "10.0.0.1 - - [22/Nov/2026:19:56:40 +0000] \"GET /x HTTP/1.1\" 200 7 \"-\" \"curl/8.0 (x)\"",
      "\"GET <*>\" <*>"
    ),
    (
      #"{"level":"warn","ts":1.5,"msg":"rates stale for 5 s","age_s":303}"#, "rates stale for <*> s"
    ),
    (
      #"{"message":"no \"x\"","error":"dial tcp: timeout","k":{"msg":"inner"}}"#,
      "no <*> error=dial tcp: timeout"
    ),
    (#"{"log":"ready\n","stream":"stdout"}"#, "ready"),
    ("\u{1B}[31mERROR\u{1B}[0m disk full", "disk full"),
    ("2026-11-22T20:54:18.764Z stdout F level=info msg=ready", "msg=ready"),
    ("a\0b c\u{1}d", "a b c d"),
    ("DHCPDISCOVER from 00:11:43:e3:ba:c3 via eth1", "DHCPDISCOVER from <*> via <*>"),
    ("bound to ff:f2:9f:16:e6:8c now", "bound to <*> now"),
    ("fans ( 3552 **** 3375 )", "fans ( <*> )"),
    ("lock=1, ws=WorkSource{10113}, uid=7", "lock=<*>, ws=<*>, uid=<*>"),
    ("lock=1, ws=null, uid=7", "lock=<*>, ws=<*>, uid=<*>"),
    ("", "(blank)"),
  ])
  func `values are masked and the text stays`(line: String, template: String) {
    #expect(templates(of: [line]) == [template])
  }

  @Test func `a position with many words varies and one with two does not`() {
    let users = ["anna", "ben", "carla", "dora"].map { "session opened for user \($0)" }
    let states = ["job started on time", "job stopped on time"]
    #expect(
      templates(of: users + states) == [
        "session opened for user <*>", "job started on time", "job stopped on time",
      ])
  }

  @Test func `a numbered name that never changes is text`() {
    let lines = (0..<10).map { "HikariPool-1 - waited \($0) ms" }
    #expect(templates(of: lines) == ["HikariPool-1 - waited <*> ms"])
    #expect(templates(of: lines + ["HikariPool-2 - waited 1 ms"]) == ["<*> - waited <*> ms"])
  }

  @Test func `variables keep examples and how many there were`() {
    let mined = mined((0..<5).map { "took \($0) ms" } + ["took 0 ms"])
    let variable = mined.patterns[0].variables[0]
    #expect(variable.cardinality == 5)
    #expect(variable.isExact)
    #expect(variable.examples.count == 3)
  }

  @Test func `many values are estimated`() {
    let variable = mined((0..<10_000).map { "took \($0) ms" }).patterns[0].variables[0]
    #expect(!variable.isExact)
    #expect((5_000...20_000).contains(variable.cardinality))
  }

  @Test func `the id is the beginning of the digest of the template`() {
    // printf 'ready' | sha256sum
    #expect(mined(["ready"]).patterns[0].id == "b24d6d33736ecd56")
  }
}

/// The templates of lines, most frequent first.
func templates(of lines: [String]) -> [String] {
  mined(lines).patterns.map(\.template)
}

/// The patterns of lines, each an event at its index.
func mined(_ lines: [String], limits: MiningLimits = .standard) -> MinedPatterns {
  let miner = PatternMiner(limits: limits)
  for (index, line) in lines.enumerated() { miner.add(line, at: index) }
  return MinedPatterns(of: miner.counts)
}

extension PatternMiner {
  func add(_ line: String, at time: Int, stream: Int32 = 0) {
    Array(line.utf8).withUnsafeBytes {
      add($0, LineFacts(time: Int64(time)), stream: stream)
    }
  }
}

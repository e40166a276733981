import Telemetry
import Testing

@testable import LogPatterns

@Suite struct LineLevelTests {
  private func bytes<Value>(_ text: String, _ body: (UnsafeRawBufferPointer) -> Value) -> Value {
    Array(text.utf8).withUnsafeBytes(body)
  }

  @Test(arguments: [
    (#"{"level":"error","ts":1}"#, LogLevel.error),
    (#"{"ts": 1, "severity": "WARNING", "msg": "level"}"#, .warning),
    (#"{"level":50,"time":1795377030031,"msg":"x"}"#, .error),
    (#"{"level":30,"msg":"x"}"#, .info),
    (#"{"msg":"\"level\" is error"}"#, .unknown),
    ("time=2026-11-22T19:50:45Z level=debug msg=ok", .debug),
    (#"ts=1 lvl="warn" msg=x"#, .warning),
    ("sublevel=error msg=x", .unknown),
    ("E1122 19:50:13.681529    1377 helpers.go:847] failed", .error),
    (#"W1122 19:50:13.681529 1 x.go:1] "Failed" err="error""#, .warning),
    ("2026-11-22 19:49:57,968 ERROR [catalog.views] x", .error),
    ("2026-11-22 20:02:17.255 ERROR 1 --- [webhook-2] c.s.p.W : x", .error),
    ("2026-11-22 21:46:10.192  INFO 1 --- [exec-34] c.C : ERROR seen", .info),
    ("2026-11-22 19:53:11.661 UTC [294] ERROR:  duplicate key", .error),
    ("2026-11-22 21:12:45.200 UTC [11] FATAL:  remaining connection slots", .fatal),
    ("2026-11-22 19:50:19.534 UTC [27] LOG:  checkpoint complete", .info),
    ("2026/11/22 19:51:32 [error] 31#31: *308080 upstream", .error),
    ("2026/11/22 19:51:32 [crit] 31#31: x", .fatal),
    ("[INFO] 10.42.3.47:40659 - 12687 \"A IN redis\" NOERROR", .info),
    ("1:C 22 Nov 2026 21:29:50.701 # WARNING Memory overcommit", .warning),
    ("error: cannot open file", .error),
    ("no errors were found", .unknown),
    ("the Error handler is installed", .unknown),
    ("Traceback (most recent call last):", .error),
    ("panic: runtime error: index out of range", .fatal),
    ("kernel: Memory cgroup out of memory: Killed process 602245 (java)", .error),
    (#"1.2.3.4 - - [22/Nov/2026:22:20:17 +0000] "GET / HTTP/2.0" 503 87 "-""#, .error),
    (#"1.2.3.4 - - [22/Nov/2026:22:20:17 +0000] "GET / HTTP/1.1" 200 87 "-""#, .info),
    ("", .unknown), ("   ", .unknown), ("{", .unknown), ("E", .unknown), ("level=", .unknown),
    (#"{"level":"#, .unknown), (#"{"level":""#, .unknown), (#"GET HTTP/1.1""#, .unknown),
  ])
  func aLineStatesItsLevel(line: String, level: LogLevel) {
    #expect(bytes(line) { LineLevel.level(of: $0) } == level)
  }

  // Metadata, line, level of the stream's labels.
  @Test(arguments: [
    (#"{"level":"warn"}"#, "ERROR x", LogLevel.unknown, LogLevel.warning),
    (#"{"detected_level":"error"}"#, "W1122 19:50:13.6 1 x] failed", .unknown, .warning),
    (#"{"detected_level":"error"}"#, "free text", .unknown, .error),
    (#"{"detected_level":"unknown"}"#, "free text", .info, .info),
    ("", "free text", .error, .error),
  ])
  func whatTheApplicationSaysGoesBeforeWhatTheStoreGuessed(
    metadata: String, line: String, stream: LogLevel, level: LogLevel
  ) {
    let found = bytes(line) { line in
      bytes(metadata) { LineLevel.level(of: line, metadata: $0, stream: stream) }
    }
    #expect(found == level)
  }
}

import Telemetry
import Testing

@testable import LogPatterns

/// The lines are written after the formats of the programs named; the texts by hand.
@Suite struct LineHeaderTests {
  @Test(arguments: [
    // Android
    (
      "03-17 16:13:38.811  1702  2395 D WindowManager: printFreezing wtoken = null",
      "printFreezing wtoken = null", LogLevel.debug
    ),
    // Blue Gene
    (
      "- 1117838570 2005.06.03 R02-M1-N0-C:J12-U11 2005-06-03-15.42.50.675872 R02-M1-N0-C:J12-U11 RAS KERNEL INFO instruction cache parity error corrected",
      "instruction cache parity error corrected", .info
    ),
    // a cluster's event log with Unix times
    (
      "134681 node-246 unix.hw state_change.unavailable 1077804742 1 Component State Change: down",
      "Component State Change: down", .unknown
    ),
    (
      "2568643 node-70 action start 1074119817 1 clusterAddMember (command 1902)",
      "clusterAddMember (command 1902)", .unknown
    ),
    // fields between bars
    (
      "20171223-22:15:29:606|Step_LSC|30002312|onStandStepChanged 3579", "onStandStepChanged 3579",
      .unknown
    ),
    // macOS
    (
      "Jul  1 09:00:55 calvisitor-10-105-160-95 kernel[0]: AirPort: Link Down on awdl0",
      "AirPort: Link Down on awdl0", .unknown
    ),
    ("Jul  1 09:00:55 host Microsoft Word[14463]: Disabled", "Disabled", .unknown),
    // OpenStack
    (
      "nova-api.log.1.2017-05-16_13:53:08 2017-05-16 00:00:00.008 25746 INFO nova.osapi_compute.wsgi.server [req-38101a0b 113d3a99 54fadb41 - - -] 10.11.10.1 \"GET /v2 HTTP/1.1\" status: 200",
      "10.11.10.1 \"GET /v2 HTTP/1.1\" status: 200", .info
    ),
    // a proxy client
    (
      "[10.30 16:49:06] chrome.exe - proxy.example.org:5070 open through proxy",
      "proxy.example.org:5070 open through proxy", .unknown
    ),
    (
      "[10.30 16:49:06] a.exe *64 - proxy.example.org:5070 error", "proxy.example.org:5070 error",
      .unknown
    ),
    // Spark
    (
      "17/06/09 20:10:40 INFO executor.CoarseGrainedExecutorBackend: Registered signal handlers",
      "Registered signal handlers", .info
    ),
    // a cluster with syslog behind its own times
    (
      "- 1131566461 2005.11.09 dn228 Nov 9 12:01:01 dn228/dn228 crond(pam_unix)[2915]: session closed",
      "session closed", .unknown
    ),
    // Windows servicing
    (
      "2016-09-28 04:30:30, Info                  CBS    Loaded Servicing Stack v6.1",
      "Loaded Servicing Stack v6.1", .info
    ),
    // log4j with the place in the source
    (
      "2015-07-29 17:41:44,747 - INFO  [QuorumPeer[myid=1]/0:0:0:0:0:0:0:0:2181:FastLeaderElection@774] - Notification: time out",
      "Notification: time out", .info
    ),
    (
      "2015-10-18 18:01:47,978 INFO [main] org.apache.hadoop.MRAppMaster: Executing with tokens:",
      "Executing with tokens:", .info
    ),
    // Spring Boot
    (
      "2026-11-22 19:49:46.388  INFO 1 --- [nio-8080-exec-12] c.s.payments.ChargeController            : charged order",
      "charged order", .info
    ),
    (
      "2026-11-22 21:22:43.284 ERROR 1 --- [exec-20] o.a.c.c.C.[.[.[/].[dispatcherServlet]    : no",
      "no", .error
    ),
    ("20171224-0:7:20:444|Step_LSC|30002312|flush sensor data", "flush sensor data", .unknown),
    (
      "2026-11-22 22:52:54.209 UTC [1] LOG:  duration: 7 ms", "duration: 7 ms", .info
    ),
    // PostgreSQL
    (
      "2026-11-22 22:52:54.209 UTC [1166] ERROR:  duplicate key value", "duplicate key value",
      .error
    ),
    // nginx
    (
      "2026/11/22 19:56:32 [error] 31#31: *624569 upstream prematurely closed",
      "*624569 upstream prematurely closed", .error
    ),
    // Redis
    (
      "1:M 22 Nov 2026 19:56:40.059 * Background saving started", "Background saving started",
      .unknown
    ),
    // klog
    (
      "E1122 21:20:00.164158    1377 pod_workers.go:1324] \"Error syncing pod\"",
      "\"Error syncing pod\"", .error
    ),
    // the kernel through syslog's short form
    (
      "kernel: Memory cgroup out of memory: Killed process 1",
      "kernel: Memory cgroup out of memory: Killed process 1", .unknown
    ),
    // Python
    ("2026-11-22 19:56:47,306 DEBUG [catalog.views] \"GET /healthz\"", "\"GET /healthz\"", .debug),
    ("2026-11-22 19:56:47,306 root - ERROR - disk is full", "disk is full", .error),
    // logfmt
    (
      "time=2026-11-22T21:30:00.076Z level=error msg=\"redis: dial failed\"",
      "msg=\"redis: dial failed\"", .error
    ),
    // an error's name is text
    (
      "2026-11-22 19:56:47 ERROR psycopg2.pool.PoolError: exhausted",
      "psycopg2.pool.PoolError: exhausted", .error
    ),
    // no header
    ("Backup started at 12:00:01 and ended", "Backup started at 12:00:01 and ended", .unknown),
    ("Error while reading", "Error while reading", .unknown),
    ("", "", .unknown),
  ])
  func `a header ends where the text begins`(line: String, text: String, level: LogLevel) {
    Array(line.utf8).withUnsafeBytes { bytes in
      let header = LineHeader(bytes)
      #expect(String(decoding: bytes[header.end...], as: UTF8.self) == text)
      #expect(header.level == level)
    }
  }
}

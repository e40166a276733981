import Foundation
import Glibc

/// A real Prometheus over blocks that `promtool` made, on a loopback port of its own; it ends with
/// this value.
final class PrometheusServer {
  /// The port it listens on.
  let port: UInt16
  /// What `prometheus --version` says.
  let version: String
  private let process: Process

  /// Whether this machine has `prometheus` and `promtool`.
  static var isInstalled: Bool {
    ["prometheus", "promtool"].allSatisfy { program in
      (try? ChildProcess(arguments: [program, "--version"]).run().exitStatus) == 0
    }
  }

  /// Starts a server over the samples of an OpenMetrics file.
  ///
  /// - Parameters:
  ///   - folder: Where blocks and logs go.
  ///   - lookback: Its `--query.lookback-delta`, such as `5m`.
  init(samples: String, folder: String, lookback: String) throws {
    let data = "\(folder)/tsdb"
    try ChildProcess(
      arguments: ["promtool", "tsdb", "create-blocks-from", "-q", "openmetrics", samples, data]
    ).runOrThrow()
    let configuration = "\(folder)/prometheus.yml"
    try Data("global: {}\n".utf8).write(to: URL(fileURLWithPath: configuration))
    port = try Self.freePort()
    version = try Self.statedVersion()
    process = Self.found("prometheus")
    process.arguments? += [
      "--config.file=\(configuration)", "--storage.tsdb.path=\(data)",
      "--storage.tsdb.retention.time=100y", "--web.listen-address=127.0.0.1:\(port)",
      "--query.lookback-delta=\(lookback)", "--log.level=error",
    ]
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    try waitUntilReady()
  }

  deinit { stop() }

  /// Ends the server.
  func stop() {
    guard process.isRunning else { return }
    process.terminate()
    process.waitUntilExit()
  }

  private func waitUntilReady() throws {
    for _ in 0..<300 {
      if let connection = try? LoopbackConnection(port: port),
        (try? connection.get("/-/ready").status) == 200
      {
        return
      }
      guard process.isRunning else { break }
      usleep(100_000)
    }
    throw BenchError.cannotStart("prometheus", reason: "it does not become ready")
  }

  /// A program that is found by PATH, without arguments of its own yet.
  private static func found(_ program: String) -> Process {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [program]
    return process
  }

  private static func statedVersion() throws -> String {
    let process = found("prometheus")
    process.arguments? += ["--version"]
    let output = Pipe()
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    let text = String(
      decoding: try output.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
    process.waitUntilExit()
    let words = text.split(separator: " ")
    return words.count > 2 ? String(words[2]) : "?"
  }

  /// A port that nothing listens on now.
  private static func freePort() throws -> UInt16 {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(descriptor) }
    var address = sockaddr_in.loopback(port: 0)
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isBound = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, length) == 0 && getsockname(descriptor, $0, &length) == 0
      }
    }
    guard isBound else { throw BenchError.cannotStart("prometheus", reason: "no free port") }
    return UInt16(bigEndian: address.sin_port)
  }
}

extension sockaddr_in {
  /// 127.0.0.1 and a port.
  static func loopback(port: UInt16) -> sockaddr_in {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    return address
  }
}

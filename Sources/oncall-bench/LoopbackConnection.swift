import Glibc

/// One kept-alive HTTP/1.1 connection to this machine.
final class LoopbackConnection {
  private let descriptor: Int32
  private var buffer = [UInt8](repeating: 0, count: 1 << 18)
  private var next = 0
  private var end = 0

  /// An answer.
  struct Response {
    var status: Int
    var body: [UInt8]
  }

  /// Connects to 127.0.0.1.
  init(port: UInt16) throws {
    descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in.loopback(port: port)
    let code = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard code == 0 else { throw Self.failure() }
  }

  deinit { close(descriptor) }

  /// Asks for `path` and reads the whole answer.
  func get(_ path: String) throws -> Response {
    var request = Array(
      "GET \(path) HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: application/json\r\n\r\n".utf8)
    while !request.isEmpty {
      let sent = send(descriptor, request, request.count, Int32(MSG_NOSIGNAL))
      guard sent > 0 else { throw Self.failure() }
      request.removeFirst(sent)
    }
    let status = try line().split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
    var length: Int?
    var isChunked = false
    while true {
      let header = try line().lowercased()
      if header.isEmpty { break }
      if header.hasPrefix("content-length:") {
        length = Int(header.dropFirst(15).drop { $0 == " " })
      }
      if header.hasPrefix("transfer-encoding:"), header.hasSuffix("chunked") { isChunked = true }
    }
    var body: [UInt8] = []
    if isChunked {
      while let size = Int(try line(), radix: 16), size > 0 {
        try append(size, to: &body)
        _ = try line()
      }
      _ = try line()
    } else {
      try append(length ?? 0, to: &body)
    }
    return Response(status: status, body: body)
  }

  private func append(_ count: Int, to body: inout [UInt8]) throws {
    var rest = count
    while rest > 0 {
      if next == end { try fill() }
      let part = min(rest, end - next)
      body.append(contentsOf: buffer[next..<next + part])
      next += part
      rest -= part
    }
  }

  /// A line without its end.
  private func line() throws -> String {
    var bytes: [UInt8] = []
    while true {
      if next == end { try fill() }
      let byte = buffer[next]
      next += 1
      if byte == UInt8(ascii: "\n") { break }
      if byte != UInt8(ascii: "\r") { bytes.append(byte) }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private func fill() throws {
    let count = recv(descriptor, &buffer, buffer.count, 0)
    guard count > 0 else { throw Self.failure() }
    (next, end) = (0, count)
  }

  private static func failure() -> BenchError {
    .cannotStart("a request over loopback", reason: String(cString: strerror(errno)))
  }
}

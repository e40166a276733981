import Foundation

/// A bundle made from a small export that is written out here, and damaged copies of it.
struct SmallBundle {
  let folder: TemporaryFolder
  /// The name of the whole bundle inside the folder.
  let name = "small.incident.tar.gz"

  init() throws {
    folder = try TemporaryFolder()
    let export = folder.url.appendingPathComponent("export/prometheus")
    try FileManager.default.createDirectory(at: export, withIntermediateDirectories: true)
    try Self.matrix.write(
      to: export.appendingPathComponent("requests.json"), atomically: true, encoding: .utf8)
    try Self.queries.write(
      to: folder.url.appendingPathComponent("export/queries.json"), atomically: true,
      encoding: .utf8)
    let capture = try Tool.capture.run(["files", "export", "-o", name], in: folder)
    guard [0, 10].contains(capture.status) else { throw NotMade(reason: capture.complaint) }
    try FileManager.default.removeItem(at: folder.url.appendingPathComponent("export"))
  }

  struct NotMade: Error {
    var reason: String
  }

  /// The bundle's bytes.
  var bytes: [UInt8] {
    get throws { [UInt8](try Data(contentsOf: folder.url.appendingPathComponent(name))) }
  }

  /// Replaces the bundle by other bytes.
  func replace(by bytes: [UInt8]) throws {
    try Data(bytes).write(to: folder.url.appendingPathComponent(name))
  }

  /// Twenty minutes of a request counter at 15 s.
  private static var matrix: String {
    let values = (0...80).map { "[\(1_780_000_000 + $0 * 15),\"\($0 * 30)\"]" }
    return """
      {"status":"success","data":{"resultType":"matrix","result":[{"metric":\
      {"__name__":"http_requests_total","service":"shop","code":"200"},\
      "values":[\(values.joined(separator: ","))]}]}}
      """
  }

  private static let queries = """
    {"prometheus/requests.json":{"api":"/api/v1/query_range","query":"http_requests_total",\
    "start":1780000000,"end":1780001200,"step":15}}
    """
}

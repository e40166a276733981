import Canonical
import JSONStream
import Telemetry

/// Reads one file of an export and tells its kind from its content.
public enum BodyReader {
  /// Reads `file`; whatever it holds becomes an answer, damage included.
  public static func answer(_ file: ExportFile) -> ExportAnswer {
    switch file.content {
    case .skipped(let reason, let losesEvidence):
      return ExportAnswer(
        tree: file.tree, place: file.path, bytes: 0, digest: ContentDigest(of: reason),
        content: .skipped(reason, losesEvidence: losesEvidence), body: nil)
    case .bytes(let bytes):
      var hasher = ContentHasher()
      bytes.withUnsafeBytes { hasher.update($0) }
      let (content, body) = content(of: bytes)
      return ExportAnswer(
        tree: file.tree, place: file.path, bytes: bytes.count, digest: hasher.finish(),
        content: content, body: body)
    }
  }

  private static func content(of bytes: [UInt8]) -> (ExportAnswer.Content, ExportBody?) {
    let start = firstVisibleByte(of: bytes)
    let isJSON = start.map { bytes[$0] == UInt8(ascii: "{") || bytes[$0] == UInt8(ascii: "[") }
    guard let start, isJSON == true else { return (.text(PlainText(bytes)), nil) }
    if JSONLines.areLines(bytes, from: start) { return JSONLines.content(of: bytes) }
    if bytes[start] == UInt8(ascii: "["), let log = PlainLogReader.table(of: bytes) {
      return (.text(.log(log)), nil)
    }
    let document = document(bytes)
    // A single line of JSON can be a log that is only beginning.
    if document.1?.kind == .unrecognisedJSON, !bytes[start...].dropLast().contains(10),
      let log = PlainLogReader.table(of: bytes)
    {
      return (.text(.log(log)), nil)
    }
    return document
  }

  /// Reads one JSON document.
  static func document(_ bytes: [UInt8]) -> (ExportAnswer.Content, ExportBody?) {
    var sink = BodySink()
    do {
      let body = try ExportReader(MemorySource(bytes)).read(into: &sink)
      return (content(of: body, sink), body)
    } catch {
      return (.malformed("\(error)"), nil)
    }
  }

  private static func content(of body: ExportBody, _ sink: BodySink) -> ExportAnswer.Content {
    switch body.kind {
    case .prometheusMatrix, .prometheusVector, .prometheusScalar:
      return .samples(sink.samples)
    case .lokiStreams, .logcliLines:
      var logs = sink.logs
      logs.hasIndexLabelsOnly = body.hasCategorisedLabels
      return .logs(logs)
    case .kubernetesList, .kubernetesObject:
      return .objects(sink.objects, sink.events)
    case .kubernetesTable where !(sink.objects.isEmpty && sink.events.isEmpty):
      return .objects(sink.objects, sink.events)
    default:
      return .document(body.document ?? .null)
    }
  }

  /// The index of the first byte that is neither space nor part of a byte order mark.
  private static func firstVisibleByte(of bytes: [UInt8]) -> Int? {
    let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    return bytes[start...].firstIndex { $0 != 32 && !(9...13).contains($0) }
  }
}

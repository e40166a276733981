import Telemetry

/// Prometheus's hash of a label set, by which `limit_ratio` chooses.
///
/// - Source: prometheus/model/labels/labels_stringlabels.go, `Hash`: XXH64 with seed 0 over names
///   and values, each after its length.
enum LabelHash {
  /// The hash as a share of the greatest, in 0…1.
  static func share(of labels: LabelSet) -> Double {
    Double(XXH64.hash(bytes(of: labels))) / Double(UInt64.max)
  }

  private static func bytes(of labels: LabelSet) -> [UInt8] {
    var bytes: [UInt8] = []
    for label in labels.labels {
      append(label.name, to: &bytes)
      append(label.value, to: &bytes)
    }
    return bytes
  }

  private static func append(_ text: String, to bytes: inout [UInt8]) {
    let count = text.utf8.count
    if count < 255 {
      bytes.append(UInt8(count))
    } else {
      bytes.append(255)
      for shift in [0, 8, 16] { bytes.append(UInt8(truncatingIfNeeded: count >> shift)) }
    }
    bytes.append(contentsOf: text.utf8)
  }
}

import Telemetry

/// The labels of a plain log file.
enum FileLabels {
  /// `filename`, and `namespace`, `pod` and `container` when the path ends as support bundles and
  /// node directories name container logs: `<namespace>/<pod>/<container>.log`.
  ///
  /// A pod's name is told by its dash: `logs/app/server.log` names no pod.
  static func labels(of path: String) -> LabelSet {
    var labels = [Label(name: "filename", value: path)]
    let parts = path.split(separator: "/").map(String.init)
    if parts.count >= 3, let file = parts.last, file.hasSuffix(".log") {
      let container = String(file.dropLast(file.hasSuffix("-previous.log") ? 13 : 4))
      let (namespace, pod) = (parts[parts.count - 3], parts[parts.count - 2])
      if pod.contains("-"), [namespace, pod, container].allSatisfy(isName) {
        labels += [
          Label(name: "namespace", value: namespace), Label(name: "pod", value: pod),
          Label(name: "container", value: container),
        ]
      }
    }
    return LabelSet(labels)
  }

  /// Whether Kubernetes allows the name: RFC 1123, with dots.
  private static func isName(_ text: String) -> Bool {
    !text.isEmpty
      && text.utf8.allSatisfy { byte in
        (48...57).contains(byte) || (97...122).contains(byte) || ".-".utf8.contains(byte)
      }
  }
}

import Telemetry

extension BodyReader {
  /// Reads the items of a Kubernetes list into the sink.
  mutating func readItems(into sink: inout some ExportSink) throws {
    let list = KubeListKind(document)
    try cursor.beginArray()
    while try cursor.nextElement() {
      guard try cursor.peek() == .object else { throw cursor.unexpected("an object of the list") }
      let start = cursor.offset
      let item = try cursor.readValue()
      if let object = KubeObject(item, in: list) {
        try emit(object, into: &sink)
      } else {
        try keeps(from: start)
        unnamedItems.append(item)
      }
    }
    streamed = .items
  }

  /// Emits what could not be named before the end: items before their list's kind, a bare object.
  mutating func emitRemainingObjects(into sink: inout some ExportSink) throws {
    let list = KubeListKind(document, isComplete: true)
    if streamed == .items {
      for item in unnamedItems {
        try emit(KubeObject(item, in: list) ?? KubeObject(unnamed: item), into: &sink)
      }
      unnamedItems = []
    } else if streamed == nil, list == nil, isBareObject,
      let object = KubeObject(document, in: nil)
    {
      try emit(object, into: &sink)
    }
  }

  /// Whether the root is one Kubernetes object, and neither a list nor a server's status.
  private var isBareObject: Bool {
    BodyClassification(root: document, streamed: nil).kind == .kubernetesObject
  }

  private mutating func emit(_ object: KubeObject, into sink: inout some ExportSink) throws {
    body.groups += 1
    body.records += 1
    if let event = KubeEvent(object) {
      try sink.event(event, document: object.document)
    } else {
      try sink.object(object)
    }
  }
}

/// What the items of a typed list are, such as `Pod` in a `PodList`.
struct KubeListKind: Equatable {
  let itemKind: String
  let apiVersion: String

  /// Reads the kind of a list; nil when the root is no typed list, or does not say so yet.
  ///
  /// - Parameter isComplete: Whether the root was read to its end, so that no version will come.
  init?(_ root: JSONValue, isComplete: Bool = false) {
    guard let kind = root["kind"]?.string, kind.hasSuffix("List"), kind != "List",
      let apiVersion = root["apiVersion"]?.string ?? (isComplete ? "" : nil)
    else { return nil }
    itemKind = String(kind.dropLast(4))
    self.apiVersion = apiVersion
  }
}

import Telemetry

extension BodyReader {
  /// Reads the items of a Kubernetes list into the sink.
  mutating func readItems(into sink: inout some ExportSink) throws {
    let list = KubeListKind(members)
    try cursor.beginArray()
    while try cursor.nextElement() {
      guard try cursor.peek() == .object else { throw cursor.unexpected("an object of the list") }
      let item = try cursor.readValue()
      if let object = KubeObject(item, in: list) {
        try emit(object, into: &sink)
      } else {
        unnamedItems.append(item)
      }
    }
    streamed = .items
  }

  /// Emits what could not be named before the end: items before their list's kind, a bare object.
  mutating func emitRemainingObjects(into sink: inout some ExportSink) throws {
    let list = KubeListKind(members)
    if streamed == .items {
      for item in unnamedItems {
        try emit(KubeObject(item, in: list) ?? KubeObject(unnamed: item), into: &sink)
      }
      unnamedItems = []
    } else if streamed == nil, list == nil, isBareObject,
      let object = KubeObject(.object(members), in: nil)
    {
      try emit(object, into: &sink)
    }
  }

  /// Whether the root is one Kubernetes object, and neither a list nor a server's status.
  private var isBareObject: Bool {
    BodyClassification(members: members, streamed: nil).kind == .kubernetesObject
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

  /// Reads the kind of a list; nil when the root is no typed list or says nothing yet.
  init?(_ members: [JSONMember]) {
    let root = JSONValue.object(members)
    guard let kind = root["kind"]?.string, kind.hasSuffix("List"), kind != "List",
      let apiVersion = root["apiVersion"]?.string
    else { return nil }
    itemKind = String(kind.dropLast(4))
    self.apiVersion = apiVersion
  }
}

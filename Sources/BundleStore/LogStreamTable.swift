import Telemetry

/// Reads the table of log streams, `logs/streams.json`.
public enum LogStreamTable {
  /// The labels of each stream in the order of their numbers.
  ///
  /// The table is a list of label objects, as such or in a member `labels` or `stream` of each, by
  /// itself or in a member `streams` or `data` of an object.
  public static func labels(in document: JSONValue) -> [LabelSet] {
    let list = document["streams"] ?? document["data"] ?? document
    return list.elements.map { element in
      let labels = element["labels"] ?? element["stream"] ?? element
      let object = labels.members.isEmpty ? element : labels
      return LabelSet(
        object.members.compactMap { member in
          member.value.string.map { Label(name: member.key, value: $0) }
        })
    }
  }
}

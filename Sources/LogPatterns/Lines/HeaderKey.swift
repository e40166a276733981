/// Keys of logfmt whose values are no part of the text.
enum HeaderKey {
  /// Whether `bytes[start..<end]` names the level.
  static func isLevel(_ bytes: UnsafeRawBufferPointer, _ start: Int, _ end: Int) -> Bool {
    levels.contains { matches($0, bytes, start, end) }
  }

  /// Whether `bytes[start..<end]` names the time or the place that wrote the line.
  static func isOther(_ bytes: UnsafeRawBufferPointer, _ start: Int, _ end: Int) -> Bool {
    others.contains { matches($0, bytes, start, end) }
  }

  private static let levels: [StaticString] = ["level", "lvl", "severity"]
  private static let others: [StaticString] = [
    "time", "ts", "t", "timestamp", "datetime", "caller", "logger", "source", "thread", "pid",
  ]

  private static func matches(
    _ name: StaticString, _ bytes: UnsafeRawBufferPointer, _ start: Int, _ end: Int
  ) -> Bool {
    name.utf8CodeUnitCount == end - start && TraceLine.begins(bytes, start, name)
  }
}

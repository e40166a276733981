/// A template as text.
struct TemplateText {
  /// What stands for a value.
  static let value = "<*>"

  let text: String

  /// The text of parts, those of the indices `variables` as values too.
  ///
  /// - Parameter names: Texts of values that are written out.
  init(_ parts: [Skeleton.Part], variables: Set<Int>, names: [Int: [UInt8]] = [:]) {
    var bytes: [UInt8] = []
    for (index, part) in parts.enumerated() {
      if index > 0, !part.isGlued { bytes.append(0x20) }
      if let name = names[index] {
        bytes.append(contentsOf: name)
      } else if part.kind == .variable || variables.contains(index) {
        bytes.append(contentsOf: Self.value.utf8)
      } else {
        bytes.append(contentsOf: part.text)
      }
    }
    text = bytes.isEmpty ? "(blank)" : String(decoding: bytes, as: UTF8.self)
  }

  /// What is written for lines that are counted by their beginning or length.
  init(coarse skeleton: Skeleton) {
    let words = TemplateText(skeleton.parts, variables: []).text
    text =
      skeleton.parts.isEmpty
      ? "(other lines of \(skeleton.length) words)"
      : "\(words) (and other words, \(skeleton.length) in all)"
  }
}

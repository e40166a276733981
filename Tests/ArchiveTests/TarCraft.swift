import Archive

/// Writes tar archives by hand, also ones that no honest tool writes.
struct TarCraft {
  private(set) var bytes: [UInt8] = []

  /// Adds an entry; `size` is what the header states, whatever the content is.
  mutating func add(
    _ name: String, type: Character = "0", content: [UInt8] = [], size: [UInt8]? = nil,
    link: String = ""
  ) {
    var header = [UInt8](repeating: 0, count: 512)
    func put(_ text: some Sequence<UInt8>, at start: Int) {
      for (index, byte) in text.enumerated() { header[start + index] = byte }
    }
    put(name.utf8.prefix(100), at: 0)
    put("0000644\u{0}0000000\u{0}0000000\u{0}".utf8, at: 100)
    put(size ?? Array((octal(content.count, 11) + "\u{0}").utf8), at: 124)
    put("00000000000\u{0}        ".utf8, at: 136)
    put(String(type).utf8, at: 156)
    put(link.utf8, at: 157)
    put("ustar\u{0}00".utf8, at: 257)
    put((octal(header.reduce(0) { $0 + Int($1) }, 6) + "\u{0} ").utf8, at: 148)
    bytes += header + content
    pad()
  }

  /// Adds a pax header for the entry that follows.
  mutating func addPax(_ records: [(String, String)], type: Character = "x") {
    let text = records.map { key, value -> String in
      let rest = " \(key)=\(value)\n"
      let guess = rest.utf8.count + String(rest.utf8.count + 2).utf8.count
      return "\(guess)\(rest)"
    }
    add("PaxHeader", type: type, content: Array(text.joined().utf8))
  }

  /// Adds bytes as they are.
  mutating func addRaw(_ raw: [UInt8]) { bytes += raw }

  /// The archive with the blocks that end it.
  var ended: [UInt8] { bytes + [UInt8](repeating: 0, count: 1024) }

  private mutating func pad() {
    bytes += [UInt8](repeating: 0, count: (512 - bytes.count % 512) % 512)
  }

  private func octal(_ value: Int, _ width: Int) -> String {
    let digits = String(value, radix: 8)
    return String(repeating: "0", count: width - digits.count) + digits
  }
}

/// `bytes` as one gzip member.
func gzip(_ bytes: [UInt8]) -> [UInt8] {
  bytes.withUnsafeBytes { GzipMember.compressed($0) }
}

/// Bytes that hardly compress, the same in every run.
func noise(_ count: Int, seed: UInt64 = 1) -> [UInt8] {
  var state = seed
  return (0..<count).map { _ in
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return UInt8(truncatingIfNeeded: state >> 56)
  }
}

import Telemetry

/// The order in which people sort names with numbers: `node-2` before `node-10`.
///
/// Runs of digits compare as numbers, everything else as bytes; texts that are equal then, such as
/// `01` and `1`, compare as bytes.
///
/// - Source: the order of github.com/facette/natsort, which Prometheus sorts labels by.
enum NaturalOrder {
  static func precedes(_ left: String, _ right: String) -> Bool {
    var (a, b) = (ArraySlice(left.utf8), ArraySlice(right.utf8))
    while let x = a.first, let y = b.first {
      if isDigit(x), isDigit(y) {
        let (m, n) = (takeNumber(&a), takeNumber(&b))
        if m.count != n.count { return m.count < n.count }
        if m != n { return m.lexicographicallyPrecedes(n) }
      } else if x != y {
        return x < y
      } else {
        a.removeFirst()
        b.removeFirst()
      }
    }
    return a.isEmpty && b.isEmpty ? left.precedesInBytes(right) : a.isEmpty
  }

  /// Takes the leading digits, and gives them without zeros in front.
  private static func takeNumber(_ text: inout ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    let digits = text.prefix(while: isDigit)
    text = text.dropFirst(digits.count)
    return digits.drop { $0 == UInt8(ascii: "0") }
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }
}

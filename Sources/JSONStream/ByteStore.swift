/// A growing buffer of bytes with a fixed place until it grows.
final class ByteStore {
  private(set) var base: UnsafeMutablePointer<UInt8>
  private(set) var capacity: Int

  init() {
    capacity = 256
    base = .allocate(capacity: capacity)
  }

  deinit { base.deallocate() }

  /// Makes room for `count` bytes; what was there before is lost when it grows.
  func reserve(_ count: Int) {
    guard count > capacity else { return }
    base.deallocate()
    capacity = max(count, capacity * 2)
    base = .allocate(capacity: capacity)
  }
}

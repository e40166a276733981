extension Array where Element: Sendable {
  /// Transforms the elements on up to `width` threads; results stand in the order of the elements.
  ///
  /// Which thread does what decides nothing: of several errors, the one of the lowest index is
  /// thrown, and every element before it has been transformed. The calling thread works too, so a
  /// width of 1 starts no thread.
  ///
  /// - Parameter width: Threads to use, at least 1.
  public func orderedParallelMap<Output: Sendable>(
    width: Int, _ transform: @Sendable (Element) throws -> Output
  ) throws -> [Output] {
    guard Swift.min(width, count) > 1 else { return try map(transform) }
    return try withoutActuallyEscaping(transform) { transform in
      let board = ResultBoard<Element, Output>(self)
      let threads = (1..<Swift.min(width, count)).map { _ in
        WorkerThread { board.work(transform) }
      }
      board.work(transform)
      for thread in threads { thread.join() }
      return try board.results()
    }
  }
}

/// Hands out indices in ascending order and collects what became of them.
private final class ResultBoard<Element: Sendable, Output: Sendable>: @unchecked Sendable {
  private let elements: [Element]
  private let monitor = Monitor()
  // Guarded by the monitor.
  private var next = 0
  private var outputs: [Output?]
  private var failure: (index: Int, error: any Error)?

  init(_ elements: [Element]) {
    self.elements = elements
    outputs = Array(repeating: nil, count: elements.count)
  }

  func work(_ transform: (Element) throws -> Output) {
    while let index = nextIndex() {
      do {
        let output = try transform(elements[index])
        monitor.locked { outputs[index] = output }
      } catch {
        monitor.locked { if index < failure?.index ?? .max { failure = (index, error) } }
      }
    }
  }

  /// The results, once every thread has ended.
  func results() throws -> [Output] {
    try monitor.locked {
      if let failure { throw failure.error }
      return outputs.map {
        guard let output = $0 else { preconditionFailure("BUG: an element was not transformed") }
        return output
      }
    }
  }

  /// After a failure no later index is handed out; those before it are all under way already.
  private func nextIndex() -> Int? {
    monitor.locked {
      guard failure == nil, next < elements.count else { return nil }
      next += 1
      return next - 1
    }
  }
}

import Synchronization

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
private final class ResultBoard<Element: Sendable, Output: Sendable>: Sendable {
  private struct State {
    var next = 0
    var outputs: [Output?]
    var failure: (index: Int, error: any Error)?
  }

  private let elements: [Element]
  private let state: Mutex<State>

  init(_ elements: [Element]) {
    self.elements = elements
    state = Mutex(State(outputs: Array(repeating: nil, count: elements.count)))
  }

  func work(_ transform: (Element) throws -> Output) {
    while let index = nextIndex() {
      do {
        let output = try transform(elements[index])
        state.withLock { $0.outputs[index] = output }
      } catch {
        state.withLock {
          if index < $0.failure?.index ?? .max { $0.failure = (index, error) }
        }
      }
    }
  }

  func results() throws -> [Output] {
    try state.withLock { state in
      if let failure = state.failure { throw failure.error }
      return state.outputs.map {
        guard let output = $0 else { preconditionFailure("BUG: an element was not transformed") }
        return output
      }
    }
  }

  /// After a failure no later index is handed out; those before it are all under way already.
  private func nextIndex() -> Int? {
    state.withLock { state in
      guard state.failure == nil, state.next < elements.count else { return nil }
      state.next += 1
      return state.next - 1
    }
  }
}

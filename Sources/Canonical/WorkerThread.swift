internal import Glibc

/// One plain thread that runs a closure to its end.
///
/// Waiting belongs on plain threads: a task that blocks holds a thread of the small pool that every
/// other task needs.
public final class WorkerThread: Sendable {
  private let thread: pthread_t

  /// Starts a thread that runs `body`.
  public init(_ body: @escaping @Sendable () -> Void) {
    let box = Unmanaged.passRetained(ThreadBody(body))
    var thread = pthread_t()
    let code = pthread_create(
      &thread, nil,
      { context in
        guard let context else { return nil }
        Unmanaged<ThreadBody>.fromOpaque(context).takeRetainedValue().run()
        return nil
      }, box.toOpaque())
    guard code == 0 else {
      fatalError("The system refuses another thread: \(String(cString: strerror(code)))")
    }
    self.thread = thread
  }

  /// Waits for the end of the closure; to be called exactly once.
  public func join() {
    pthread_join(thread, nil)
  }
}

private final class ThreadBody: Sendable {
  let run: @Sendable () -> Void

  init(_ run: @escaping @Sendable () -> Void) {
    self.run = run
  }
}

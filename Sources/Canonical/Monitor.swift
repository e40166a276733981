internal import Glibc

/// A lock with a condition to wait for, for plain threads.
///
/// Made of pthread's parts rather than of `Mutex`: that one has no condition, and the thread
/// sanitizer does not see it.
public final class Monitor: @unchecked Sendable {
  // Neither may move while a thread uses it.
  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)

  /// Makes an open lock.
  public init() {
    pthread_mutex_init(mutex, nil)
    pthread_cond_init(condition, nil)
  }

  deinit {
    pthread_cond_destroy(condition)
    pthread_mutex_destroy(mutex)
    condition.deallocate()
    mutex.deallocate()
  }

  /// Runs `body` while no other thread does.
  public func locked<Value>(_ body: () throws -> Value) rethrows -> Value {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    return try body()
  }

  /// Gives the lock up until another thread announces a change; only inside `locked`.
  public func wait() {
    pthread_cond_wait(condition, mutex)
  }

  /// Wakes every thread that waits.
  public func announce() {
    pthread_cond_broadcast(condition)
  }
}

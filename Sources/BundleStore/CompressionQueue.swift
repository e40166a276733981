import Archive
import Canonical

/// Turns entries into gzip members, on several threads as they come, and spools the members.
///
/// Members lie in the spool in order of completion, which differs from run to run; their content
/// does not.
final class CompressionQueue: @unchecked Sendable {
  /// One finished entry.
  struct Packed {
    let bytes: Int
    let digest: ContentDigest
    /// Where the member lies in the spool.
    let member: Range<Int>
  }

  private struct Job {
    let index: Int
    let path: String
    let content: [UInt8]
  }

  /// Content that waits for a thread; a producer that is faster must wait.
  private static let waitingBytes = 16 << 20

  private let spool: OutputFile
  private let monitor = Monitor()
  private var threads: [WorkerThread] = []
  private var jobs: [Job] = []
  private var bytesWaiting = 0
  private var isClosed = false
  private var packed: [Int: Packed] = [:]
  private var failure: (index: Int, error: any Error)?

  /// Starts a queue with `width` threads; a width of 1 compresses on the caller's thread.
  init(spool: OutputFile, width: Int) {
    self.spool = spool
    guard width > 1 else { return }
    threads = (0..<width).map { _ in WorkerThread { [self] in work() } }
  }

  /// Hands over entry number `index`; waits while too much is waiting already.
  func submit(index: Int, path: String, content: [UInt8]) throws {
    let job = Job(index: index, path: path, content: content)
    guard !threads.isEmpty else {
      finish(job)
      return try throwFailure()
    }
    monitor.locked {
      while bytesWaiting > 0, bytesWaiting + content.count > Self.waitingBytes { monitor.wait() }
      jobs.append(job)
      bytesWaiting += content.count
      monitor.announce()
    }
    try throwFailure()
  }

  /// Waits for every entry and returns them by number.
  func results(count: Int) throws -> [Packed] {
    close(dropsWaiting: false)
    try throwFailure()
    return (0..<count).map {
      guard let entry = packed[$0] else { preconditionFailure("BUG: entry \($0) was lost") }
      return entry
    }
  }

  /// Ends the threads; entries that wait are forgotten.
  func cancel() {
    close(dropsWaiting: true)
  }

  private func close(dropsWaiting: Bool) {
    monitor.locked {
      isClosed = true
      if dropsWaiting { jobs = [] }
      monitor.announce()
    }
    for thread in threads { thread.join() }
    threads = []
  }

  private func throwFailure() throws {
    try monitor.locked { if let failure { throw failure.error } }
  }

  private func work() {
    while let job = nextJob() {
      finish(job)
      monitor.locked {
        bytesWaiting -= job.content.count
        monitor.announce()
      }
    }
  }

  private func nextJob() -> Job? {
    monitor.locked {
      while jobs.isEmpty, !isClosed { monitor.wait() }
      return jobs.isEmpty ? nil : jobs.removeFirst()
    }
  }

  private func finish(_ job: Job) {
    do {
      let member = try job.content.withUnsafeBytes {
        try UstarEntry.member(path: job.path, content: $0)
      }
      let digest = job.content.withUnsafeBytes { bytes in
        var hasher = ContentHasher()
        hasher.update(bytes)
        return hasher.finish()
      }
      try monitor.locked {
        let start = spool.bytes
        try member.withUnsafeBytes { try spool.append($0) }
        packed[job.index] = Packed(
          bytes: job.content.count, digest: digest, member: start..<spool.bytes)
      }
    } catch {
      monitor.locked { if job.index < failure?.index ?? .max { failure = (job.index, error) } }
    }
  }
}

import Canonical
import Collection

/// Parses one batch of files while the next one is being found and unpacked.
final class BackgroundReading: Sendable {
  private let thread: WorkerThread
  private let result: Result

  /// Starts parsing `files` on up to `width` threads.
  init(_ files: [ExportFile], width: Int) {
    let result = Result()
    self.result = result
    thread = WorkerThread { result.set(Self.answers(files, width: width)) }
  }

  /// Waits for the answers, in the order of the files; to be called exactly once.
  func finish() -> [ExportAnswer] {
    thread.join()
    return result.take()
  }

  /// Parses `files` and waits for it.
  static func answers(_ files: [ExportFile], width: Int) -> [ExportAnswer] {
    files.orderedParallelMap(width: width) { BodyReader.answer($0) }
  }

  /// Hands the answers from one thread to another.
  private final class Result: @unchecked Sendable {
    // Only touched inside `monitor`.
    private var answers: [ExportAnswer] = []
    private let monitor = Monitor()

    func set(_ answers: [ExportAnswer]) { monitor.locked { self.answers = answers } }

    func take() -> [ExportAnswer] { monitor.locked { answers } }
  }
}

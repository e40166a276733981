import Glibc

/// What one run of a command cost.
struct RunCost {
  /// From start to exit, in seconds.
  var wallSeconds: Double
  /// User and system time of all threads, in seconds.
  var cpuSeconds: Double
  /// The largest resident set, in bytes.
  var peakBytes: Int
  /// The exit status; 128 and the signal's number when a signal ended it.
  var exitStatus: Int32
}

/// A command that cannot be measured.
enum BenchError: Error, CustomStringConvertible {
  /// The command could not be started: the command and the system's reason.
  case cannotStart(String, reason: String)
  /// A command whose success is assumed ended with this status.
  case failed(String, status: Int32)
  /// A file or folder could not be read.
  case cannotRead(String)

  var description: String {
    switch self {
    case .cannotStart(let command, let reason): "cannot start \(command): \(reason)"
    case .failed(let command, let status): "\(command) ended with exit status \(status)"
    case .cannotRead(let path): "cannot read \(path)"
    }
  }
}

/// A command line whose runs are measured by the kernel's own accounting (`wait4`).
struct ChildProcess {
  /// The program, found by PATH, and its arguments.
  var arguments: [String]

  /// Runs the command once; its output goes to /dev/null, its complaints to ours.
  func run() throws -> RunCost {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)

    var pointers: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
    defer { for pointer in pointers { free(pointer) } }

    let clock = ContinuousClock()
    let start = clock.now
    var child = pid_t()
    let code = posix_spawnp(&child, arguments[0], &actions, nil, &pointers, environ)
    guard code == 0 else {
      throw BenchError.cannotStart(arguments[0], reason: String(cString: strerror(code)))
    }
    var status: Int32 = 0
    var usage = rusage()
    while wait4(child, &status, 0, &usage) < 0 && errno == EINTR {}
    let wall = start.duration(to: clock.now)
    return RunCost(
      wallSeconds: wall.inSeconds,
      cpuSeconds: usage.ru_utime.inSeconds + usage.ru_stime.inSeconds,
      peakBytes: usage.ru_maxrss * 1024,
      exitStatus: status & 0x7f == 0 ? (status >> 8) & 0xff : 128 + (status & 0x7f))
  }

  /// Runs the command and insists that it succeeds.
  func runOrThrow() throws {
    let status = try run().exitStatus
    guard status == 0 else {
      throw BenchError.failed(arguments.joined(separator: " "), status: status)
    }
  }
}

extension timeval {
  fileprivate var inSeconds: Double { Double(tv_sec) + Double(tv_usec) / 1e6 }
}

extension Duration {
  /// The duration in seconds.
  var inSeconds: Double { Double(components.seconds) + Double(components.attoseconds) / 1e18 }
}

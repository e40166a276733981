/// Measures whole runs of the two tools.
struct CommandBench {
  /// Path of `oncall-capture`.
  var capture: String
  /// Path of `oncall-analyze`.
  var analyze: String
  /// Folder for everything that is written.
  var work: String
  /// Runs per median.
  var runs: Int

  /// Unpacks an export below the work folder and returns where.
  func unpack(_ export: String, as name: String) throws -> String {
    let folder = "\(work)/unpacked-\(name)"
    try ChildProcess(arguments: ["mkdir", "-p", folder]).runOrThrow()
    try ChildProcess(arguments: ["tar", "-xzf", export, "-C", folder]).runOrThrow()
    return folder
  }

  /// Imports an export of `bytes` unpacked bytes into `bundle`.
  func importRow(name: String, export: String, bytes: Int, to bundle: String) throws -> [String] {
    let command = ChildProcess(arguments: [capture, "files", export, "-o", bundle])
    let costs = try (0..<min(runs, 3)).map { _ in try command.run() }
    let wall = median(costs.map(\.wallSeconds))
    return [
      name, megabytes(bytes), fixed(wall, 2), fixed(Double(bytes) / wall / 1e6, 0),
      megabytes(costs.map(\.peakBytes).max() ?? 0), "\(costs[0].exitStatus)",
    ]
  }

  /// Reports on a bundle, turn by turn with `gzip -dc` of it, so that both meet the same machine.
  func reportRow(name: String, bundle: String) throws -> [String] {
    let gzip = ChildProcess(arguments: ["gzip", "-dc", bundle])
    let report = ChildProcess(arguments: [analyze, "report", bundle, "-o", "\(work)/out-\(name)"])
    var (unzipped, reported): ([RunCost], [RunCost]) = ([], [])
    _ = try gzip.run()  // brings the bundle into the page cache
    for _ in 0..<runs {
      unzipped.append(try gzip.run())
      reported.append(try report.run())
    }
    let (base, wall) = (median(unzipped.map(\.wallSeconds)), median(reported.map(\.wallSeconds)))
    let cpu = median(reported.map(\.cpuSeconds)) / median(unzipped.map(\.cpuSeconds))
    return [
      name, megabytes(try fileSize(bundle)), fixed(base, 3), fixed(wall, 3), fixed(wall / base, 2),
      fixed(cpu, 2), megabytes(reported.map(\.peakBytes).max() ?? 0),
      "\(reported[0].exitStatus)",
    ]
  }

  /// Start-up of both tools beside a process that does nothing.
  ///
  /// The peak of `true` is the floor of every peak here: the kernel starts a child's account with
  /// what the measuring process holds.
  func startUpTable() throws -> TextTable {
    var table = TextTable(["command", "ms", "peak MB"])
    for arguments in [["true"], [capture, "--help"], [analyze, "--help"]] {
      let command = ChildProcess(arguments: arguments)
      let costs = try (0..<max(runs, 25)).map { _ in try command.run() }
      let name = arguments.map { $0.split(separator: "/").last.map(String.init) ?? $0 }
      table.add([
        name.joined(separator: " "), fixed(median(costs.map(\.wallSeconds)) * 1000, 1),
        megabytes(costs.map(\.peakBytes).max() ?? 0),
      ])
    }
    return table
  }
}

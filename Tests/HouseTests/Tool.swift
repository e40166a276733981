import Foundation

/// One of the two executables, as it was built beside these tests.
struct Tool {
  static let capture = Tool(name: "oncall-capture")
  static let analyze = Tool(name: "oncall-analyze")

  /// The executable's name.
  let name: String

  /// The executable, in the folder of built products that the test runner stands in.
  private var url: URL {
    let runner = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    return URL(fileURLWithPath: runner ?? "").deletingLastPathComponent()
      .appendingPathComponent(name)
  }

  /// What a run gave.
  struct Outcome {
    var status: Int32
    var output: String
    var complaint: String

    /// The lines of the complaint that are not empty.
    var complaintLines: [Substring] { complaint.split(separator: "\n") }
  }

  /// Runs the executable to its end in `folder`.
  func run(_ arguments: [String], in folder: TemporaryFolder) throws -> Outcome {
    let process = Process()
    process.executableURL = url
    process.arguments = arguments
    process.currentDirectoryURL = folder.url
    let (output, complaint) = (Pipe(), Pipe())
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = output
    process.standardError = complaint
    try process.run()
    // Both texts are far smaller than a pipe's buffer, so reading one after the other is safe.
    let texts = try [output, complaint].map { pipe in
      String(decoding: try pipe.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
    }
    process.waitUntilExit()
    return Outcome(status: process.terminationStatus, output: texts[0], complaint: texts[1])
  }
}

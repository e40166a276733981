import ArgumentParser
import CapturePipeline
import Glibc

/// The exports and bundles that a suite of recorded answers is run on.
struct RecordedInputs: ParsableArguments {
  @Argument(help: "Exports (.tar.gz) or bundles (.incident.tar.gz).")
  var inputs: [String]

  /// Calls `body` for each input with its name and the path of its bundle; an export is imported,
  /// without redaction, into a folder that is removed in the end.
  func forEach(_ body: (_ name: String, _ bundle: String) throws -> Void) throws {
    var template = Array("/tmp/oncall-conformance.XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else {
      throw ValidationError("/tmp: \(String(cString: strerror(errno)))")
    }
    let folder = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    let imported = folder + "/imported.incident.tar.gz"
    defer {
      unlink(imported)
      rmdir(folder)
    }
    for input in inputs {
      let file = input.split(separator: "/").last ?? ""
      let name = String(file.split(separator: ".").first ?? file)
      if input.hasSuffix(".incident.tar.gz") {
        try body(name, input)
      } else {
        _ = try FilesImport.run(ImportPlan(paths: [input], output: imported))
        try body(name, imported)
      }
    }
  }
}

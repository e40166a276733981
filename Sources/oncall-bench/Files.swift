import Foundation

/// The paths of all regular files below a folder, sorted.
func files(below folder: String) throws -> [String] {
  guard let names = FileManager.default.enumerator(atPath: folder) else {
    throw BenchError.cannotRead(folder)
  }
  var paths: [String] = []
  for case let name as String in names
  where names.fileAttributes?[.type] as? FileAttributeType == .typeRegular {
    paths.append("\(folder)/\(name)")
  }
  return paths.sorted()
}

/// The size of a file in bytes.
func fileSize(_ path: String) throws -> Int {
  let attributes = try FileManager.default.attributesOfItem(atPath: path)
  guard let size = attributes[.size] as? NSNumber else { throw BenchError.cannotRead(path) }
  return size.intValue
}

/// The size of all files below a folder, in bytes.
func totalFileSize(below folder: String) throws -> Int {
  try files(below: folder).reduce(0) { $0 + (try fileSize($1)) }
}

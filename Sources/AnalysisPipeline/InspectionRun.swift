import BundleStore
import Canonical
import Reporting

/// Reads every entry of a bundle and compares it with the manifest.
enum InspectionRun {
  /// What is in the bundle at `path`, and which entries are damaged.
  static func inspect(path: String, threads: Int) throws(AnalysisFailure) -> BundleInspection {
    do {
      let reader = try BundleReader(path: path)
      let damages = try reader.manifest.files.orderedParallelMap(width: threads) {
        try damage(of: $0, in: reader)
      }
      return BundleInspection(manifest: reader.manifest, damages: damages.compactMap { $0 })
    } catch {
      throw AnalysisFailure(error, bundlePath: path)
    }
  }

  /// What is wrong with `file`; nil when it is as the manifest says.
  private static func damage(of file: BundleFile, in reader: BundleReader) throws -> FileDamage? {
    do {
      try reader.read(file) { _ in }
      return nil
    } catch let error as BundleError where error.severity == .damaged {
      return FileDamage(path: file.path, reason: "\(error)")
    }
  }
}

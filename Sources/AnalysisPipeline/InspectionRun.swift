import Archive
import BundleStore
import Reporting

/// Reads every entry of a bundle and compares it with the manifest.
public enum InspectionRun {
  /// What is in the bundle at `path`, and which entries are damaged.
  public static func inspect(
    path: String, threads: Int
  ) throws(AnalysisFailure)
    -> BundleInspection
  {
    let reader: BundleReader
    do {
      reader = try BundleReader(path: path)
    } catch {
      throw AnalysisFailure(error, bundlePath: path)
    }
    var damages: [FileDamage] = []
    for file in reader.manifest.files {
      do {
        try reader.read(file) { _ in }
      } catch let error as BundleError where error.severity == .damaged {
        damages.append(FileDamage(path: file.path, reason: "\(error)"))
      } catch {
        throw AnalysisFailure(error, bundlePath: path)
      }
    }
    return BundleInspection(manifest: reader.manifest, damages: damages)
  }
}

import Archive
import BundleStore
import Canonical
import Collection
import Telemetry

/// Turns the files of an export into a bundle: find, read, collect, write.
public enum FilesImport {
  /// Bytes of input that are read before they are parsed together.
  private static let batchBytes = 8 << 20

  /// Imports an export.
  ///
  /// - Parameter progress: Told what is going on, for a person; may be called often.
  /// - Throws: `ImportError`, `ArchiveError`, `CollectionError` or `BundleError`, or what the
  ///   redactor throws; no bundle is written then, and one that was there stays.
  public static func run(
    _ plan: ImportPlan, progress: (String) -> Void = { _ in }
  ) throws
    -> ImportSummary
  {
    let width = max(1, plan.threads)
    let inventory = try ExportInventory(plan.paths)
    let writer = try BundleWriter(path: plan.output, width: width)
    let answers = try read(inventory, width: width, progress: progress)
    let collection = try ExportCollection(
      answers, window: plan.window, redactor: plan.redactor, width: width)
    progress("collecting from \(collection.fileCount) files")
    let export = try collection.collect { entry in
      try writer.add(
        path: entry.path, role: entry.role, source: entry.source, query: entry.query,
        records: entry.records, firstTime: entry.firstTime, lastTime: entry.lastTime,
        content: entry.content)
    }
    progress("writing \(plan.output)")
    let manifest = try writer.finish(
      Manifest(
        bundleID: "", window: export.window, tool: CaptureTool.name, sources: export.sources,
        files: [], inputs: export.inputs, coverage: export.coverage, gaps: export.gaps,
        redaction: export.redaction))
    return ImportSummary(
      path: plan.output, bytes: try PositionedFile(path: plan.output).bytes, manifest: manifest,
      volume: export.volume, windowOrigin: export.windowOrigin)
  }

  private static func read(
    _ inventory: ExportInventory, width: Int, progress: (String) -> Void
  ) throws -> [ExportAnswer] {
    var answers: [ExportAnswer] = []
    var batch: [ExportFile] = []
    var bytes = 0
    var earlier: BackgroundReading?
    defer { _ = earlier?.finish() }
    func flush() {
      answers += earlier?.finish() ?? []
      earlier = nil
      if width > 1 {
        earlier = BackgroundReading(batch, width: width)
      } else {
        answers += BackgroundReading.answers(batch, width: 1)
      }
      batch = []
      bytes = 0
      progress("read \(answers.count) files")
    }
    try inventory.forEach { file in
      batch.append(file)
      if case .bytes(let content) = file.content { bytes += content.count }
      if bytes >= batchBytes { flush() }
    }
    flush()
    answers += earlier?.finish() ?? []
    earlier = nil
    return answers
  }
}

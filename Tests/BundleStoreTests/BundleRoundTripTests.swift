import BundleStore
import Canonical
import Foundation
import JSONStream
import Telemetry
import Testing

@Suite struct BundleRoundTripTests {
  let folder: ScratchFolder

  init() throws {
    folder = try ScratchFolder()
  }

  @Test(
    "Everything that was written is read back, with or without a second thread",
    arguments: [(1, false, 7), (2, false, 10_000), (3, true, 10_000), (2, true, 1_000_000)])
  func readsBack(width: Int, overlapped: Bool, chunk: Int) throws {
    let path = folder.file("a.incident.tar.gz")
    let written = try SampleBundle.write(to: path, width: width)
    let reader = try BundleReader(path: path)
    #expect(reader.manifest.files == written.files)
    #expect(
      reader.manifest.files.map(\.path) == [
        "kubernetes/events.json", "logs/part-000000.jsonl", "metrics/0000.json",
        "metrics/block.json", "metrics/empty.json",
      ])
    for file in reader.manifest.files {
      let expected = SampleBundle.contents.first { $0.path == file.path }?.content
      let content = try reader.read(file, overlapped: overlapped) {
        try SampleBundle.bytes(of: $0, chunk: chunk)
      }
      #expect(content == expected)
    }
  }

  @Test("The manifest comes back whole, inputs and gaps sorted")
  func manifestComesBack() throws {
    let path = folder.file("a.incident.tar.gz")
    try SampleBundle.write(to: path)
    let manifest = try BundleReader(path: path).manifest
    let expected = SampleBundle.manifest
    #expect(manifest.window == expected.window)
    #expect(manifest.displayTimeZone == "Europe/Berlin")
    #expect(manifest.tool == "oncall-capture 0.1")
    #expect(manifest.sources == expected.sources)
    #expect(manifest.inputs == expected.inputs.reversed())
    #expect(manifest.gaps == expected.gaps.reversed())
    #expect(manifest.coverage == .partial)
    #expect(manifest.redaction == expected.redaction)
    #expect(manifest.files[0].firstTime == SampleBundle.window.start)
    #expect(manifest.files[0].lastTime == Timestamp(nanoseconds: 1))
    #expect(manifest.files[0].query?.step == .seconds(15))
  }
}

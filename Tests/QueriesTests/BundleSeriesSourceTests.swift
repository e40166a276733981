import PromQL
import Telemetry
import Testing

@testable import Queries

@Suite struct BundleSeriesSourceTests {
  /// `labels times=values` of every series that a selector finds; `-` marks an absence.
  private func found(
    _ name: String, in bundle: CraftedBundle, threads: Int = 1
  ) throws -> [String] {
    let source = BundleSeriesSource(try bundle.reader(), threads: threads)
    return try texts(source, [LabelMatcher("__name__", equals: name)])
  }

  private func texts(_ source: any SeriesSource, _ matchers: [LabelMatcher]) throws -> [String] {
    try source.series(matching: matchers, from: .min, to: .max).map { column in
      let labels = column.labels.labels.map { "\($0.name)=\($0.value)" }.joined(separator: ",")
      let samples = zip(column.times, column.values).map { time, value in
        "\(Double(time) / 1000)=\(value.isAbsent ? "-" : "\(value)")"
      }
      return "\(labels) \(samples.joined(separator: " "))"
        + (column.holdsHistograms ? " histograms" : "")
    }
  }

  private static let up = #""__name__":"up","job":"a""#

  @Test("Where a grid has no value the series is absent, not looked back for")
  func aHoleIsAnAbsence() throws {
    let bundle = try CraftedBundle([
      .grid(
        "up",
        1,
        [
          (Self.up, [1, 1, nil, nil, 1, 1, 1, 1, 1, 1, 1]),
          (#""__name__":"up","job":"b""#, [1, nil, nil, nil, nil, nil, nil, nil, nil, nil, nil]),
        ])
    ])
    #expect(
      try found("up", in: bundle) == [
        "__name__=up,job=a 1000.0=1.0 1060.0=1.0 1120.0=- 1240.0=1.0 1300.0=1.0 1360.0=1.0"
          + " 1420.0=1.0 1480.0=1.0 1540.0=1.0 1600.0=1.0",
        "__name__=up,job=b 1000.0=1.0 1060.0=-",
      ])
  }

  @Test("Samples with their own times stand before a grid, which fills what they do not cover")
  func prefersSamples() throws {
    let grid = CraftedBundle.Entry.grid(
      "up", 1, [(Self.up, [0, 1, 2, 3, 4, 5, 6, 7, 8, nil, nil])])
    let bundle = try CraftedBundle([
      grid, .samples("up[3m]", 2, [(Self.up, [(1425.5, 7), (1470.25, 9)])]),
    ])
    // The samples speak for what is after 1420, up to 1600; that the grid ends at 1480 is known all the same. Its
    // values are not those of the samples, so it stays where it is.
    #expect(
      try found("up", in: bundle) == [
        "__name__=up,job=a 1000.0=0.0 1060.0=1.0 1120.0=2.0 1180.0=3.0 1240.0=4.0 1300.0=5.0"
          + " 1360.0=6.0 1420.0=7.0 1425.5=7.0 1470.25=9.0 1540.0=-"
      ])
  }

  @Test("Beside scrapes, the instants of a grid stand at the times of theirs")
  func alignsPhases() throws {
    let bundle = try CraftedBundle([
      .grid("up", 1, [(Self.up, [0, 1, 2, 3, 4, 5, 6, 7, 8, nil, nil])]),
      .samples("up[4m]", 2, [(Self.up, [(1379, 7), (1439.002, 8)])]),
    ])
    // The instants 1420 and 1480 show scrapes 41 s and 40.998 s before them, so the others do.
    #expect(
      try found("up", in: bundle) == [
        "__name__=up,job=a 959.0=0.0 1019.0=1.0 1079.0=2.0 1139.0=3.0 1199.0=4.0 1259.0=5.0"
          + " 1319.0=6.0 1379.0=7.0 1439.002=8.0 1540.0=-"
      ])
  }

  @Test("A recorded answer of a range selector is raw data, too")
  func readsRecordedSamples() throws {
    let bundle = try CraftedBundle([
      .samples("up[3m]", 1, role: .recordedAnswer, [(Self.up, [(1425.5, 7)])]),
      .grid("sum(up)", 2, role: .recordedAnswer, [("", [1])]),
    ])
    #expect(try found("up", in: bundle) == ["__name__=up,job=a 1425.5=7.0"])
  }

  @Test("Chunks of one series become one")
  func joinsChunks() throws {
    var (early, late) = (
      CraftedBundle.Entry.grid("up", 1, [(Self.up, [1, 2, 3])]),
      CraftedBundle.Entry.grid("up", 2, [(Self.up, [nil, nil, 9, 4, 5])])
    )
    early.query?.end = Timestamp(seconds: 1120)
    late.query?.start = Timestamp(seconds: 1120)
    late.query?.end = Timestamp(seconds: 1240)
    let bundle = try CraftedBundle([early, late])
    let expected = ["__name__=up,job=a 1000.0=1.0 1060.0=2.0 1120.0=3.0 1180.0=4.0 1240.0=5.0"]
    #expect(try found("up", in: bundle) == expected)
    #expect(try found("up", in: bundle, threads: 3) == expected)
  }

  @Test("Series with native histograms are marked, with and without other samples")
  func marksHistograms() throws {
    let histogram = #"[1000,{"count":"1","sum":"2","buckets":[]}]"#
    let content =
      #"{"status":"success","data":{"resultType":"matrix","result":["#
      + #"{"metric":{"__name__":"lat","x":"1"},"histograms":[\#(histogram)]},"#
      + #"{"metric":{"__name__":"lat","x":"0"},"values":[[1000,"5"]],"histograms":[\#(histogram)]}]}}"#
    let bundle = try CraftedBundle([
      CraftedBundle.Entry(path: "metrics/0001.json", content: content)
    ])
    #expect(
      try found("lat", in: bundle) == [
        "__name__=lat,x=0 1000.0=5.0 histograms", "__name__=lat,x=1  histograms",
      ])
  }

  @Test("A selector without a name finds series of every metric, sorted by labels")
  func findsByOtherLabels() throws {
    let bundle = try CraftedBundle([
      .grid("zz", 1, [(#""__name__":"zz","job":"a""#, [1])]),
      .grid("aa", 2, [(#""__name__":"aa","job":"b""#, [2])]),
      .grid(#"{job="a"}"#, 3, [(#""__name__":"mm","job":"a""#, [3])]),
    ])
    let source = BundleSeriesSource(try bundle.reader(), threads: 1)
    let byJob = try texts(source, [LabelMatcher("job", equals: "a")])
    #expect(byJob.map { $0.prefix(11) } == ["__name__=mm", "__name__=zz"])
    let byPattern = try texts(
      source, [LabelMatcher(name: "__name__", comparison: .matches, value: "aa|mm")])
    #expect(byPattern.map { $0.prefix(11) } == ["__name__=aa", "__name__=mm"])
    #expect(source.metricNames == ["aa", "mm", "zz"])
  }

  @Test("Series of one grid share their times")
  func sharesTimes() throws {
    let bundle = try CraftedBundle([
      .grid(
        "up",
        1,
        [
          (Self.up, [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]),
          (#""__name__":"up","job":"b""#, [2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2]),
        ])
    ])
    let source = BundleSeriesSource(try bundle.reader(), threads: 1)
    let columns = try source.series(
      matching: [LabelMatcher("__name__", equals: "up")], from: 0, to: 0)
    let addresses = columns.map { column in
      column.times.withUnsafeBufferPointer { UInt(bitPattern: $0.baseAddress) }
    }
    #expect(addresses.count == 2 && addresses[0] == addresses[1])
  }

  @Test("A damaged entry adds nothing and leaves a gap")
  func damageIsAGap() throws {
    let bundle = try CraftedBundle([.grid("up", 1, [(Self.up, [1, 2, 3, 4, 5, 6, 7, 8, 9])])])
    try bundle.damageLastEntry()
    let source = BundleSeriesSource(try bundle.reader(), threads: 1)
    #expect(try texts(source, [LabelMatcher("__name__", equals: "up")]) == [])
    #expect(source.gaps.map(\.subject) == ["metrics/0001.json"])
    #expect(source.gaps.map(\.code) == [.damaged])
  }

  @Test("Series of a replay answer as those of the bundle do")
  func loadedSeries() throws {
    let labels = LabelSet(["__name__": "up", "job": "a"])
    let times = SampleTimes.sparse(
      start: Timestamp(seconds: 1000), step: .seconds(60), slots: [0, 1, 4])
    let series = Series(labels: labels, times: times, values: [1, 2, 3])
    let source = LoadedSeriesSource(
      [LoadedSeriesSource.Item(series, step: .seconds(60))],
      span: CraftedBundle.window.start...CraftedBundle.window.end)
    #expect(
      try texts(source, [LabelMatcher("job", equals: "a")]) == [
        "__name__=up,job=a 1000.0=1.0 1060.0=2.0 1120.0=- 1240.0=3.0 1300.0=-"
      ])
  }
}

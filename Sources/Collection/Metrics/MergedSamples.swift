import Canonical
import Telemetry

/// The samples of the answers of one query: series by labels, samples in order of time, each once.
struct MergedSamples: Sendable {
  /// One series; every sample names the table that holds its text.
  struct Series: Sendable {
    let labels: LabelSet
    var samples: [(table: Int, sample: SampleTable.Sample)]
  }

  private(set) var series: [Series] = []
  private let tables: [SampleTable]
  /// Samples outside the window, which are left out.
  private(set) var outside = 0
  /// Samples whose value differs between two answers.
  private(set) var conflicts = 0
  /// The earliest and latest time.
  private(set) var span: ClosedRange<Int64>?

  /// Merges tables in the order given; of samples that disagree the first is kept.
  init(
    _ tables: [SampleTable], window: CaptureWindow, labels: (LabelSet) throws -> LabelSet
  )
    rethrows
  {
    self.tables = tables
    var numbers: [LabelSet: Int] = [:]
    for (number, table) in tables.enumerated() {
      for part in table.series {
        let labels = try labels(part.labels)
        let samples = table.samples[part.samples]
        let inside = samples.filter { window.contains($0.nanoseconds) }
        outside += samples.count - inside.count
        let index = numbers[labels] ?? series.count
        if index == series.count {
          numbers[labels] = index
          series.append(Series(labels: labels, samples: []))
        }
        series[index].samples.append(contentsOf: inside.map { (number, $0) })
      }
    }
    series.removeAll { $0.samples.isEmpty }
    series.sort { $0.labels < $1.labels }
    for index in series.indices { sortSamples(of: index) }
  }

  /// Samples of all series.
  var count: Int { series.reduce(0) { $0 + $1.samples.count } }

  private mutating func sortSamples(of index: Int) {
    var samples = series[index].samples
    let isAscending = zip(samples, samples.dropFirst())
      .allSatisfy { $0.sample.nanoseconds < $1.sample.nanoseconds }
    if !isAscending {
      let sorted = samples.enumerated().sorted { left, right in
        let times = (left.element.sample.nanoseconds, right.element.sample.nanoseconds)
        return times.0 == times.1 ? left.offset < right.offset : times.0 < times.1
      }
      samples = []
      for (_, sample) in sorted {
        guard let last = samples.last, last.sample.nanoseconds == sample.sample.nanoseconds else {
          samples.append(sample)
          continue
        }
        if !haveSameText(last, sample) { conflicts += 1 }
      }
      series[index].samples = samples
    }
    guard let first = samples.first?.sample.nanoseconds, let last = samples.last?.sample.nanoseconds
    else { return }
    span = span.map { min($0.lowerBound, first)...max($0.upperBound, last) } ?? first...last
  }

  private func haveSameText(
    _ left: (table: Int, sample: SampleTable.Sample),
    _ right: (table: Int, sample: SampleTable.Sample)
  ) -> Bool {
    tables[left.table].withText(of: left.sample) { leftText in
      tables[right.table].withText(of: right.sample) { leftText.elementsEqual($0) }
    }
  }

  /// The body as Prometheus would print it: every value as the server wrote it.
  func body(isVector: Bool) -> [UInt8] {
    var output: [UInt8] = []
    let type = isVector ? "vector" : "matrix"
    output.append(
      contentsOf: "{\"status\":\"success\",\"data\":{\"resultType\":\"\(type)\",\"result\":[".utf8)
    for (index, series) in series.enumerated() {
      output.append(contentsOf: (index > 0 ? ",\n" : "\n").utf8)
      append(series, isVector: isVector, to: &output)
    }
    output.append(contentsOf: "\n]}}\n".utf8)
    return output
  }

  private func append(_ series: Series, isVector: Bool, to output: inout [UInt8]) {
    output.append(contentsOf: "{\"metric\":{".utf8)
    for (index, label) in series.labels.labels.enumerated() {
      if index > 0 { output.append(UInt8(ascii: ",")) }
      Canonical.appendString(label.name, to: &output)
      output.append(UInt8(ascii: ":"))
      Canonical.appendString(label.value, to: &output)
    }
    output.append(UInt8(ascii: "}"))
    let floats = series.samples.filter { !$0.sample.isHistogram }
    let histograms = series.samples.filter(\.sample.isHistogram)
    if !floats.isEmpty { append(floats, isVector ? "value" : "values", isVector, to: &output) }
    if !histograms.isEmpty {
      append(histograms, isVector ? "histogram" : "histograms", isVector, to: &output)
    }
    output.append(UInt8(ascii: "}"))
  }

  private func append(
    _ samples: [(table: Int, sample: SampleTable.Sample)], _ key: String, _ isVector: Bool,
    to output: inout [UInt8]
  ) {
    output.append(contentsOf: ",\"\(key)\":\(isVector ? "" : "[")".utf8)
    for (index, entry) in samples.enumerated() {
      if index > 0 { output.append(UInt8(ascii: ",")) }
      output.append(UInt8(ascii: "["))
      Canonical.appendUnixSeconds(nanoseconds: entry.sample.nanoseconds, to: &output)
      output.append(UInt8(ascii: ","))
      tables[entry.table].withText(of: entry.sample) { text in
        if entry.sample.isHistogram {
          output.append(contentsOf: text)
        } else {
          Canonical.appendString(text, to: &output)
        }
      }
      output.append(UInt8(ascii: "]"))
    }
    if !isVector { output.append(UInt8(ascii: "]")) }
  }
}

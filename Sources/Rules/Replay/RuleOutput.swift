import PromQL
import Telemetry

/// The series that a rule writes, step by step; a series that ends gets a stale marker.
struct RuleOutput {
  private var labels: [LabelSet] = []
  private var times: [[Int64]] = []
  private var values: [[Double]] = []
  private var numbers: [LabelSet: Int] = [:]
  /// The series of the last step, in order.
  private var present: [Int] = []
  /// The series of this step so far.
  private var written: [Int] = []
  /// The step at which each series was last written.
  private var stamps: [Int] = []
  private var step = 0

  /// The number under which samples of a series are written.
  mutating func number(of set: LabelSet) -> Int {
    if let number = numbers[set] { return number }
    numbers[set] = labels.count
    labels.append(set)
    times.append([])
    values.append([])
    stamps.append(-1)
    return labels.count - 1
  }

  /// Writes a sample of the step at `time`, in milliseconds; false when the series has one already.
  mutating func write(_ number: Int, _ value: Double, at time: Int64) -> Bool {
    guard stamps[number] != step else { return false }
    stamps[number] = step
    times[number].append(time)
    values[number].append(value)
    written.append(number)
    return true
  }

  /// Takes back what was written in this step, which failed: nothing ends and nothing begins.
  mutating func abandonStep() {
    for number in written {
      times[number].removeLast()
      values[number].removeLast()
    }
    written = []
    step += 1
  }

  /// Ends the step: series of the last one that are gone are marked as stale.
  mutating func finishStep(at time: Int64) {
    for number in present where stamps[number] != step {
      times[number].append(time)
      values[number].append(.absent)
    }
    present = written
    written = []
    step += 1
  }

  /// The series so far, in the order of their first samples.
  var columns: [SampleColumn] {
    labels.indices.filter { !times[$0].isEmpty }.map {
      SampleColumn(labels: labels[$0], times: times[$0], values: values[$0])
    }
  }
}

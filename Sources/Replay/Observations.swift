import Telemetry

/// What a bundle holds up to one instant, as values that detectors read.
///
/// Nothing in it is later than `end`: series are cut, log counts stop, events and object states
/// carry only facts whose own times are not after it.
public struct Observations: Sendable {
  /// The captured window, cut at `end`.
  public let window: TimeRange
  /// The instant up to which data was taken.
  public let end: Timestamp
  /// The steps of the replay: `window.start`, then one every `step`, the last at `end`.
  public let step: TimeSpan
  /// Raw metric series, sorted by labels, then by path.
  public let series: [RecordedSeries]
  /// What the logs hold, counted per stream, level and step; nil when the bundle has no logs.
  public let logs: LogActivity?
  /// Kubernetes objects, sorted by reference.
  public let objects: [RecordedObject]
  /// Kubernetes events with a usable time, in order of time, then uid; each once.
  public let events: [RecordedEvent]
  /// Which sources the bundle holds, with their scrape interval and horizon.
  public let sources: [ObservedSource]

  /// Makes observations.
  public init(
    window: TimeRange, end: Timestamp, step: TimeSpan, series: [RecordedSeries],
    logs: LogActivity?, objects: [RecordedObject], events: [RecordedEvent],
    sources: [ObservedSource]
  ) {
    self.window = window
    self.end = end
    self.step = step
    self.series = series
    self.logs = logs
    self.objects = objects
    self.events = events
    self.sources = sources
  }
}

/// A series and the bundle entry that it came from.
public struct RecordedSeries: Sendable {
  /// The samples.
  public let series: Series
  /// The bundle entry.
  public let path: String

  /// Makes a recorded series.
  public init(series: Series, path: String) {
    self.series = series
    self.path = path
  }
}

/// A Kubernetes object and the bundle entry that it came from.
public struct RecordedObject: Sendable {
  /// The object as it was at capture: a state's own times say since when it held.
  public let object: KubeObject
  /// The bundle entry.
  public let path: String

  /// Makes a recorded object.
  public init(object: KubeObject, path: String) {
    self.object = object
    self.path = path
  }
}

/// A Kubernetes event and the bundle entry that it came from.
public struct RecordedEvent: Sendable {
  /// The event.
  public let event: KubeEvent
  /// The bundle entry.
  public let path: String

  /// Makes a recorded event.
  public init(event: KubeEvent, path: String) {
    self.event = event
    self.path = path
  }
}

/// One source of a bundle.
public struct ObservedSource: Hashable, Sendable {
  /// Which system.
  public let kind: SourceKind
  /// Its scrape interval, when it is known.
  public let scrapeInterval: TimeSpan?
  /// The time before which Kubernetes events had expired, when it is known.
  public let eventHorizon: Timestamp?

  /// Makes a source.
  public init(kind: SourceKind, scrapeInterval: TimeSpan?, eventHorizon: Timestamp?) {
    self.kind = kind
    self.scrapeInterval = scrapeInterval
    self.eventHorizon = eventHorizon
  }
}

/// Log lines counted per stream, level and step.
public struct LogActivity: Sendable {
  /// The streams in order of their labels.
  public let streams: [LogStreamActivity]

  /// Makes log activity.
  public init(streams: [LogStreamActivity]) {
    self.streams = streams
  }
}

/// The lines of one log stream.
public struct LogStreamActivity: Sendable {
  /// The stream.
  public let stream: LogStream
  /// Lines per level and step: `counts[level][i]` counts lines after step `i - 1`, up to and with
  /// step `i`. Every level of `LogLevel` has a row, by raw value.
  public let counts: [[Int32]]
  /// Lines of level error or fatal in order of time, at most 64: the earliest of each wording, and
  /// the earliest of every ten steps.
  public let errorExamples: [LogExample]

  /// Makes the activity of one stream.
  public init(stream: LogStream, counts: [[Int32]], errorExamples: [LogExample]) {
    self.stream = stream
    self.counts = counts
    self.errorExamples = errorExamples
  }
}

/// One log line kept as an example.
public struct LogExample: Hashable, Sendable {
  /// When it was logged.
  public let time: Timestamp
  /// The bundle entry.
  public let path: String
  /// The line's number in the entry, from 1.
  public let lineNumber: Int
  /// The line, cut at 512 bytes on a character boundary.
  public let text: String

  /// Makes an example.
  public init(time: Timestamp, path: String, lineNumber: Int, text: String) {
    self.time = time
    self.path = path
    self.lineNumber = lineNumber
    self.text = text
  }
}

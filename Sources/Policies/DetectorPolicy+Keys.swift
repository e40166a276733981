// latency
extension SettingKey {
  /// `latency.window`, minutes.
  public static let latencyWindow = SettingKey(
    "latency", "window", unit: "minutes", .number(1...1440))
  /// `latency.history`, minutes.
  public static let latencyHistory = SettingKey(
    "latency", "history", unit: "minutes", .number(1...1440))
  /// `latency.baseline`, minutes.
  public static let latencyBaseline = SettingKey(
    "latency", "baseline", unit: "minutes", .number(1...1440))
  /// `latency.deviations`, deviations.
  public static let latencyDeviations = SettingKey(
    "latency", "deviations", unit: "deviations", .number(1...100))
  /// `latency.floor`, seconds.
  public static let latencyFloor = SettingKey(
    "latency", "floor", unit: "seconds", .number(0...60))
  /// `latency.requests`, requests.
  public static let latencyRequests = SettingKey(
    "latency", "requests", unit: "requests", .number(1...1e6))
  /// `latency.ratio`, times the baseline.
  public static let latencyRatio = SettingKey(
    "latency", "ratio", unit: "times the baseline", .scale)
}

// traffic
extension SettingKey {
  /// `traffic.window`, minutes.
  public static let trafficWindow = SettingKey(
    "traffic", "window", unit: "minutes", .number(1...1440))
  /// `traffic.history`, minutes.
  public static let trafficHistory = SettingKey(
    "traffic", "history", unit: "minutes", .number(1...1440))
  /// `traffic.baseline`, minutes.
  public static let trafficBaseline = SettingKey(
    "traffic", "baseline", unit: "minutes", .number(1...1440))
  /// `traffic.deviations`, deviations.
  public static let trafficDeviations = SettingKey(
    "traffic", "deviations", unit: "deviations", .number(1...100))
  /// `traffic.floor`, requests/s.
  public static let trafficFloor = SettingKey(
    "traffic", "floor", unit: "requests/s", .number(0...1e6))
  /// `traffic.surge`, times the baseline.
  public static let trafficSurge = SettingKey(
    "traffic", "surge", unit: "times the baseline", .scale)
  /// `traffic.drop`, times below the baseline.
  public static let trafficDrop = SettingKey(
    "traffic", "drop", unit: "times below the baseline", .scale)
}

// container-restart
extension SettingKey {
  /// `container-restart.window`, minutes.
  public static let containerRestartWindow = SettingKey(
    "container-restart", "window", unit: "minutes", .number(1...1440))
  /// `container-restart.repeats`, restarts.
  public static let containerRestartRepeats = SettingKey(
    "container-restart", "repeats", unit: "restarts", .scale)
  /// `container-restart.killed`, strength.
  public static let containerRestartKilled = SettingKey(
    "container-restart", "killed", unit: "strength", .number(0...1))
}

// waiting-reason
extension SettingKey {
  /// `waiting-reason.ignored`, reasons.
  public static let waitingReasonIgnored = SettingKey(
    "waiting-reason", "ignored", unit: "reasons", .names)
  /// `waiting-reason.served`, strength.
  public static let waitingReasonServed = SettingKey(
    "waiting-reason", "served", unit: "strength", .number(0...1))
  /// `waiting-reason.sustained`, minutes.
  public static let waitingReasonSustained = SettingKey(
    "waiting-reason", "sustained", unit: "minutes", .number(1...1440))
}

// pod-unavailable
extension SettingKey {
  /// `pod-unavailable.window`, minutes.
  public static let podUnavailableWindow = SettingKey(
    "pod-unavailable", "window", unit: "minutes", .number(1...1440))
  /// `pod-unavailable.sustained`, minutes.
  public static let podUnavailableSustained = SettingKey(
    "pod-unavailable", "sustained", unit: "minutes", .number(1...1440))
  /// `pod-unavailable.patience`, minutes.
  public static let podUnavailablePatience = SettingKey(
    "pod-unavailable", "patience", unit: "minutes", .number(1...1440))
  /// `pod-unavailable.from`, ratio.
  public static let podUnavailableFrom = SettingKey(
    "pod-unavailable", "from", unit: "ratio", .number(0...1))
}

// saturation-forecast
extension SettingKey {
  /// `saturation-forecast.window`, minutes.
  public static let forecastWindow = SettingKey(
    "saturation-forecast", "window", unit: "minutes", .number(3...10_080))
  /// `saturation-forecast.horizon`, minutes.
  public static let forecastHorizon = SettingKey(
    "saturation-forecast", "horizon", unit: "minutes", .number(1...100_000))
  /// `saturation-forecast.fit`, ratio.
  public static let forecastFit = SettingKey(
    "saturation-forecast", "fit", unit: "ratio", .number(0...1))
  /// `saturation-forecast.rise`, ratio of the limit.
  public static let forecastRise = SettingKey(
    "saturation-forecast", "rise", unit: "ratio of the limit", .number(0...1))
  /// `saturation-forecast.from`, ratio of the limit.
  public static let forecastFrom = SettingKey(
    "saturation-forecast", "from", unit: "ratio of the limit", .number(0...1))
  /// `saturation-forecast.nearness`, share of the horizon that is gone.
  public static let forecastNearness = SettingKey(
    "saturation-forecast", "nearness", unit: "share of the horizon that is gone", .scale)
  /// `saturation-forecast.join`, minutes.
  public static let forecastJoin = SettingKey(
    "saturation-forecast", "join", unit: "minutes", .number(0...1440))
  /// `saturation-forecast.used`, metric names.
  public static let forecastUsed = SettingKey(
    "saturation-forecast", "used", unit: "metric names", .pairs)
  /// `saturation-forecast.free`, metric names.
  public static let forecastFree = SettingKey(
    "saturation-forecast", "free", unit: "metric names", .pairs)
}

// metric-anomaly
extension SettingKey {
  /// `metric-anomaly.window`, minutes.
  public static let anomalyWindow = SettingKey(
    "metric-anomaly", "window", unit: "minutes", .number(1...1440))
  /// `metric-anomaly.history`, minutes.
  public static let anomalyHistory = SettingKey(
    "metric-anomaly", "history", unit: "minutes", .number(1...1440))
  /// `metric-anomaly.baseline`, minutes.
  public static let anomalyBaseline = SettingKey(
    "metric-anomaly", "baseline", unit: "minutes", .number(1...10_080))
  /// `metric-anomaly.deviations`, deviations.
  public static let anomalyDeviations = SettingKey(
    "metric-anomaly", "deviations", unit: "deviations", .number(1...100))
  /// `metric-anomaly.rate-floor`, 1/s.
  public static let anomalyRateFloor = SettingKey(
    "metric-anomaly", "rate-floor", unit: "1/s", .number(0...1000))
  /// `metric-anomaly.level-floor`, items.
  public static let anomalyLevelFloor = SettingKey(
    "metric-anomaly", "level-floor", unit: "items", .number(0...1_000_000))
  /// `metric-anomaly.growth`, times the baseline.
  public static let anomalyGrowth = SettingKey(
    "metric-anomaly", "growth", unit: "times the baseline", .scale)
  /// `metric-anomaly.counters`, metric names.
  public static let anomalyCounters = SettingKey(
    "metric-anomaly", "counters", unit: "metric names", .names)
  /// `metric-anomaly.coded`, metric names and labels.
  public static let anomalyCoded = SettingKey(
    "metric-anomaly", "coded", unit: "metric names and labels", .labelledPairs)
  /// `metric-anomaly.gauges`, metric names.
  public static let anomalyGauges = SettingKey(
    "metric-anomaly", "gauges", unit: "metric names", .names)
}

// certificate-expiry
extension SettingKey {
  /// `certificate-expiry.gauges`, metric names.
  public static let certificateGauges = SettingKey(
    "certificate-expiry", "gauges", unit: "metric names", .names)
  /// `certificate-expiry.horizon`, days.
  public static let certificateHorizon = SettingKey(
    "certificate-expiry", "horizon", unit: "days", .number(1...365))
  /// `certificate-expiry.nearness`, share of the horizon that is gone.
  public static let certificateNearness = SettingKey(
    "certificate-expiry", "nearness", unit: "share of the horizon that is gone", .scale)
}

// service-down
extension SettingKey {
  /// `service-down.gauges`, metric names.
  public static let serviceDownGauges = SettingKey(
    "service-down", "gauges", unit: "metric names", .names)
  /// `service-down.window`, minutes.
  public static let serviceDownWindow = SettingKey(
    "service-down", "window", unit: "minutes", .number(1...1440))
  /// `service-down.sustained`, minutes.
  public static let serviceDownSustained = SettingKey(
    "service-down", "sustained", unit: "minutes", .number(1...1440))
  /// `service-down.from`, ratio.
  public static let serviceDownFrom = SettingKey(
    "service-down", "from", unit: "ratio", .number(0...1))
}

// node-condition
extension SettingKey {
  /// `node-condition.not-ready`, strength.
  public static let nodeConditionNotReady = SettingKey(
    "node-condition", "not-ready", unit: "strength", .number(0...1))
  /// `node-condition.pressure`, strength.
  public static let nodeConditionPressure = SettingKey(
    "node-condition", "pressure", unit: "strength", .number(0...1))
}

// memory-limit
extension SettingKey {
  /// `memory-limit.ratio`, ratio of the limit.
  public static let memoryLimitRatio = SettingKey(
    "memory-limit", "ratio", unit: "ratio of the limit", .scale)
  /// `memory-limit.rise`, ratio of the limit.
  public static let memoryLimitRise = SettingKey(
    "memory-limit", "rise", unit: "ratio of the limit", .number(0...1))
  /// `memory-limit.join`, minutes.
  public static let memoryLimitJoin = SettingKey(
    "memory-limit", "join", unit: "minutes", .number(1...1440))
}

// connection-pool
extension SettingKey {
  /// `connection-pool.ratio`, ratio of the pool.
  public static let connectionPoolRatio = SettingKey(
    "connection-pool", "ratio", unit: "ratio of the pool", .scale)
  /// `connection-pool.sustained`, minutes.
  public static let connectionPoolSustained = SettingKey(
    "connection-pool", "sustained", unit: "minutes", .number(1...1440))
  /// `connection-pool.rise`, ratio of the pool.
  public static let connectionPoolRise = SettingKey(
    "connection-pool", "rise", unit: "ratio of the pool", .number(0...1))
  /// `connection-pool.join`, minutes.
  public static let connectionPoolJoin = SettingKey(
    "connection-pool", "join", unit: "minutes", .number(1...1440))
  /// `connection-pool.pairs`, metric names.
  public static let connectionPoolPairs = SettingKey(
    "connection-pool", "pairs", unit: "metric names", .pairs)
}

// cpu-throttling
extension SettingKey {
  /// `cpu-throttling.window`, minutes.
  public static let cpuThrottlingWindow = SettingKey(
    "cpu-throttling", "window", unit: "minutes", .number(1...1440))
  /// `cpu-throttling.ratio`, ratio of CFS periods.
  public static let cpuThrottlingRatio = SettingKey(
    "cpu-throttling", "ratio", unit: "ratio of CFS periods", .scale)
  /// `cpu-throttling.periods`, periods/s.
  public static let cpuThrottlingPeriods = SettingKey(
    "cpu-throttling", "periods", unit: "periods/s", .number(1...1e4))
}

// event-surge
extension SettingKey {
  /// `event-surge.window`, minutes.
  public static let eventSurgeWindow = SettingKey(
    "event-surge", "window", unit: "minutes", .number(1...1440))
  /// `event-surge.occurrences`, warnings in the window.
  public static let eventSurgeOccurrences = SettingKey(
    "event-surge", "occurrences", unit: "warnings in the window", .scale)
  /// `event-surge.breadth`, objects that surge at a time.
  public static let eventSurgeBreadth = SettingKey(
    "event-surge", "breadth", unit: "objects that surge at a time", .scale)
  /// `event-surge.growth`, times the earlier maximum.
  public static let eventSurgeGrowth = SettingKey(
    "event-surge", "growth", unit: "times the earlier maximum", .number(1...1000))
}

// error-logs
extension SettingKey {
  /// `error-logs.window`, minutes.
  public static let errorLogsWindow = SettingKey(
    "error-logs", "window", unit: "minutes", .number(1...1440))
  /// `error-logs.history`, minutes.
  public static let errorLogsHistory = SettingKey(
    "error-logs", "history", unit: "minutes", .number(1...1440))
  /// `error-logs.baseline`, minutes.
  public static let errorLogsBaseline = SettingKey(
    "error-logs", "baseline", unit: "minutes", .number(1...1440))
  /// `error-logs.deviations`, deviations.
  public static let errorLogsDeviations = SettingKey(
    "error-logs", "deviations", unit: "deviations", .number(1...100))
  /// `error-logs.floor`, lines/min.
  public static let errorLogsFloor = SettingKey(
    "error-logs", "floor", unit: "lines/min", .number(0...1e6))
  /// `error-logs.growth`, times the baseline.
  public static let errorLogsGrowth = SettingKey(
    "error-logs", "growth", unit: "times the baseline", .scale)
}

// alert
extension SettingKey {
  /// `alert.ignored`, alert names.
  public static let alertIgnored = SettingKey(
    "alert", "ignored", unit: "alert names", .names)
  /// `alert.ignored-severities`, severities.
  public static let alertIgnoredSeverities = SettingKey(
    "alert", "ignored-severities", unit: "severities", .names)
  /// `alert.join`, minutes.
  public static let alertJoin = SettingKey(
    "alert", "join", unit: "minutes", .number(1...1440))
  /// `alert.urgent`, severities.
  public static let alertUrgent = SettingKey(
    "alert", "urgent", unit: "severities", .names)
}

extension DetectorPolicy {
  /// Every setting there is; the file holds exactly these.
  public static let keys: [SettingKey] = [
    .latencyWindow, .latencyHistory, .latencyBaseline,
    .latencyDeviations, .latencyFloor, .latencyRequests,
    .latencyRatio, .trafficWindow, .trafficHistory,
    .trafficBaseline, .trafficDeviations, .trafficFloor,
    .trafficSurge, .trafficDrop, .containerRestartWindow,
    .containerRestartRepeats, .containerRestartKilled, .waitingReasonIgnored,
    .waitingReasonServed, .waitingReasonSustained, .podUnavailableWindow,
    .podUnavailableSustained, .podUnavailablePatience, .podUnavailableFrom, .serviceDownGauges,
    .serviceDownWindow, .serviceDownSustained, .serviceDownFrom,
    .nodeConditionNotReady, .nodeConditionPressure, .memoryLimitRatio,
    .memoryLimitRise, .memoryLimitJoin, .connectionPoolRatio,
    .connectionPoolSustained, .connectionPoolRise, .connectionPoolJoin,
    .connectionPoolPairs, .cpuThrottlingWindow, .cpuThrottlingRatio,
    .forecastWindow, .forecastHorizon, .forecastFit, .forecastRise, .forecastFrom,
    .forecastNearness, .forecastJoin, .forecastUsed, .forecastFree,
    .anomalyWindow, .anomalyHistory, .anomalyBaseline, .anomalyDeviations, .anomalyRateFloor,
    .anomalyLevelFloor, .anomalyGrowth, .anomalyCounters, .anomalyCoded, .anomalyGauges,
    .certificateGauges, .certificateHorizon, .certificateNearness,
    .cpuThrottlingPeriods, .eventSurgeWindow, .eventSurgeOccurrences, .eventSurgeBreadth,
    .eventSurgeGrowth, .errorLogsWindow, .errorLogsHistory,
    .errorLogsBaseline, .errorLogsDeviations, .errorLogsFloor,
    .errorLogsGrowth, .alertIgnored, .alertIgnoredSeverities,
    .alertJoin, .alertUrgent,
  ]
}

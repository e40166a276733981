extension Double {
  /// The number as OpenMetrics writes it in labels: like `shortText`, whole numbers with `.0`.
  var openMetricsText: String {
    let text = shortText
    return isFinite && !text.contains(".") && !text.contains("e") ? text + ".0" : text
  }
}

/// The collectors, in the order in which they are asked; the last one takes whatever is left.
enum BuiltinCollectors {
  static let all: [any Collector] = [
    EmptyResultCollector(),
    MetricCollector(),
    RecordedAnswerCollector(),
    PrometheusDocumentCollector(),
    LogCollector(),
    RewrittenLogCollector(),
    LokiDocumentCollector(),
    KubernetesCollector(),
    QueryTableCollector(),
    ServerErrorCollector(),
    TextTableCollector(),
    UnrecognisedCollector(),
  ]
}

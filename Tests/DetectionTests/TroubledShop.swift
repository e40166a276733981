import Telemetry

/// Ninety minutes of a shop in which everything goes wrong once, so that every detector has
/// something to say: a rollout at 40, failures and slowness from 45 to 70, recovery after.
enum TroubledShop {
  static func scenery() -> Scenery {
    var shop = Scenery(minutes: 90)
    addRequests(to: &shop)
    addContainers(to: &shop)
    addKubernetes(to: &shop)
    shop.logs(
      service: "api", level: .error, { isBad(Double($0)) ? 120 : $0 % 7 == 0 ? 1 : 0 },
      example: "ERROR cannot reach db")
    shop.logs(service: "api", level: .info, { _ in 40 }, example: "")
    shop.gauge([
      "__name__": "ALERTS", "alertname": "ApiDown", "alertstate": "firing", "severity": "page",
      "service": "api",
    ]) { (48...69).contains($0) ? 1 : nil }
    shop.warning(pod: "api-1", reason: "Unhealthy", from: 46, to: 52, count: 30)
    shop.warning(pod: "api-1", reason: "BackOff", from: 50, to: 66, count: 60)
    return shop
  }

  static func isBad(_ minute: Double) -> Bool { minute > 45 && minute <= 70 }

  private static func addRequests(to shop: inout Scenery) {
    for pod in ["api-1", "api-2"] {
      shop.counter([
        "__name__": "http_requests_total", "service": "api", "pod": pod, "code": "200",
        "namespace": "shop",
      ]) { isBad($0) ? 1200 : 600 }
      shop.counter([
        "__name__": "http_requests_total", "service": "api", "pod": pod, "code": "500",
        "namespace": "shop",
      ]) { isBad($0) ? 300 : 0.4 }
      shop.counter([
        "__name__": "http_request_duration_seconds_sum", "service": "api", "pod": pod,
        "namespace": "shop",
      ]) { isBad($0) ? 1500 : 60 }
      shop.counter([
        "__name__": "http_request_duration_seconds_count", "service": "api", "pod": pod,
        "namespace": "shop",
      ]) { isBad($0) ? 1500 : 600 }
    }
  }

  private static func addContainers(to shop: inout Scenery) {
    func labels(_ name: String) -> KeyValuePairs<String, String> {
      ["__name__": name, "pod": "api-1", "container": "api", "namespace": "shop"]
    }
    shop.gauge(labels("container_memory_working_set_bytes")) {
      isBad($0) ? 990_000_000 : 400_000_000 + 1_000_000 * $0
    }
    shop.gauge(labels("container_spec_memory_limit_bytes")) { _ in 1_000_000_000 }
    shop.counter(labels("container_cpu_cfs_throttled_periods_total")) { isBad($0) ? 400 : 3 }
    shop.counter(labels("container_cpu_cfs_periods_total")) { _ in 600 }
    shop.gauge(["__name__": "node_filesystem_size_bytes", "node": "n1", "mountpoint": "/data"]) {
      _ in 100
    }
    shop.gauge(["__name__": "node_filesystem_avail_bytes", "node": "n1", "mountpoint": "/data"]) {
      $0 < 70 ? 100 - $0 : 100
    }
    shop.gauge(["__name__": "probe_ssl_earliest_cert_expiry", "instance": "https://shop"]) { _ in
      Scenery.time(60).seconds
    }
    shop.counter(labels("jobs_errors_total")) { isBad($0) ? 600 : 0 }
    shop.gauge(labels("db_connections_in_use")) { isBad($0) ? 20 : 4 }
    shop.gauge(labels("db_connections_max")) { _ in 20 }
    shop.gauge(labels("kube_pod_container_status_restarts_total")) {
      $0 < 50 ? 0 : $0 < 53 ? 1 : $0 < 57 ? 2 : 3
    }
    shop.gauge([
      "__name__": "kube_pod_container_status_last_terminated_reason", "pod": "api-1",
      "container": "api", "namespace": "shop", "reason": "OOMKilled",
    ]) { $0 >= 50 ? 1 : nil }
    shop.gauge([
      "__name__": "kube_pod_container_status_waiting_reason", "pod": "api-1",
      "container": "api", "namespace": "shop", "reason": "CrashLoopBackOff",
    ]) { (53...68).contains($0) ? 1 : nil }
  }

  private static func addKubernetes(to shop: inout Scenery) {
    shop.gauge([
      "__name__": "kube_deployment_spec_replicas", "deployment": "api", "namespace": "shop",
    ]) { _ in 2 }
    shop.gauge([
      "__name__": "kube_deployment_status_replicas_available", "deployment": "api",
      "namespace": "shop",
    ]) { (50...68).contains($0) ? 1 : 2 }
    for status in ["true", "false"] {
      shop.gauge([
        "__name__": "kube_node_status_condition", "node": "worker-1", "condition": "Ready",
        "status": status,
      ]) { ((60...64).contains($0)) == (status == "false") ? 1 : 0 }
    }
    shop.gauge(["__name__": "redis_up", "service": "redis", "namespace": "shop"]) {
      (50...60).contains($0) ? 0 : 1
    }
    for (name, revision, created, image) in [
      ("api-aaa", "1", -5000.0, "shop/api:1"), ("api-bbb", "2", 40.5, "shop/api:2"),
    ] {
      shop.object(
        "ReplicaSet", name, createdAt: created,
        .object([
          "metadata": .object([
            "annotations": .object(["deployment.kubernetes.io/revision": .string(revision)])
          ]),
          "spec": .object([
            "template": .object([
              "spec": .object([
                "containers": .array([
                  .object(["name": .string("api"), "image": .string(image)])
                ])
              ])
            ])
          ]),
        ]))
    }
  }
}

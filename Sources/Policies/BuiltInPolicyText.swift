/// The files of `policies/`, as text; written by `tools/embed-policies`, never by hand.
enum BuiltInPolicyText {
  static let files: [(name: String, text: String)] = [
    (
      "detectors.json",
      #"""
      {
        "latency": {
          "window": {"value": 5, "unit": "minutes", "reason": "the mean is taken over this much traffic, to smooth single slow calls"},
          "history": {"value": 10, "unit": "minutes", "reason": "shorter history says little about what is normal"},
          "baseline": {"value": 120, "unit": "minutes", "reason": "how far back normal is looked for; a day's rhythm moves less than that"},
          "deviations": {"value": 6, "unit": "deviations", "reason": "beyond what robust spread explains; Leys et al. 2013 call 3 very conservative for single values"},
          "floor": {"value": 0.005, "unit": "seconds", "reason": "smallest spread that counts, so that microseconds do not"},
          "requests": {"value": 20, "unit": "requests", "reason": "a mean of fewer is chance"},
          "ratio": {"value": [[1.5, 0.25], [2, 0.4], [3, 0.6], [5, 0.8], [10, 1]], "unit": "times the baseline", "reason": "users notice a doubling, and leave at several times the usual"}
        },
        "traffic": {
          "window": {"value": 5, "unit": "minutes", "reason": "as for latency"},
          "history": {"value": 20, "unit": "minutes", "reason": "request rates breathe; less history would call a rise a surge"},
          "baseline": {"value": 120, "unit": "minutes", "reason": "as for latency"},
          "deviations": {"value": 6, "unit": "deviations", "reason": "as for latency"},
          "floor": {"value": 0.1, "unit": "requests/s", "reason": "smallest spread that counts"},
          "surge": {"value": [[2, 0.4], [3, 0.6], [5, 0.8], [10, 1]], "unit": "times the baseline", "reason": "twice the load is what a service is usually sized for"},
          "drop": {"value": [[2, 0.4], [4, 0.6], [10, 0.8], [100, 1]], "unit": "times below the baseline", "reason": "half the load gone is a failure upstream, or a failure that turns clients away"}
        },
        "container-restart": {
          "window": {"value": 10, "unit": "minutes", "reason": "the kubelet forgets its back-off after 10 minutes of running"},
          "repeats": {"value": [[1, 0.15], [2, 0.7], [4, 0.9], [6, 1]], "unit": "restarts", "reason": "one restart heals; from the second on it does not"},
          "killed": {"value": 0.6, "unit": "strength", "reason": "a single OOM kill (exit 137 and OOMKilled) is a fault even when it is the first"}
        },
        "waiting-reason": {
          "ignored": {"value": ["ContainerCreating", "PodInitializing"], "unit": "reasons", "reason": "every new pod passes through them"},
          "served": {"value": 0.3, "unit": "strength", "reason": "a pod waits while all wanted replicas serve: a stuck rollout, not an outage"},
          "sustained": {"value": 1, "unit": "minutes", "reason": "a reason seen once may be a race of a start"}
        },
        "pod-unavailable": {
          "window": {"value": 5, "unit": "minutes", "reason": "replicas that flap count by the share of time they were away"},
          "sustained": {"value": 2, "unit": "minutes", "reason": "replicas away this long count in full"},
          "from": {"value": 0.1, "unit": "ratio", "reason": "share of replicas away, over the window, that is worth a finding"}
        },
        "service-down": {
          "gauges": {"value": ["up", "*_up", "probe_success"], "unit": "metric names", "reason": "1 while a target answers; an exporter's own …_up says whether what it watches answers"},
          "window": {"value": 5, "unit": "minutes", "reason": "as for pod-unavailable"},
          "sustained": {"value": 2, "unit": "minutes", "reason": "as for pod-unavailable"},
          "from": {"value": 0.3, "unit": "ratio", "reason": "share of targets down, over the window, that is worth a finding; a missed scrape is less"}
        },
        "node-condition": {
          "not-ready": {"value": 1, "unit": "strength", "reason": "everything on the node is at risk"},
          "pressure": {"value": 0.6, "unit": "strength", "reason": "the kubelet has begun to evict"}
        },
        "memory-limit": {
          "ratio": {"value": [[0.9, 0.4], [0.95, 0.6], [1, 1]], "unit": "ratio of the limit", "reason": "at the limit the kernel kills; page cache is already left out of the working set"},
          "rise": {"value": 0.05, "unit": "ratio of the limit", "reason": "a level that was as high before is how the container lives"},
          "join": {"value": 10, "unit": "minutes", "reason": "a container that is killed and fills up again is one story"}
        },
        "connection-pool": {
          "ratio": {"value": [[0.95, 0.6], [1, 1]], "unit": "ratio of the pool", "reason": "the next caller waits"},
          "sustained": {"value": 2, "unit": "minutes", "reason": "a pool may touch its limit for a moment"},
          "rise": {"value": 0.05, "unit": "ratio of the pool", "reason": "a pool that was as full before is how the service lives"},
          "join": {"value": 10, "unit": "minutes", "reason": "a pool that wavers at its limit is one story"},
          "pairs": {"value": [
            ["db_connections_in_use", "db_connections_max"],
            ["hikaricp_connections_active", "hikaricp_connections_max"],
            ["go_sql_stats_connections_in_use", "go_sql_stats_connections_max_open"],
            ["jdbc_connections_active", "jdbc_connections_max"],
            ["pgbouncer_pools_server_active_connections", "pgbouncer_databases_pool_size"],
            ["mysql_global_status_threads_connected", "mysql_global_variables_max_connections"],
            ["redis_connected_clients", "redis_config_maxclients"],
            ["*_connections_in_use", "*_connections_max"],
            ["*_connections_active", "*_connections_max"]
          ], "unit": "metric names", "reason": "used and maximal amounts with the same labels; * stands for the same beginning in both"}
        },
        "cpu-throttling": {
          "window": {"value": 5, "unit": "minutes", "reason": "as for latency"},
          "ratio": {"value": [[0.25, 0.4], [0.5, 0.7], [0.9, 1]], "unit": "ratio of CFS periods", "reason": "the share that monitoring mixins warn at"},
          "periods": {"value": 10, "unit": "periods/s", "reason": "the kernel's default period is 100 ms; used as an upper bound when periods are not recorded"}
        },
        "event-surge": {
          "window": {"value": 10, "unit": "minutes", "reason": "client-go folds similar events over this time"},
          "occurrences": {"value": [[3, 0.2], [10, 0.5], [30, 0.8], [100, 1]], "unit": "warnings in the window", "reason": "three failed probes are one restart; tens are a state"},
          "growth": {"value": 3, "unit": "times the earlier maximum", "reason": "an object that always warns is no news"}
        },
        "error-logs": {
          "window": {"value": 5, "unit": "minutes", "reason": "smooths bursts of one request"},
          "history": {"value": 5, "unit": "minutes", "reason": "shorter history says little about what is normal"},
          "baseline": {"value": 120, "unit": "minutes", "reason": "as for latency"},
          "deviations": {"value": 6, "unit": "deviations", "reason": "as for latency"},
          "floor": {"value": 2, "unit": "lines/min", "reason": "fewer error lines than this are everyday"},
          "growth": {"value": [[3, 0.25], [10, 0.6], [30, 0.8], [100, 1]], "unit": "times the baseline", "reason": "error logging is noisy; three times the usual is seen on quiet days"}
        },
        "alert": {
          "ignored": {"value": ["Watchdog", "InfoInhibitor", "DeadMansSwitch"], "unit": "alert names", "reason": "they fire by design"},
          "ignored-severities": {"value": ["none", "info"], "unit": "severities", "reason": "nobody acts on them"},
          "join": {"value": 15, "unit": "minutes", "reason": "an alert that stops and fires again within this time is one story"},
          "urgent": {"value": ["critical", "page", "emergency", "disaster", "high"], "unit": "severities", "reason": "somebody is woken up"}
        }
      }

      """#
    ),
    (
      "score.json",
      #"""
      {
        "model": "score-model v1",
        "weights": {
          "slo": 0.9,
          "availability": 0.7,
          "reach": 0.5,
          "logs": 0.35,
          "events": 0.3,
          "resource": 0.25,
          "reason": "starting values, not fitted: what users feel outweighs what machines say; log noise alone stays at 35"
        },
        "burnScale": {
          "value": [[0, 0], [1, 0.25], [3, 0.4], [6, 0.6], [14.4, 0.8]],
          "unit": "burn rate",
          "reason": "the Workbook's thresholds; strength 1 is a total outage, 1/(1-objective)"
        },
        "affectedFrom": {
          "slo-burn": 0.4,
          "latency": 0.6,
          "pod-unavailable": 0.3,
          "service-down": 0.5,
          "waiting-reason": 0.5,
          "container-restart": 0.7,
          "reason": "strength from which a finding means that users of its service are, or soon will be, affected: it counts in reach, and an incident needs one"
        },
        "incident": {
          "open": {"value": 40, "unit": "score", "reason": "above log noise alone (35) and a quiet day's background (under 30)"},
          "close": {"value": 25, "unit": "score", "reason": "clearly below open, so that a wavering score is one incident"},
          "quiet": {"value": "5m", "reason": "how long the score must stay below close, or no service be affected, before it is over"},
          "merge": {"value": "15m", "reason": "two incidents closer than this are one"},
          "lookback": {"value": "20m", "reason": "how long before its detection an incident may have begun"},
          "critical": {"value": 80, "unit": "score", "reason": "peak from which an incident is critical, when users are affected"},
          "major": {"value": 60, "unit": "score", "reason": "peak from which an incident is major"}
        }
      }

      """#
    ),
    (
      "slo.json",
      #"""
      {
        "period": {
          "value": "30d",
          "reason": "the period over which an error budget is spent; SRE Workbook ch. 5"
        },
        "availability": {
          "default": 0.995,
          "services": {},
          "reason": "share of requests that must not fail; a service of its own objective is named in services"
        },
        "burn": {
          "pairs": [
            {"severity": "page", "long": "1h", "short": "5m", "threshold": 14.4},
            {"severity": "page", "long": "6h", "short": "30m", "threshold": 6},
            {"severity": "ticket", "long": "1d", "short": "2h", "threshold": 3},
            {"severity": "ticket", "long": "3d", "short": "6h", "threshold": 1}
          ],
          "minimumCoverage": 0.5,
          "notable": 2,
          "reason": "SRE Workbook ch. 5: both windows must burn; a window is judged when at least minimumCoverage of it has data; the score follows the first pair; from notable on there is a finding, since a single failure more or less makes a rate of 1 in small services"
        },
        "requestCounters": [
          {"metric": "http_requests_total", "status": ["code", "status", "status_code", "response_code", "http_status", "http_response_status_code"], "protocol": "http"},
          {"metric": "http_server_request_duration_seconds_count", "status": ["http_response_status_code", "status_code", "status"], "protocol": "http"},
          {"metric": "http_server_duration_milliseconds_count", "status": ["http_status_code", "http_response_status_code"], "protocol": "http"},
          {"metric": "http_server_requests_seconds_count", "status": ["status", "code"], "protocol": "http"},
          {"metric": "http_request_duration_seconds_count", "status": ["code", "status", "status_code"], "protocol": "http"},
          {"metric": "grpc_server_handled_total", "status": ["grpc_code"], "protocol": "grpc"},
          {"metric": "rpc_server_duration_milliseconds_count", "status": ["rpc_grpc_status_code"], "protocol": "grpc"},
          {"metric": "istio_requests_total", "status": ["response_code"], "protocol": "http"},
          {"metric": "nginx_ingress_controller_requests", "status": ["status"], "protocol": "http"},
          {"metric": "traefik_service_requests_total", "status": ["code"], "protocol": "http"},
          {"metric": "haproxy_backend_http_responses_total", "status": ["code"], "protocol": "http"},
          {"metric": "flask_http_request_total", "status": ["status"], "protocol": "http"},
          {"metric": "*_requests_total", "status": ["code", "status", "status_code", "http_status", "http_response_status_code"], "protocol": "http"}
        ],
        "ignoredCounters": ["promhttp_metric_handler_requests_total", "rest_client_requests_total", "prometheus_http_requests_total", "*_client_requests_total", "upstream_requests_total"],
        "latencyMetrics": [
          {"metric": "http_request_duration_seconds", "secondsPerUnit": 1},
          {"metric": "http_server_request_duration_seconds", "secondsPerUnit": 1},
          {"metric": "http_server_duration_milliseconds", "secondsPerUnit": 0.001},
          {"metric": "http_server_requests_seconds", "secondsPerUnit": 1},
          {"metric": "grpc_server_handling_seconds", "secondsPerUnit": 1},
          {"metric": "rpc_server_duration_milliseconds", "secondsPerUnit": 0.001},
          {"metric": "istio_request_duration_milliseconds", "secondsPerUnit": 0.001},
          {"metric": "nginx_ingress_controller_request_duration_seconds", "secondsPerUnit": 1},
          {"metric": "*_request_duration_seconds", "secondsPerUnit": 1}
        ],
        "serviceLabels": ["service", "destination_service_name", "service_name", "app", "app_kubernetes_io_name", "job"]
      }

      """#
    ),
  ]
}

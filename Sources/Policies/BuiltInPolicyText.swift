/// The files of `policies/`, as text; written by `tools/embed-policies`, never by hand.
enum BuiltInPolicyText {
  static let files: [(name: String, text: String)] = [
    (
      "causes.json",
      #"""
      {
        "ranking": {
          "failure": {"value": 40, "unit": "points", "reason": "decisive: it stopped working itself; bands after KubeTective's starting weights, not fitted"},
          "saturation": {"value": 30, "unit": "points", "reason": "primary: it ran into an own limit"},
          "callers": {"value": 25, "unit": "points", "reason": "strong: every further caller that names it halves the distance to this; one gives 12.5"},
          "change": {"value": 20, "unit": "points", "reason": "corroborating: most incidents follow a change, but most changes are followed by none"},
          "error": {"value": 15, "unit": "points", "reason": "supporting: symptoms have errors too"},
          "anomaly": {"value": 10, "unit": "points", "reason": "contextual: everything is unusual during an incident"},
          "faultStrength": {"value": 0.3, "unit": "strength", "reason": "a single restart has 0.15 and heals; a stuck pod has 0.3"},
          "symptomPenalty": {"value": 25, "unit": "points", "reason": "as strong as the callers' word that it is somebody else"},
          "recoveredPenalty": {"value": 20, "unit": "points", "reason": "what healed before the incident cannot keep it going"},
          "healthyChangePenalty": {"value": 15, "unit": "points", "reason": "a rollout that became healthy is the usual decoy"},
          "missingPenalty": {"value": 6, "unit": "points", "reason": "KubeTective: each expected source that is not there"},
          "temperature": {"value": 26, "unit": "points", "reason": "KubeTective's default before fitting"},
          "confidenceCeiling": {"value": 0.6, "unit": "ratio", "reason": "nothing is calibrated yet"},
          "lead": {"value": 0.1, "unit": "ratio", "reason": "a smaller lead is a coin toss"},
          "lookback": {"value": 60, "unit": "minutes", "reason": "a leak may fill up for most of an hour; Kubernetes keeps events for one"},
          "smear": {"value": 5, "unit": "minutes", "reason": "rates are read over 5m, so an onset may lie that much earlier"},
          "failedCalls": {"value": 10, "unit": "calls", "reason": "fewer are everyday"},
          "failedCallRatio": {"value": 0.01, "unit": "ratio", "reason": "twice the error budget of a 99.5% objective"},
          "failedCallGrowth": {"value": 3, "unit": "times the share before", "reason": "a dependency that always fails a little is no news"},
          "hypotheses": {"value": 5, "unit": "hypotheses", "reason": "more are not read"},
          "chronicleLines": {"value": 60, "unit": "lines", "reason": "about one page"}
        },
        "wording": {
          "failure": {
            "terms": ["panic:", "fatal error:", "segmentation fault", "sigsegv", "core dumped", "read-only file system", "unable to start", "failed to start", "bind: address already in use", "exec format error", "executable file not found"],
            "reason": "an entity that logs this has stopped, or cannot start"
          },
          "saturation": {
            "terms": ["outofmemoryerror", "out of memory", "cannot allocate memory", "no space left on device", "too many open files", "too many connections", "too many clients", "remaining connection slots", "table full, dropping packet", "maxmemory", "resource temporarily unavailable", "worker_connections are not enough", "disk quota exceeded"],
            "reason": "an entity that logs this has reached a limit of its own"
          },
          "symptom": {
            "terms": ["connection is not available", "pool exhausted", "pool timeout", "connection pool", "connections in use", "circuit breaker", "no healthy upstream", "upstream connect error", "upstream request failed", "upstream prematurely closed", "connection reset by peer", "broken pipe", "client.timeout exceeded", "probe failed with statuscode: 5", "failed liveness probe", "context canceled", "unable to fetch metrics", "unable to get metrics"],
            "reason": "these say that something else did not answer, K02, K13, K14, K71, K77 and K82 of the field's list: never a root cause by themselves"
          }
        },
        "causes": [
          {
            "name": "memory-leak-oom",
            "title": "memory ran out, killed at the limit",
            "description": "A container grew to its memory limit and was killed by the kernel; a leak, a limit that is too low, or load.",
            "requires": [
              {"evidence": ["failure", "saturation", "error"], "terms": ["oomkilled", "outofmemoryerror", "out of memory", "oomkilling", "systemoom"], "points": 40}
            ],
            "supports": [
              {"evidence": ["saturation"], "terms": ["working set", "memory"], "points": 15},
              {"evidence": ["failure"], "terms": ["crashloopbackoff", "restarted"], "points": 5}
            ],
            "expects": ["container-memory", "logs", "rollouts"],
            "checks": [
              {"command": "oncall-analyze timeline BUNDLE", "tells": "what happened before the first symptom"},
              {"command": "kubectl -n {namespace} describe pod {pod}", "tells": "last state, exit code, limits and events"},
              {"command": "kubectl -n {namespace} logs {pod} --previous", "tells": "what it logged before it died"},
              {"command": "kubectl -n {namespace} top pod {pod} --containers", "tells": "what it uses now"},
              {"command": "kubectl -n {namespace} rollout history deployment/{deployment}", "tells": "which revision came with the change"}
            ],
            "refutedBy": "the working set stayed well below the limit before the kill"
          },
          {
            "name": "image-pull-failure",
            "title": "the image cannot be pulled",
            "description": "A new pod cannot start because its image does not exist or the registry does not give it out.",
            "requires": [
              {"evidence": ["failure", "error", "change", "anomaly"], "terms": ["imagepullbackoff", "errimagepull", "failed to pull image", "errimageneverpull", "invalidimagename", "manifest unknown"], "points": 40}
            ],
            "supports": [
              {"evidence": ["change"], "points": 5}
            ],
            "expects": ["pods", "events"],
            "checks": [
              {"command": "oncall-analyze timeline BUNDLE", "tells": "what happened before the first symptom"},
              {"command": "kubectl -n {namespace} describe pod {pod}", "tells": "last state, exit code, limits and events"},
              {"command": "kubectl -n {namespace} get events --sort-by=.lastTimestamp", "tells": "what Kubernetes complained about, for the last hour"},
              {"command": "kubectl -n {namespace} rollout history deployment/{deployment}", "tells": "which revision came with the change"}
            ],
            "refutedBy": "the image was pulled on another node at the same time"
          },
          {
            "name": "missing-config-object",
            "title": "a secret or configuration object is missing",
            "description": "A container cannot be made because a Secret, ConfigMap or key that it refers to is not there.",
            "requires": [
              {"evidence": ["failure", "error", "anomaly"], "terms": ["createcontainerconfigerror", "couldn't find key", "secret \"", "configmap \"", "serviceaccount \""], "points": 35}
            ],
            "supports": [
              {"evidence": ["failure", "error", "anomaly"], "terms": ["not found"], "points": 10}
            ],
            "expects": ["pods", "events", "configuration"],
            "checks": [
              {"command": "oncall-analyze timeline BUNDLE", "tells": "what happened before the first symptom"},
              {"command": "kubectl -n {namespace} describe pod {pod}", "tells": "last state, exit code, limits and events"},
              {"command": "kubectl -n {namespace} get configmaps,secrets", "tells": "whether the object exists under that name"}
            ],
            "refutedBy": "the object existed, with that key, when the container was made"
          },
          {
            "name": "init-container-blocked",
            "title": "an init container does not finish",
            "description": "A pod cannot start because its init container fails or waits for something else.",
            "requires": [
              {"evidence": ["failure", "error"], "terms": ["init:crashloopbackoff", "init:error", "init container", "podinitializing"], "points": 30}
            ],
            "supports": [],
            "expects": ["pods", "events"],
            "checks": [
              {"command": "oncall-analyze timeline BUNDLE", "tells": "what happened before the first symptom"},
              {"command": "kubectl -n {namespace} describe pod {pod}", "tells": "last state, exit code, limits and events"},
              {"command": "kubectl -n {namespace} get events --sort-by=.lastTimestamp", "tells": "what Kubernetes complained about, for the last hour"}
            ],
            "refutedBy": "the main containers of the pod had started"
          },
          {
            "name": "unschedulable",
            "title": "no node can take the pod",
            "description": "The scheduler finds no node for a pod: capacity, taints, affinity or volumes.",
            "requires": [
              {"evidence": ["failure", "error", "anomaly"], "terms": ["failedscheduling", "unschedulable", "nodes are available", "insufficient cpu", "insufficient memory", "untolerated taint"], "points": 35}
            ],
            "supports": [],
            "expects": ["pods", "events", "nodes"],
            "checks": [
              {"command": "oncall-analyze timeline BUNDLE", "tells": "what happened before the first symptom"},
              {"command": "kubectl -n {namespace} describe pod {pod}", "tells": "last state, exit code, limits and events"},
              {"command": "kubectl get nodes", "tells": "which nodes are there and ready"}
            ],
            "refutedBy": "pods of the same shape were scheduled at the same time"
          },
          {
            "name": "quota-exceeded",
            "title": "a quota is used up",
            "description": "Objects cannot be made, or calls are refused, because a quota is used up.",
            "requires": [
              {"evidence": ["failure", "saturation", "error", "callers"], "terms": ["exceeded quota", "quota exceeded", "resource_exhausted", "toomanyrequests", "too many requests", "rate limit"], "points": 30}
            ],
            "supports": [],
            "expects": ["events"],
            "checks": [
              {"command": "oncall-analyze timeline BUNDLE", "tells": "what happened before the first symptom"},
              {"command": "kubectl -n {namespace} describe resourcequota", "tells": "used and hard amounts"}
            ],
            "refutedBy": "usage stayed below the quota"
          },
          {
            "name": "node-not-ready",
            "title": "a node stopped answering",
            "description": "A node went NotReady; its pods are lost with it.",
            "requires": [
              {"evidence": ["failure"], "terms": ["notready", "not ready", "stopped posting node status", "nodestatusunknown"], "points": 40}
            ],
            "supports": [
              {"evidence": ["failure"], "terms": ["node"], "points": 5}
            ],
            "expects": ["nodes", "pods"],
            "checks": [
              {"command": "oncall-analyze timeline BUNDLE", "tells": "what happened before the first symptom"},
              {"command": "kubectl describe node {node}", "tells": "conditions, taints and what is allocated"},
              {"command": "kubectl get pods --all-namespaces --field-selector spec.nodeName={node}", "tells": "what ran there"}
            ],
            "refutedBy": "pods on the node kept serving"
          },
          {
            "name": "ephemeral-storage-eviction",
            "title": "evicted for ephemeral storage",
            "description": "A pod was evicted because it, or its node, ran out of ephemeral storage.",
            "requires": [
              {"evidence": ["failure", "saturation", "error"], "terms": ["ephemeral-storage", "ephemeral local storage", "emptydir"], "points": 35}
            ],
            "supports": [],
            "expects": ["events", "pods", "nodes"],
            "checks": [
              {"command": "oncall-analyze timeline BUNDLE", "tells": "what happened before the first symptom"},
              {"command": "kubectl -n {namespace} describe pod {pod}", "tells": "last state, exit code, limits and events"},
              {"command": "kubectl describe node {node}", "tells": "conditions, taints and what is allocated"}
            ],
            "refutedBy": "the pod ran on after the alleged eviction"
          },
          {
            "name": "node-pressure",
            "title": "a node ran short of a resource",
            "description": "A node reported pressure on memory, disk or process ids, and evicts or slows its pods.",
            "requires": [
              {"evidence": ["failure", "saturation", "error"], "terms": ["memorypressure", "diskpressure", "pidpressure", "node was low on resource", "freediskspacefailed"], "points": 35}
            ],
            "supports": [
              {"evidence": ["failure", "error"], "terms": ["evict"], "points": 10}
            ],
            "expects": ["nodes", "events"],
            "checks": [
              {"command": "oncall-analyze timeline BUNDLE", "tells": "what happened before the first symptom"},
              {"command": "kubectl describe node {node}", "tells": "conditions, taints and what is allocated"}
            ],
            "refutedBy": "pods on other nodes failed alike"
          },
          {
            "name": "disk-full",
            "title": "a disk is full",
            "description": "Writes fail because a volume or a node's disk has no space left.",
            "requires": [
              {"evidence": ["saturation", "failure", "error"], "terms": ["no space left on device", "disk quota exceeded", "disk full"], "points": 40}
            ],
            "supports": [],
            "expects": ["logs", "nodes"],
            "checks": [
              {"command": "oncall-analyze timeline BUNDLE", "tells": "what happened before the first symptom"},
              {"command": "kubectl -n {namespace} logs {pod} --since=1h", "tells": "what it logged last"},
              {"command": "kubectl -n {namespace} get pvc", "tells": "which volumes it writes to"}
            ],
            "refutedBy": "writes to the same volume succeeded"
          },
          {
            "name": "volume-failure",
            "title": "a volume cannot be attached or mounted",
            "description": "A pod waits for a volume, or its file system turned read-only.",
            "requires": [
              {"evidence": ["failure", "error", "anomaly"], "terms": ["failedmount", "failedattachvolume", "multi-attach", "read-only file system", "volumeresizefailed", "provisioningfailed"], "points": 35}
            ],
            "supports": [],
            "expects": ["events", "pods"],
            "checks": [
              {"command": "oncall-analyze timeline BUNDLE", "tells": "what happened before the first symptom"},
              {"command": "kubectl -n {namespace} describe pod {pod}", "tells": "last state, exit code, limits and events"},
              {"command": "kubectl get volumeattachments", "tells": "which node holds the volume"}
            ],
            "refutedBy": "the volume was mounted elsewhere without error"
          },
          {
            "name": "certificate-expiry",
            "title": "a certificate has expired",
            "description": "TLS connections are refused because a certificate is past its date.",
            "requires": [
              {"evidence": ["error", "callers", "failure"], "terms": ["certificate has expired", "certificate expired", "cert_has_expired", "certificate is expired", "x509: certificate has expired"], "points": 45}
            ],
            "supports": [],
            "expects": ["logs"],
            "checks": [
              {"command": "oncall-analyze timeline BUNDLE", "tells": "what happened before the first symptom"},
              {"command": "kubectl -n {namespace} logs {pod} --since=1h", "tells": "what it logged last"},
              {"command": "kubectl -n {namespace} get certificates", "tells": "dates and state, where cert-manager is used"}
            ],
            "refutedBy": "other clients accepted the same certificate at the same time"
          },
          {
            "name": "authentication-failure",
            "title": "credentials are refused",
            "description": "Calls fail because a password, token or key is no longer accepted.",
            "requires": [
              {"evidence": ["error", "callers", "failure"], "terms": ["password authentication failed", "authentication failed", "access denied for user", "invalid credentials", "wrongpass", "noauth", "401 unauthorized", "unauthenticated", "invalid token"], "points": 35}
            ],
            "supports": [
              {"evidence": ["change"], "terms": ["secret", "rotat", "credential"], "points": 10}
            ],
            "expects": ["logs", "configuration"],
            "checks": [
              {"command": "oncall-analyze timeline BUNDLE", "tells": "what happened before the first symptom"},
              {"command": "kubectl -n {namespace} logs {pod} --since=1h", "tells": "what it logged last"},
              {"command": "kubectl -n {namespace} get secrets", "tells": "when secrets were replaced"}
            ],
            "refutedBy": "calls with the same credentials succeeded at the same time"
          },
          {
            "name": "dns-failure",
            "title": "names are not resolved",
            "description": "Calls fail because names cannot be resolved, or point nowhere.",
            "requires": [
              {"evidence": ["error", "callers", "failure", "anomaly"], "terms": ["no such host", "nxdomain", "servfail", "server misbehaving", "name or service not known", "temporary failure in name resolution", "could not resolve host", "unknownhostexception", "enotfound", "eai_again"], "points": 35}
            ],
            "supports": [],
            "expects": ["logs"],
            "checks": [
              {"command": "oncall-analyze timeline BUNDLE", "tells": "what happened before the first symptom"},
              {"command": "kubectl -n kube-system logs -l k8s-app=kube-dns --since=1h", "tells": "whether the name server failed or the name does not exist"},
              {"command": "kubectl -n {namespace} get endpoints {service}", "tells": "whether any pod is ready to answer"}
            ],
            "refutedBy": "other names were resolved by the same pod at the same time and this one never existed"
          },
          {
            "name": "probe-misconfiguration",
            "title": "a probe was changed and fails",
            "description": "A container is healthy but its probe fails since the probe or its port was changed.",
            "requires": [
              {"evidence": ["change"], "terms": ["probe"], "points": 20},
              {"evidence": ["failure", "error", "anomaly"], "terms": ["probe failed", "unhealthy"], "points": 20}
            ],
            "supports": [],
            "expects": ["events", "rollouts"],
            "checks": [
              {"command": "oncall-analyze timeline BUNDLE", "tells": "what happened before the first symptom"},
              {"command": "kubectl -n {namespace} describe pod {pod}", "tells": "last state, exit code, limits and events"},
              {"command": "kubectl -n {namespace} rollout history deployment/{deployment}", "tells": "which revision came with the change"}
            ],
            "refutedBy": "the process really did not answer on the probed port"
          },
          {
            "name": "bad-config",
            "title": "a configuration change broke it",
            "description": "It was configured anew and does not answer, or does not start, since; the image stayed the same.",
            "requires": [
              {"evidence": ["change"], "terms": ["configmap", "secret ", "same images, changed pod template", "configuration", "arguments"], "points": 20},
              {"evidence": ["failure", "error", "callers", "anomaly"], "terms": ["connection refused", "could not connect", "unable to connect", "invalid", "parse", "unmarshal", "missing env", "bad directive", "unknown directive", "usage:", "crashloopbackoff", "not ready", "unavailable", "probe failed"], "points": 20}
            ],
            "supports": [
              {"evidence": ["failure", "error", "callers"], "terms": ["connection refused"], "points": 5}
            ],
            "expects": ["configuration", "rollouts", "logs"],
            "checks": [
              {"command": "oncall-analyze timeline BUNDLE", "tells": "what happened before the first symptom"},
              {"command": "kubectl -n {namespace} describe deployment {deployment}", "tells": "arguments, environment and mounted configuration"},
              {"command": "kubectl -n {namespace} rollout history deployment/{deployment}", "tells": "which revision came with the change"},
              {"command": "kubectl -n {namespace} logs {pod} --since=1h", "tells": "what it logged last"}
            ],
            "refutedBy": "it kept failing with the former configuration"
          },
          {
            "name": "connection-exhaustion",
            "title": "connections ran out",
            "description": "A server has no connection left to give, or its clients' pools are empty, often because each connection is held for longer.",
            "requires": [
              {"evidence": ["failure", "saturation", "error", "callers"], "terms": ["too many connections", "too many clients", "remaining connection slots", "connection slots are reserved", "max_connections", "connection pool", "pool exhausted", "pool timeout", "connection is not available", "connections in use"], "points": 30}
            ],
            "supports": [
              {"evidence": ["saturation", "error", "failure"], "terms": ["remaining connection slots", "too many clients", "too many connections"], "points": 15},
              {"terms": ["latency", "slow"], "points": 5}
            ],
            "expects": ["logs"],
            "checks": [
              {"command": "oncall-analyze timeline BUNDLE", "tells": "what happened before the first symptom"},
              {"command": "kubectl -n {namespace} logs {pod} --since=1h", "tells": "what it logged last"},
              {"command": "oncall-analyze score BUNDLE", "tells": "which part of the score rose first"}
            ],
            "refutedBy": "connections in use stayed below the maximum"
          },
          {
            "name": "cpu-throttling",
            "title": "throttled at its CPU limit",
            "description": "A container wanted more CPU than its limit and was stopped for part of each period.",
            "requires": [
              {"evidence": ["saturation", "anomaly"], "terms": ["throttl"], "points": 30}
            ],
            "supports": [
              {"evidence": ["error", "anomaly"], "terms": ["latency", "slow"], "points": 5}
            ],
            "expects": ["cpu-throttling", "requests"],
            "checks": [
              {"command": "oncall-analyze timeline BUNDLE", "tells": "what happened before the first symptom"},
              {"command": "kubectl -n {namespace} top pod {pod} --containers", "tells": "what it uses now"},
              {"command": "kubectl -n {namespace} describe pod {pod}", "tells": "last state, exit code, limits and events"}
            ],
            "refutedBy": "latency rose without more throttled periods"
          },
          {
            "name": "traffic-surge",
            "title": "more load from outside than usual",
            "description": "Far more requests than usual arrive from outside, and nothing inside was changed.",
            "requires": [
              {"evidence": ["saturation"], "terms": ["traffic rose"], "points": 30}
            ],
            "supports": [
              {"evidence": ["change"], "terms": ["affected services"], "points": 10}
            ],
            "expects": [],
            "checks": [
              {"command": "oncall-analyze score BUNDLE", "tells": "which part of the score rose first"},
              {"command": "oncall-analyze timeline BUNDLE", "tells": "what happened before the first symptom"},
              {"command": "kubectl -n {namespace} get hpa", "tells": "whether scaling followed the load"}
            ],
            "refutedBy": "the load stayed usual at the entry, or rose only after errors made clients repeat their calls"
          },
          {
            "name": "noisy-neighbour",
            "title": "a neighbour takes the node's resources",
            "description": "Pods on one node are slow because another pod on it takes CPU, memory or disk.",
            "requires": [
              {"evidence": ["failure", "saturation", "error", "anomaly"], "terms": ["noisy", "steal", "preempt"], "points": 25}
            ],
            "supports": [],
            "expects": ["nodes"],
            "checks": [
              {"command": "oncall-analyze timeline BUNDLE", "tells": "what happened before the first symptom"},
              {"command": "kubectl describe node {node}", "tells": "conditions, taints and what is allocated"}
            ],
            "refutedBy": "pods of the same service on other nodes were as slow"
          },
          {
            "name": "code-exception",
            "title": "the code throws",
            "description": "It logs an exception of its own making, new since a change or an input.",
            "requires": [
              {"evidence": ["error", "failure"], "terms": ["nullpointerexception", "typeerror", "attributeerror", "keyerror", "indexoutofbounds", "index out of range", "nil pointer", "panic:", "undefined is not", "segmentation fault", "stack overflow", "assertion failed"], "points": 30}
            ],
            "supports": [
              {"evidence": ["change"], "points": 10}
            ],
            "expects": ["logs"],
            "checks": [
              {"command": "oncall-analyze timeline BUNDLE", "tells": "what happened before the first symptom"},
              {"command": "kubectl -n {namespace} logs {pod} --since=1h", "tells": "what it logged last"},
              {"command": "kubectl -n {namespace} rollout history deployment/{deployment}", "tells": "which revision came with the change"}
            ],
            "refutedBy": "the exception is as frequent in quiet times"
          },
          {
            "name": "bad-deploy",
            "title": "a rollout broke it",
            "description": "It crashes or answers with errors since a new version was rolled out.",
            "requires": [
              {"evidence": ["change"], "terms": [" image ", "version", "new container", "scaled up replica set"], "points": 20},
              {"evidence": ["failure", "error"], "points": 10}
            ],
            "supports": [
              {"evidence": ["failure"], "terms": ["crashloopbackoff", "restart", "exit code", "error"], "points": 5}
            ],
            "expects": ["rollouts", "logs", "events"],
            "checks": [
              {"command": "oncall-analyze timeline BUNDLE", "tells": "what happened before the first symptom"},
              {"command": "kubectl -n {namespace} rollout history deployment/{deployment}", "tells": "which revision came with the change"},
              {"command": "kubectl -n {namespace} logs {pod} --previous", "tells": "what it logged before it died"},
              {"command": "kubectl -n {namespace} describe pod {pod}", "tells": "last state, exit code, limits and events"}
            ],
            "refutedBy": "pods of the former version failed alike"
          },
          {
            "name": "message-backlog",
            "title": "messages pile up",
            "description": "Consumers are slower than producers and a queue grows.",
            "requires": [
              {"evidence": ["saturation", "error", "anomaly"], "terms": ["consumer lag", "consumer_lag", "consumergroup_lag", "backlog", "queue depth", "queue_depth", "queue length", "queue_length", "queue_size", "queue_messages", "not_leader", "leader_not_available"], "points": 30}
            ],
            "supports": [],
            "expects": ["logs"],
            "checks": [
              {"command": "oncall-analyze timeline BUNDLE", "tells": "what happened before the first symptom"},
              {"command": "kubectl -n {namespace} logs {pod} --since=1h", "tells": "what it logged last"}
            ],
            "refutedBy": "the queue's length stayed level"
          },
          {
            "name": "clock-skew",
            "title": "clocks disagree",
            "description": "Tokens, leases or certificates are refused because clocks differ.",
            "requires": [
              {"evidence": ["error", "callers", "failure"], "terms": ["clock skew", "token used before issued", "not yet valid", "clock is not synchronised", "time skew"], "points": 35}
            ],
            "supports": [],
            "expects": ["logs", "nodes"],
            "checks": [
              {"command": "oncall-analyze timeline BUNDLE", "tells": "what happened before the first symptom"},
              {"command": "kubectl -n {namespace} logs {pod} --since=1h", "tells": "what it logged last"},
              {"command": "kubectl describe node {node}", "tells": "conditions, taints and what is allocated"}
            ],
            "refutedBy": "the times in its logs agree with those of its peers"
          },
          {
            "name": "network-partition",
            "title": "the network drops packets",
            "description": "Connections time out between parts that both work.",
            "requires": [
              {"evidence": ["error", "callers", "failure"], "terms": ["no route to host", "network is unreachable", "network partition", "networkpluginnotready", "cni plugin not initialized", "failedcreatepodsandbox"], "points": 30}
            ],
            "supports": [],
            "expects": ["logs", "nodes"],
            "checks": [
              {"command": "oncall-analyze timeline BUNDLE", "tells": "what happened before the first symptom"},
              {"command": "kubectl -n {namespace} logs {pod} --since=1h", "tells": "what it logged last"},
              {"command": "kubectl describe node {node}", "tells": "conditions, taints and what is allocated"}
            ],
            "refutedBy": "other clients reached it over the same path"
          },
          {
            "name": "control-plane",
            "title": "the Kubernetes control plane is in trouble",
            "description": "The API server, etcd or a webhook answers late or not at all.",
            "requires": [
              {"evidence": ["error", "failure", "anomaly"], "terms": ["etcdserver: request timed out", "apply request took too long", "failed calling webhook", "leader changed", "apiserver"], "points": 30}
            ],
            "supports": [],
            "expects": ["events"],
            "checks": [
              {"command": "oncall-analyze timeline BUNDLE", "tells": "what happened before the first symptom"},
              {"command": "kubectl get --raw /readyz?verbose", "tells": "which part of the API server is not ready"}
            ],
            "refutedBy": "the API answered swiftly throughout"
          },
          {
            "name": "slow-dependency",
            "title": "a dependency answers slowly",
            "description": "It answers, but so slowly that its callers run out of time or connections.",
            "requires": [
              {"evidence": ["error", "anomaly", "callers", "saturation"], "terms": ["latency", "slow", "deadline exceeded", "timed out", "timeout", "took too long", "duration:"], "points": 20}
            ],
            "supports": [
              {"evidence": ["callers"], "points": 5}
            ],
            "expects": ["requests", "logs"],
            "checks": [
              {"command": "oncall-analyze timeline BUNDLE", "tells": "what happened before the first symptom"},
              {"command": "kubectl -n {namespace} logs {pod} --since=1h", "tells": "what it logged last"},
              {"command": "oncall-analyze score BUNDLE", "tells": "which part of the score rose first"}
            ],
            "refutedBy": "its own response times stayed usual"
          },
          {
            "name": "dependency-unavailable",
            "title": "a dependency does not answer",
            "description": "Its callers cannot connect to it, and the bundle does not show why.",
            "requires": [
              {"evidence": ["callers"], "terms": ["connection refused", "unavailable", "no healthy upstream", "unable to connect", "could not connect", "econnrefused", "dial failed", "failed"], "points": 22}
            ],
            "supports": [
              {"evidence": ["callers"], "terms": ["connection refused", "econnrefused"], "points": 5}
            ],
            "expects": ["pods", "events", "logs"],
            "checks": [
              {"command": "kubectl -n {namespace} get endpoints {service}", "tells": "whether any pod is ready to answer"},
              {"command": "oncall-analyze timeline BUNDLE", "tells": "what happened before the first symptom"},
              {"command": "kubectl -n {namespace} describe pod {pod}", "tells": "last state, exit code, limits and events"},
              {"command": "kubectl -n {namespace} logs {pod} --since=1h", "tells": "what it logged last"}
            ],
            "refutedBy": "it answered other callers at the same time"
          },
          {
            "name": "external-dependency",
            "title": "a service outside does not answer",
            "description": "Calls to a host that is not in the cluster fail.",
            "requires": [
              {"evidence": ["callers"], "terms": ["connection refused", "timeout", "timed out", "deadline exceeded", "reset by peer", "bad gateway", "service unavailable", "no such host"], "points": 20}
            ],
            "supports": [],
            "expects": ["logs"],
            "checks": [
              {"command": "oncall-analyze timeline BUNDLE", "tells": "what happened before the first symptom"},
              {"command": "oncall-analyze inspect BUNDLE", "tells": "what was not captured"}
            ],
            "refutedBy": "the host answered other callers at the same time"
          },
          {
            "name": "slow-burn-errors",
            "title": "a small share of requests fails for long",
            "description": "Errors stay below what pages, but spend the error budget.",
            "requires": [
              {"evidence": ["error"], "terms": ["burn"], "points": 10}
            ],
            "supports": [],
            "expects": ["requests", "logs"],
            "checks": [
              {"command": "oncall-analyze score BUNDLE", "tells": "which part of the score rose first"},
              {"command": "oncall-analyze timeline BUNDLE", "tells": "what happened before the first symptom"},
              {"command": "kubectl -n {namespace} logs {pod} --since=1h", "tells": "what it logged last"}
            ],
            "refutedBy": "the error share is usual for this service"
          },
          {
            "name": "unknown",
            "title": "not known",
            "description": "No rule fits the evidence.",
            "requires": [],
            "supports": [],
            "expects": [],
            "checks": [
              {"command": "oncall-analyze timeline BUNDLE", "tells": "what happened before the first symptom"},
              {"command": "oncall-analyze score BUNDLE", "tells": "which part of the score rose first"},
              {"command": "oncall-analyze inspect BUNDLE", "tells": "what was not captured"},
              {"command": "kubectl -n {namespace} describe pod {pod}", "tells": "last state, exit code, limits and events"},
              {"command": "kubectl -n {namespace} logs {pod} --previous", "tells": "what it logged before it died"},
              {"command": "kubectl -n {namespace} get events --sort-by=.lastTimestamp", "tells": "what Kubernetes complained about, for the last hour"}
            ],
            "refutedBy": "any rule that fits"
          }
        ]
      }

      """#
    ),
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
          "served": {"value": 0.2, "unit": "strength", "reason": "a pod waits while all wanted replicas serve: a stuck rollout that nobody feels"},
          "sustained": {"value": 1, "unit": "minutes", "reason": "a reason seen once may be a race of a start"}
        },
        "pod-unavailable": {
          "window": {"value": 5, "unit": "minutes", "reason": "replicas that flap count by the share of time they were away"},
          "sustained": {"value": 2, "unit": "minutes", "reason": "replicas away this long count in full"},
          "patience": {"value": 10, "unit": "minutes", "reason": "newly wanted replicas may take this long to start before they count as missing: Kubernetes' own progressDeadlineSeconds is 600"},
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
        "saturation-forecast": {
          "window": {"value": 30, "unit": "minutes", "reason": "long enough to tell a trend from a saw tooth, short enough to see it turn"},
          "horizon": {"value": 240, "unit": "minutes", "reason": "what will not be full within four hours can wait for office hours; the Kubernetes mixin pages for volumes that fill in the same time"},
          "fit": {"value": 0.9, "unit": "ratio", "reason": "a line that explains less is no line"},
          "rise": {"value": 0.05, "unit": "ratio of the limit", "reason": "less in a window is drift"},
          "from": {"value": 0.5, "unit": "ratio of the limit", "reason": "caches fill from empty; the second half is what is missed"},
          "nearness": {"value": [[0, 0.1], [0.75, 0.3], [0.9, 0.5], [1, 0.8]], "unit": "share of the horizon that is gone", "reason": "a forecast is weaker than the state that it foretells"},
          "join": {"value": 10, "unit": "minutes", "reason": "a line that wavers is one story"},
          "used": {"value": [
            ["process_open_fds", "process_max_fds"],
            ["node_filefd_allocated", "node_filefd_maximum"],
            ["container_fs_usage_bytes", "container_fs_limit_bytes"],
            ["kubelet_volume_stats_used_bytes", "kubelet_volume_stats_capacity_bytes"],
            ["node_nf_conntrack_entries", "node_nf_conntrack_entries_limit"]
          ], "unit": "metric names", "reason": "a used amount and its maximum"},
          "free": {"value": [
            ["node_filesystem_avail_bytes", "node_filesystem_size_bytes"],
            ["node_filesystem_files_free", "node_filesystem_files"],
            ["node_memory_MemAvailable_bytes", "node_memory_MemTotal_bytes"],
            ["kubelet_volume_stats_available_bytes", "kubelet_volume_stats_capacity_bytes"],
            ["kubelet_volume_stats_inodes_free", "kubelet_volume_stats_inodes"]
          ], "unit": "metric names", "reason": "a free amount and the whole"}
        },
        "certificate-expiry": {
          "gauges": {"value": ["probe_ssl_earliest_cert_expiry", "certmanager_certificate_expiration_timestamp_seconds", "x509_cert_not_after", "ssl_certificate_expiry_seconds", "nginx_ingress_controller_ssl_expire_time_seconds", "kubelet_certificate_manager_client_expiration_seconds"], "unit": "metric names", "reason": "the Unix time at which a certificate ends"},
          "horizon": {"value": 3, "unit": "days", "reason": "renewal is automatic well before; what is left now was forgotten"},
          "nearness": {"value": [[0, 0.1], [0.9, 0.3], [1, 0.9]], "unit": "share of the horizon that is gone", "reason": "until its end a certificate harms nobody; after it every client refuses it"}
        },
        "metric-anomaly": {
          "window": {"value": 5, "unit": "minutes", "reason": "smooths single errors"},
          "history": {"value": 10, "unit": "minutes", "reason": "shorter history says little about what is normal"},
          "baseline": {"value": 120, "unit": "minutes", "reason": "as for latency"},
          "deviations": {"value": 6, "unit": "deviations", "reason": "as for latency"},
          "rate-floor": {"value": 0.1, "unit": "1/s", "reason": "BARO's floor by unit: fewer errors than six a minute are everyday"},
          "level-floor": {"value": 10, "unit": "items", "reason": "a queue of a few items is no queue"},
          "growth": {"value": [[3, 0.25], [10, 0.5], [30, 0.7], [100, 0.9]], "unit": "times the baseline", "reason": "counters of errors are noisy; three times the usual is seen on quiet days"},
          "counters": {"value": ["*_errors_total", "*_error_total", "*_failures_total", "*_failed_total", "*_timeouts_total", "*_timeout_total", "*_dropped_total", "*_rejected_total", "*_exceptions_total", "*_oom_kill", "*_conntrack_stat_drop"], "unit": "metric names", "reason": "counters whose growth is bad by their name"},
          "coded": {"value": [
            ["coredns_dns_responses_total", "rcode=SERVFAIL"],
            ["coredns_dns_response_rcode_count_total", "rcode=SERVFAIL"],
            ["coredns_forward_responses_total", "rcode=SERVFAIL"]
          ], "unit": "metric names and labels", "reason": "counters whose growth is bad under one label"},
          "gauges": {"value": ["*_queue_length", "*_queue_depth", "*_queue_size", "*_queue_messages", "*_queue_messages_ready", "*_backlog", "*consumer_lag", "*consumergroup_lag", "*_connections_pending", "*_connections_waiting", "workqueue_depth"], "unit": "metric names", "reason": "work that waits"}
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
          "breadth": {"value": [[1, 0.3], [3, 0.5], [10, 0.8], [30, 1]], "unit": "objects that surge at a time", "reason": "one pod that cannot start repeats one fact for as long as it waits; many objects at once are a wave"},
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
      "redaction.json",
      #"""
      {
        "harmlessValues": {
          "pattern": "(?i:null|nil|none|undefined|true|false|yes|no|n/?a|on|off|nan|<[^<>]*>|\\[?(?:redacted|filtered|masked|hidden|removed|scrubbed|omitted|protected|sensitive|secured|sanitized)\\]?|\\(?(?:redacted|sensitive(?: value)?|hidden|empty|not set|unset|none|masked)\\)?|required|optional|invalid|missing|expired|empty|incorrect|wrong|mismatch(?:ed)?|unknown|unset|disabled|enabled|denied|failed|failure|error|unauthorized|forbidden|revoked|rejected|ok|success|valid|present|absent|provided|changed|updated|deleted|created|rotated|string|unexpected|not|eof|never|always)|[*x.#_-]+|X{3,}|\\$\\{[^{}]*\\}|\\$\\([^()]*\\)|\\$[A-Z_][A-Z0-9_]*|%[A-Z_][A-Z0-9_]*%|\\{\\{.*\\}\\}|<%.*%>|%[sdvq]|%\\([a-z_]+\\)s|\\{[a-z_]*\\}|(?:file://)?/(?:etc|var|run|mnt|opt|usr|home|secrets?|tmp|data|app|config|root|srv|vault)/[A-Za-z0-9_./-]*",
          "reason": "masks, words of state, references to variables, templates and files: replacing them would hide why something failed and protect nobody"
        },
        "rules": [
          {
            "id": "private-key",
            "description": "Private keys in PEM (RFC 7468) and PGP armour, on several lines or on one with escaped line ends; also the rest of a line that ends before the key does.",
            "keywords": ["PRIVATE KEY"],
            "pattern": "-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----(?:\\s|\\\\+[nr])*([^\"'`<>{}]*?)(?:(?:\\s|\\\\+[nr])*-----END|[\"'`<>{}]|\\s*\\z)"
          },
          {
            "id": "private-key-body",
            "description": "Base64 of a private key without its PEM lines: PKCS #1, PKCS #8, SEC 1 and OpenSSH, by the bytes that they begin with.",
            "shapes": ["MII[A-Za-z0-9+/]{2}[AQgw]IB(?:AAKC|ADA)|MHcCAQEE|MHgCAQEE|MI(?:GHAgEA|G2AgEA|GkAgEB)|MC4CAQAwBQYDK2V|b3BlbnNzaC1rZXktdjE"],
            "pattern": "(?:MII[A-Za-z0-9+/]{2}[AQgw]IB(?:AAKC|ADA)|MHcCAQEE|MHgCAQEE|MIGHAgEAM|MIG2AgEAM|MIGkAgEB|MC4CAQAwBQYDK2V|b3BlbnNzaC1rZXktdjE)(?:(?:\\s|\\\\+[nr])+[A-Za-z0-9+/]{16,}|[A-Za-z0-9+/])*={0,2}"
          },
          {
            "id": "private-key-line",
            "description": "A line that is nothing but 64 characters of base64, as PEM bodies are broken into: a log shipper sends each line by itself, so nothing around it says whose it is.",
            "shapes": ["\\A\\s*[A-Za-z0-9+/]{64}\\s*\\z"],
            "pattern": "\\A\\s*([A-Za-z0-9+/]{64})\\s*\\z",
            "unless": "[0-9a-f]{64}|[0-9A-F]{64}",
            "check": {"kind": "entropy", "bitsPerCharacter": 4.5, "minimumLength": 64, "reason": "64 random characters of base64 have about 5.2 bits; words and hexadecimal stay under 4.3"},
            "appliesTo": "lines"
          },
          {
            "id": "jwt",
            "description": "JSON Web Tokens and their encrypted form (RFC 7519, RFC 7516): base64url of {\" and at least one more part.",
            "shapes": ["eyJ[A-Za-z0-9_-]{10}"],
            "pattern": "\\beyJ[A-Za-z0-9_-]{10,}\\.[A-Za-z0-9_-]{4,}(?:\\.[A-Za-z0-9_-]*){0,3}"
          },
          {
            "id": "aws-access-key-id",
            "description": "AWS access key ids, permanent and temporary.",
            "shapes": ["A(?:KIA|SIA|BIA|CCA)[A-Z0-9]{16}"],
            "pattern": "(?:^|[^A-Za-z0-9])((?:AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16}|(?:AKIA|ASIA)[A-Z0-9]{16})(?:[^A-Za-z0-9]|$)"
          },
          {
            "id": "aws-secret-key",
            "description": "40 characters of base64 close behind an access key id.",
            "shapes": ["A(?:KIA|SIA)[A-Z0-9]{16}"],
            "pattern": "(?:AKIA|ASIA)[A-Z0-9]{16}[^A-Za-z0-9+/](?:[^\\n]{0,60}[^A-Za-z0-9+/\\n])?([A-Za-z0-9+/]{40})(?:[^A-Za-z0-9+/=]|$)",
            "unless": "[0-9a-f]{40}"
          },
          {
            "id": "github-token",
            "description": "GitHub tokens: classic, fine-grained, OAuth, app and refresh.",
            "shapes": ["gh[pousr]_[A-Za-z0-9]{8}|github_pat_"],
            "pattern": "(?:gh[pousr]_[A-Za-z0-9]{20,255}|github_pat_[A-Za-z0-9_]{20,255})"
          },
          {
            "id": "gitlab-token",
            "description": "GitLab tokens of every kind.",
            "shapes": ["gl[a-z]{2,5}-[A-Za-z0-9_.-]{8}|GR1348941"],
            "pattern": "(?:gl(?:pat|dt|rt|cbt|ptt|ft|imt|agent|oas|soat|ffct)-[A-Za-z0-9_.-]{18,}|GR1348941[A-Za-z0-9_-]{18,})"
          },
          {
            "id": "slack-token",
            "description": "Slack bot, user, app and refresh tokens.",
            "shapes": ["xox[a-z][-.]|xapp-"],
            "pattern": "(?:xox[a-z](?:\\.xox[a-z])?-[A-Za-z0-9-]{10,}|xapp-[0-9]-[A-Za-z0-9-]{10,})"
          },
          {
            "id": "webhook-url",
            "description": "The secret part of chat webhooks: Slack, Discord, Microsoft Teams, Google Chat.",
            "keywords": ["hooks.slack", "/api/webhooks/", "webhook.office", "logic.azure", "chat.googleapis"],
            "pattern": "(?i)(?:hooks\\.slack(?:-gov)?\\.com/(?:services|workflows|triggers)/([A-Za-z0-9/_+-]{10,})|discord(?:app)?\\.com/api/webhooks/([0-9]+/[A-Za-z0-9_-]{10,})|webhook\\.office\\.com/webhookb2/([A-Za-z0-9@/_-]{20,})|chat\\.googleapis\\.com/v1/spaces/[^\\s\"\\'?]+\\?([^\\s\"\\'<>]{10,}))"
          },
          {
            "id": "google-credential",
            "description": "Google API keys, OAuth access and refresh tokens, client secrets.",
            "shapes": ["AIza[A-Za-z0-9_-]{8}|ya29\\.|GOCSPX-|1//0"],
            "pattern": "(?:AIza[A-Za-z0-9_-]{30,}|ya29\\.[A-Za-z0-9_.-]{20,}|GOCSPX-[A-Za-z0-9_-]{20,}|\\b1//0[A-Za-z0-9_-]{20,})"
          },
          {
            "id": "payment-token",
            "description": "Secret keys of payment providers: Stripe, Square, PayPal and Braintree, Razorpay, Shopify, Plaid.",
            "shapes": ["[sr]k_(?:live|test|prod)_|whsec_|sq0[a-z]{3}-|EAAA[A-Za-z0-9_-]{8}|access_token\\$|rzp_(?:live|test)_|shp(?:at|ca|pa|ss)_|access-(?:sandbox|production|development)-"],
            "pattern": "(?:[sr]k_(?:live|test|prod)_[A-Za-z0-9]{10,}|whsec_[A-Za-z0-9+/=]{20,}|sq0[a-z]{3}-[A-Za-z0-9_-]{20,}|\\bEAAA[A-Za-z0-9_-]{56,}|access_token\\$(?:production|sandbox)\\$[a-z0-9]+\\$[a-f0-9]{32}|rzp_(?:live|test)_[A-Za-z0-9]{14,}|shp(?:at|ca|pa|ss)_[A-Fa-f0-9]{32}|access-(?:sandbox|production|development)-[0-9a-f-]{36})"
          },
          {
            "id": "package-token",
            "description": "Tokens of package registries: npm, PyPI, RubyGems, crates.io, NuGet, Docker Hub, JFrog, Clojars, Hex.",
            "shapes": ["npm_[A-Za-z0-9]{8}|pypi-AgE|rubygems_|\\bcio[A-Za-z0-9]{32}|\\boy2[a-z0-9]{43}|dckr_[po]at_|AKCp|cmVmd|CLOJARS_"],
            "pattern": "(?:\\bnpm_[A-Za-z0-9]{30,}|pypi-AgE[A-Za-z0-9_-]{16,}|rubygems_[a-f0-9]{40,}|\\bcio[A-Za-z0-9]{32}\\b|\\boy2[a-z0-9]{43}\\b|dckr_(?:pat|oat)_[A-Za-z0-9_-]{20,}|\\bAKCp[A-Za-z0-9]{50,}|\\bcmVmd[A-Za-z0-9]{50,}|CLOJARS_[a-z0-9]{40,})"
          },
          {
            "id": "ai-token",
            "description": "Keys of model providers: OpenAI, Anthropic, Hugging Face, Replicate, Groq, xAI, Perplexity.",
            "shapes": ["\\bsk-[A-Za-z0-9]|hf_[A-Za-z0-9]{8}|\\br8_[A-Za-z0-9]{8}|gsk_|xai-[A-Za-z0-9]{8}|pplx-"],
            "pattern": "(?:\\bsk-(?:proj-|svcacct-|admin-|ant-(?:api|admin)[0-9]{2}-|or-v1-|lf-)[A-Za-z0-9_-]{16,}|\\bsk-[A-Za-z0-9]{20,}(?:T3BlbkFJ[A-Za-z0-9]{20,})?|\\bhf_[A-Za-z0-9]{30,}|\\br8_[A-Za-z0-9]{30,}|\\bgsk_[A-Za-z0-9]{30,}|\\bxai-[A-Za-z0-9]{40,}|\\bpplx-[A-Za-z0-9]{32,})"
          },
          {
            "id": "cloud-token",
            "description": "Tokens of clouds and infrastructure tools: Azure, DigitalOcean, Alibaba, Tencent, HashiCorp, Pulumi, Databricks, Tailscale, Doppler, PlanetScale, Supabase, Fly, Netlify, Heroku, Cloudflare, 1Password, age.",
            "shapes": ["[78]Q~|do[opr]_v1_|LTAI[A-Za-z0-9]{8}|AKID[A-Za-z0-9]{8}|hv[sbr]\\.|\\.atlasv1\\.|pul-[a-f0-9]{8}|dapi[a-f0-9]{8}|dkea[a-f0-9]{8}|tskey-|\\bdp\\.(?:pt|st|ct|sa|scim|audit)\\.|pscale_|sbp_|f[om][12]_|nfp_|HRKU-|v1\\.0-[a-f0-9]{8}|ops_eyJ|AGE-SECRET-KEY-"],
            "pattern": "(?:\\b[A-Za-z0-9_~.-]{3}[78]Q~[A-Za-z0-9_~.-]{31,37}|\\bdo[opr]_v1_[a-f0-9]{64}|\\bLTAI[A-Za-z0-9]{12,30}\\b|\\bAKID[A-Za-z0-9]{32}\\b|\\bhv[sbr]\\.[A-Za-z0-9_-]{20,}|\\b[A-Za-z0-9]{14}\\.atlasv1\\.[A-Za-z0-9_=-]{40,}|\\bpul-[a-f0-9]{40}\\b|\\b(?:dapi|dkea)[a-f0-9]{32}(?:-[0-9])?\\b|\\btskey-[a-z]+-[A-Za-z0-9-]{16,}|\\bdp\\.(?:pt|st|ct|sa|scim|audit)\\.[A-Za-z0-9_.-]{20,}|\\bpscale_(?:tkn|pw|oauth)_[A-Za-z0-9_.=-]{20,}|\\bsbp_[a-f0-9]{40}\\b|\\b(?:fo1|fm1|fm2)_[A-Za-z0-9_+/=-]{30,}|\\bnfp_[A-Za-z0-9]{30,}|\\bHRKU-[A-Za-z0-9_-]{30,}|\\bv1\\.0-[a-f0-9]{24}-[a-f0-9]{100,}|\\bops_eyJ[A-Za-z0-9_=-]{100,}|AGE-SECRET-KEY-1[A-Z0-9]{50,})"
          },
          {
            "id": "observability-token",
            "description": "Tokens of monitoring products: Grafana, New Relic, Sentry, Dynatrace, Honeycomb, Sonar.",
            "shapes": ["gl(?:c|sa)_|eyJrIjoi|NR(?:AK|II|IQ|RA|SP)-|sntry[su]_|dt0[a-z][0-9]{2}\\.|hc[abm]ik_|sq[apu]_[a-f0-9]"],
            "pattern": "(?:\\bglc_[A-Za-z0-9+/=_-]{32,}|\\bglsa_[A-Za-z0-9]{32}_[A-Fa-f0-9]{8}|\\beyJrIjoi[A-Za-z0-9+/_-]{30,}={0,2}|\\bNR(?:AK|II|IQ|RA|SP)-[A-Za-z0-9_-]{20,}|\\bsntry[su]_[A-Za-z0-9+/=_-]{30,}|\\bdt0[a-z][0-9]{2}\\.[A-Z0-9]{8,24}\\.[A-Z0-9]{32,64}|\\bhc[abm]ik_[a-z0-9]{50,}|\\bsq[apu]_[a-f0-9]{40})"
          },
          {
            "id": "messaging-token",
            "description": "Tokens of mail, messaging and telephony services: SendGrid, Mailgun, Mailchimp, Brevo, Postmark, Twilio, Telegram, Discord.",
            "shapes": ["\\bSG\\.|\\bkey-[0-9a-f]|[0-9a-f]-us[0-9]|xkeysib-|\\bSK[0-9a-f]|[0-9]:AA[A-Za-z0-9_-]"],
            "pattern": "(?:\\bSG\\.[A-Za-z0-9_-]{16,32}\\.[A-Za-z0-9_-]{16,64}|\\bkey-[0-9a-f]{32}\\b|\\b[0-9a-f]{32}-us[0-9]{1,2}\\b|\\bxkeysib-[a-f0-9]{64}-[A-Za-z0-9]{16}|\\b(?:SK)[0-9a-f]{32}\\b|\\b[0-9]{8,10}:AA[A-Za-z0-9_-]{32,35})"
          },
          {
            "id": "saas-token",
            "description": "Tokens of other services with a fixed start: Atlassian, Bitbucket, Linear, Notion, Figma, Airtable, Postman, Dropbox, Facebook, Buildkite, CircleCI, Typeform, Contentful, Okta, Asana, HubSpot, Discord.",
            "shapes": ["AT[AC]TT3|ATBB|lin_api_|ntn_|secret_[A-Za-z0-9]|figd_|\\bpat[A-Za-z0-9]{14}\\.|PMAK-|\\bsl\\.[A-Za-z0-9_-]|EAA[A-Za-z0-9]|bkua_|CCIPAT_|tfp_|CFPAT-|pat-(?:na|eu)1-"],
            "pattern": "(?:\\bAT[AC]TT3[A-Za-z0-9_=+/-]{40,}|\\bATBB[A-Za-z0-9]{28,}|\\blin_api_[A-Za-z0-9]{32,}|\\bntn_[A-Za-z0-9]{40,}|\\bsecret_[A-Za-z0-9]{43}\\b|\\bfigd_[A-Za-z0-9_-]{38,}|\\bpat[A-Za-z0-9]{14}\\.[0-9a-f]{64}|\\bPMAK-[0-9a-f]{24}-[0-9a-f]{34}|\\bsl\\.[A-Za-z0-9_-]{100,}|\\bEAA[A-Za-z0-9]{60,}|\\bbkua_[a-z0-9]{40}|\\bCCIPAT_[A-Za-z0-9_]{40,}|\\btfp_[A-Za-z0-9_.=-]{40,}|\\bCFPAT-[A-Za-z0-9_-]{43}|\\bpat-(?:na|eu)1-[0-9a-f-]{36})"
          },
          {
            "id": "basic-credentials",
            "description": "HTTP Basic credentials (RFC 7617) wherever they stand.",
            "shapes": ["(?i)\\bbasic(?:\\s|[:=+]|%20)"],
            "pattern": "(?i)\\bbasic(?:\\s*[:=]\\s*|\\s+|%20|\\+)([A-Za-z0-9+/_-]{6,}={0,2})",
            "check": {"kind": "basic-credentials"}
          },
          {
            "id": "bearer-token",
            "description": "Bearer tokens (RFC 6750) wherever they stand.",
            "shapes": ["(?i)\\bbearer(?:\\s|[:=+_-]|%20)"],
            "pattern": "(?i)\\bbearer(?:[ _-]?token)?(?:\\s*[:=]\\s*|\\s+|%20|\\+)(?:\\\\*[\"\\'])?([A-Za-z0-9._~+/%-]{8,}=*)",
            "unless": "(?i)[a-z_-]{1,24}\\.?|[0-9]{1,3}%"
          },
          {
            "id": "authorization",
            "description": "What an Authorization header carries; the scheme's name stays.",
            "key": "(?:proxy[_-]?)?authori[sz]ation(?:[_-]?header)?|auth[_-]?header",
            "keep": "(?i)(?:bearer|basic|token|digest|negotiate|ntlm|api-?key|key|oauth|hmac[a-z0-9-]*|aws4-hmac-sha256|signature|splunk|sso-key|mac|hawk|bot|client-id|jwt)(?:\\s+|%20|\\+)",
            "unless": "(?i)[a-z_, -]{1,40}|username="
          },
          {
            "id": "digest-response",
            "description": "The response of HTTP Digest authentication (RFC 7616).",
            "keywords": ["response="],
            "pattern": "(?i)digest\\s[^\\n]{0,400}?\\bresponse=\\\\*\"([0-9a-f]{32,})"
          },
          {
            "id": "url-credentials",
            "description": "Passwords in URLs and data source names: scheme://user:password@host, also percent-encoded, without a scheme before host:port, and in the forms of Go's MySQL driver and Oracle's thin driver.",
            "keywords": ["@", "%40"],
            "pattern": "(?i)(?:\\b[a-z][a-z0-9+.-]{1,30}:(?:\\\\?/){2}[^\\s/?#:@\"'<>\\\\\\[\\]]*:([^\\s\"'<>/?#\\\\]+|[^\\s\"'<>@/?#\\\\]*[^0-9\\s\"'<>@/?#\\\\][^\\s\"'<>@\\\\]*)@|%3A%2F%2F[A-Za-z0-9._~+-]*%3A([^\\s\"'<>&]+?)%40|(?:^|[\\s\"'=(,\\[])(?-i:[a-z_][a-z0-9_.-]*):([^\\s@/\"'<>\\\\]*[0-9!#$%^&*+~=?|-][^\\s@/\"'<>\\\\]*)@(?:(?:tcp|unix|udp)\\(|[a-z0-9][a-z0-9.-]*:[0-9]{2,5}\\b)|jdbc:oracle:[a-z]+:[^\\s/\"'@]+/([^\\s@\"'\\\\]+)@)"
          },
          {
            "id": "url-token",
            "description": "A token in place of the user of a URL, as in clone URLs and Sentry's DSN.",
            "keywords": ["@"],
            "pattern": "(?i)\\b[a-z][a-z0-9+.-]{1,30}:(?:\\\\?/){2}([^\\s/?#:@\"'<>\\\\\\[\\]]{16,}):?@",
            "check": {"kind": "entropy", "bitsPerCharacter": 3.2, "minimumLength": 16, "reason": "16 random hexadecimal digits have about 3.3 bits; names of people and machines are shorter or repeat letters"}
          },
          {
            "id": "cookie",
            "description": "Values of cookies; their names and attributes stay.",
            "key": "(?:set[_-]?)?cookies?(?:[_-]?header)?|cookie2",
            "value": "cookies",
            "unless": "[A-Za-z]{1,12}|[0-9]{1,3}"
          },
          {
            "id": "session-id",
            "description": "Session identifiers. Zookeeper's and other hexadecimal numbers with 0x are no credentials.",
            "key": "(?:\\b|_|%[0-9A-F]{2})(?:session|sess|sid|jsessionid|phpsessid|aspsessionid[a-z]*|asp\\.net_sessionid|sessid|sessionid)(?:[_-]?(?:id|key|token|cookie))?|(?-i:[a-z]S(?:ession|id|ess)(?:I[dD]|Key|Token|Cookie)?)",
            "only": "[A-Za-z0-9+/=_.:%~!*|-]{10,}",
            "unless": "(?i)0x[0-9a-f]+|[a-z_./:-]+|[0-9]{1,19}|[a-z]+(?:-[a-z]+)*-[0-9]{1,4}"
          },
          {
            "id": "kubernetes-secret",
            "description": "The values of a Secret that somebody logged, as JSON or YAML.",
            "shapes": ["\\\\*\"kind\\\\*\"\\s*:\\s*\\\\*\"Secret\\\\*\"", "(?:^|\\n|\\\\n)\\s*kind: *\"?Secret\\b"],
            "key": "\\b(?:data|stringData)",
            "value": "members"
          },
          {
            "id": "last-applied-configuration",
            "description": "The copy of an object's specification that kubectl and other appliers keep in an annotation, secrets included.",
            "key": "kubectl\\.kubernetes\\.io/last-applied-configuration|last-applied-configuration|objectset\\.rio\\.cattle\\.io/applied"
          },
          {
            "id": "password",
            "description": "Passwords by the name of their key, in any notation.",
            "key": "password|passwd|passwort|kennwort|passphrase|passcode|pass[_-]?word|contrase(?:n|\\xf1|\\xc3\\xb1)a|(?:\\b|_|%[0-9A-F]{2})(?:pass|pwd|pw)|(?-i:[a-z](?:Pass|Pwd|PWD))|rediscli_auth|(?:db|user|root|admin|my|sql|pg|mail|smtp|ftp|ldap|redis)(?:pass|pwd)",
            "except": "(?-i:OLDPWD|PWD)|(?i:(?:proxy|fastcgi|uwsgi|scgi|grpc|memcached)_pass)",
            "unless": "v?[0-9]+\\.[0-9]+\\.[0-9]+[A-Za-z0-9.+-]*|[0-9]{1,3}|[^A-Za-z0-9]{1,2}"
          },
          {
            "id": "command-line-password",
            "description": "Passwords that programs take in their own notation: mysql -p, curl -u, sshpass, docker login, redis-cli -a, openssl pass:, requirepass, SQL's IDENTIFIED BY and PASSWORD, .netrc.",
            "shapes": ["(?:mysql|mysqldump|mysqladmin|mysqlsh|mariadb|mariadb-dump|curl|wget|http|sshpass|redis-cli) |(?:docker|podman) login|\\bpass:|(?i:requirepass|masterauth|identified\\s+by|auth (?:plain|login)|(?:with|set|encrypted|role\\s+\\S+|user\\s+\\S+)\\s+password|login\\s+\\S+\\s+password)"],
            "pattern": "(?:(?:mysql|mysqldump|mysqladmin|mysqlsh|mariadb|mariadb-dump)\\b[^|;&\\n]*?\\s-p([^\\s\"'\\\\]+)|\\b(?:curl|wget|http)\\b[^|;\\n]*?\\s(?:-u|--user|--proxy-user)[= ]*\\\\*[\"']?[^\\s:\"'\\\\]+:([^\\s\"'\\\\]+)|\\bsshpass\\s+-p\\s*\\\\*[\"']?([^\\s\"'\\\\]+)|\\b(?:docker|podman)\\s+login\\b[^|;\\n]*?\\s-p[= ]*\\\\*[\"']?([^\\s\"'\\\\]+)|\\bredis-cli\\b[^|;\\n]*?\\s(?:-a|--pass)[= ]+\\\\*[\"']?([^\\s\"'\\\\]+)|\\bpass:([^\\s\"'\\\\]+)|(?i:\\b(?:requirepass|masterauth)\\s+\\\\*[\"']?([^\\s\"'\\\\]+))|(?i:\\bidentified\\s+by\\s+(?:password\\s+)?\\\\*[\"']([^\"'\\\\]+))|(?i:\\b(?:with|set|encrypted|role\\s+\\S+|user\\s+\\S+)\\s+password\\s*=?\\s*\\\\*[\"']([^\"'\\\\]+))|(?i:\\bauth\\s+(?:plain|login)\\s+([a-z0-9+/]{8,}={0,2}))|(?i:\\blogin\\s+\\S+\\s+password\\s+([^\\s\"'\\\\]+)))"
          },
          {
            "id": "api-key",
            "description": "Keys of interfaces, storage, signing and encryption by the name of their key.",
            "key": "(?:api|app|application|auth|access|account|master|licen[sc]e|signing|signature|encryption|encrypt|decryption|hmac|ssh|subscription|storage|shared[_-]?access|consumer|secret|client|deploy|webhook|admin|ingest(?:ion)?|instrumentation|rsa|ecdsa|ed25519|private|pre[_-]?shared|session|jwt|aes|cipher|crypto|functions|integration|project|root|service|tsig|psk|wireguard|license|secret[_-]?access|cookie|django[_-]?secret|rails[_-]?master)[_. -]?key(?:[_-]?(?:base64|b64|pem))?|secret[_-]?access[_-]?key|client[_-]?key[_-]?data|access[_-]?key[_-]?secret|secret[_-]?key[_-]?base",
            "unless": "(?i).{1,5}|[0-9]{1,9}|[a-z]{1,15}|[a-z]+(?:[-_.][a-z]+)+|v?[0-9]+\\.[0-9]+\\.[0-9]+[a-z0-9.+-]*|[a-z0-9.-]+\\.(?:pem|key|crt|json|jks|p12)"
          },
          {
            "id": "client-secret",
            "description": "Secrets by the name of their key. A bare name such as shop/db-credentials is a reference to a Secret and stays.",
            "key": "secret",
            "except": "(?i)(?:.*[_./-])?(?:existing|use|image_?pull|pull|tls|create|mount|volume|from|ref|tokenSecret|needs|checksum|hash|digest)[_./-]?secrets?",
            "unless": "(?:[a-z0-9][a-z0-9.-]*/)?[a-z][a-z0-9]*(?:[-.][a-z0-9]+)+|[a-z0-9-]+/[a-z0-9.-]+|[0-9]{1,3}|v?[0-9]+\\.[0-9]+\\.[0-9]+[A-Za-z0-9.+-]*|[^A-Za-z0-9]{1,4}|.{1,2}"
          },
          {
            "id": "token",
            "description": "Tokens by the name of their key, but for page tokens and counts of a language model's tokens.",
            "key": "token|(?:\\b|_|%[0-9A-F]{2})jwt|(?-i:[a-z]Jwt|[a-z]JWT)|(?:\\b|_|%[0-9A-F]{2})_auth",
            "except": "(?i)(?:.*[_.-])?(?:next|page|paging|continu[a-z]*|sync|cursor|resume|max|min|total|num|prompt|completion|stop|special|eos|bos|pad|unk)[_.-]?(?:page|sync)?[_.-]?tokens?|(?i:.*nextPageToken|.*(?:continue|continuation|page|sync)Token)",
            "unless": "(?i).{1,5}|[0-9]{1,9}(?:\\.[0-9]+)?|[a-z]{1,15}|[a-z]+(?:[-_./:][a-z]+)+|[a-z]+(?:-[a-z0-9]+)*-[a-z0-9]{5}|[^a-z0-9]*|v?[0-9]+\\.[0-9]+\\.[0-9]+[a-z0-9.+-]*|[0-9]+(?:h|m|s|ms)"
          },
          {
            "id": "credential",
            "description": "Credentials by the name of their key, as in Prometheus's authorization.credentials.",
            "key": "(?:\\b|_|%[0-9A-F]{2})(?:credentials?|creds?)|(?-i:[a-z]Cred(?:ential)?s?)",
            "unless": "(?i).{1,5}|[0-9]{1,9}|[a-z]{1,15}|[a-z]+(?:[-_./:][a-z0-9]+)+|[^a-z0-9]*"
          },
          {
            "id": "signature",
            "description": "Signatures of presigned URLs, shared access signatures and webhooks: whoever has the URL has the access.",
            "key": "(?:\\b|_|%[0-9A-F]{2})(?:sig|signature)|(?-i:[a-z]Signature)|x-amz-(?:signature|security-token|credential)|x-goog-(?:signature|credential)",
            "only": "(?:[a-z0-9]+=)?[A-Za-z0-9+/=_%.-]{16,}",
            "unless": "[A-Za-z]+(?:[._-][A-Za-z]+)*"
          },
          {
            "id": "oauth-code",
            "description": "Codes and assertions that can be exchanged for a token, in URL queries.",
            "shapes": ["(?i)(?:[?&;]|%26|%3F)(?:code|assertion|client_assertion|saml|ticket|oauth_)"],
            "pattern": "(?i)(?:[?&]|&amp;|%26|%3F)(?:code|assertion|client_assertion|samlresponse|samlrequest|ticket|code_verifier|oauth_[a-z_]+)(?:=|%3d)([^\\s&\"\\'<>#\\\\]{10,})",
            "unless": "[a-z_-]+"
          },
          {
            "id": "registry-auth",
            "description": "The auth field of a container registry's configuration: base64 of user and password.",
            "key": "(?:\\b|_|%[0-9A-F]{2})auth",
            "check": {"kind": "basic-credentials"}
          },
          {
            "id": "one-time-code",
            "description": "One-time codes and PINs by the name of their key.",
            "key": "(?:\\b|_|%[0-9A-F]{2})(?:t?otp|mfa|2fa|one[_-]?time[_-]?(?:code|pin))(?:[_-]?(?:code|token))?|(?:verification|auth|login|sms|backup|recovery|reset)[_-]?code|(?:\\b|_|%[0-9A-F]{2})pin(?:[_-]?(?:code|number))?|(?-i:[a-z](?:Otp|OTP|Pin|PIN)(?:Code)?)",
            "only": "[0-9]{4,8}|[A-Z0-9]{4}-[A-Z0-9]{4}"
          },
          {
            "id": "stated-secret",
            "description": "Secrets that a sentence states, when they have a digit.",
            "shapes": ["(?i)(?:password|passcode|passphrase|pin|otp|key|token|code)\\s+(?:is|was|are|set|changed)\\b"],
            "pattern": "(?i)\\b(?:password|passcode|passphrase|pin|otp|api key|access key|access token|api token|secret key|(?:verification|security|access|login|one-time|confirmation) (?:code|password|pin))\\s+(?:is|was|are|set to|changed to)\\s*:?\\s*\\\\*[\"\\']?([^\\s\"\\'\\\\]{0,64}[0-9][^\\s\"\\'\\\\]{2,}|[^\\s\"\\'\\\\]{3,64}[0-9])",
            "unless": "[0-9]{1,3}[^0-9].*|.*[0-9]s|v?[0-9]+\\.[0-9.]+"
          },
          {
            "id": "password-hash",
            "description": "Hashes of passwords in the forms of crypt(3), Argon2, PBKDF2, LDAP and Django: they can be attacked offline.",
            "shapes": ["\\$(?:2[abxy]?|apr1|[1567y]|argon2[a-z]*|pbkdf2[a-z0-9_-]*|scrypt)\\$", "\\{S?SHA(?:256|512)?\\}", "(?:pbkdf2_sha|bcrypt_sha|argon2\\$argon)"],
            "pattern": "\\$(?:2[abxy]?|apr1|[1567y]|argon2[a-z]*|pbkdf2[a-z0-9_-]*|scrypt)\\$[./A-Za-z0-9$=,+-]{20,}|\\{S?SHA(?:256|512)?\\}[A-Za-z0-9+/=]{20,}|pbkdf2_sha[0-9]+\\$[0-9]+\\$[./A-Za-z0-9$=,+-]{20,}"
          },
          {
            "id": "jwk",
            "description": "The private members of a JSON Web Key (RFC 7518).",
            "shapes": ["\\\\*[\"\\']kty\\\\*[\"\\']"],
            "key": "[\"\\'](?:d|p|q|dp|dq|qi|k)",
            "only": "[A-Za-z0-9_-]{16,}"
          },
          {
            "id": "card-number-field",
            "description": "Card numbers by the name of their key, with or without a right check digit.",
            "key": "(?:\\b|_|%[0-9A-F]{2})(?:pan|cc|cc[_-]?(?:num|number|no)|(?:credit|debit|payment)?[_-]?card(?:[_-]?(?:num|number|no|nr))?)|(?-i:[a-z]?[cC]ardNumber|[cC]ardNo)",
            "only": "[0-9](?:[ -]?[0-9]){11,18}"
          },
          {
            "id": "card-number",
            "description": "Payment card numbers, also grouped by blanks or hyphens: issuer's prefix, length and check digit must be right. Numbers in fields for times, sizes and identifiers are passed over.",
            "shapes": ["[0-9](?:[ -]?[0-9]){13}"],
            "pattern": "(?i)\\b(?:ts|time|[a-z_]*time(?:stamp)?|[a-z_]*_?(?:ns|nsec|nanos|nanoseconds|us|usec|micros|ms|msec|millis|at|since|until)|duration[a-z_]*|elapsed[a-z_]*|latency[a-z_]*|offset|size|bytes|count|seq[a-z]*|(?:order|trace|span|parent|request|req|user|message|msg|event|correlation|transaction|txn|process|thread|job|task|build|run|batch|shipment|tracking|invoice|item|product|customer|object|pod|node|container|snowflake|block|blk)[_-]?(?:id|no|nr|number)?|u?id|resource[_-]?version|generation|revision|version|checksum|crc|hash)\\\\*[\"\\']?\\s*[:=]\\s*\\\\*[\"\\']?[0-9][0-9.]*|(?:^|[^\\w.+-])([0-9]{4}(?:[ -]?[0-9]{4}){3}(?:[ -]?[0-9]{1,3})?|3[0-9]{3}[ -]?[0-9]{6}[ -]?[0-9]{4,5})(?:[^\\w.-]|[.-](?:[^0-9]|$)|$)",
            "check": {"kind": "luhn"}
          },
          {
            "id": "card-security-code",
            "description": "Card security codes by the name of their key.",
            "key": "(?:\\b|_|%[0-9A-F]{2})(?:cvv2?|cvc2?|cvn2?|csc|cid2)(?:[_-]?(?:code|value|number))?|(?:card[_-]?)?security[_-]?code|card[_-]?verification[_-]?(?:code|value)|(?-i:[a-z](?:Cvv|CVV|Cvc|CVC)2?)",
            "only": "[0-9]{3,4}"
          },
          {
            "id": "iban",
            "description": "International bank account numbers: the country's length and the check digits of ISO 13616 must be right.",
            "keywords": ["iban"],
            "shapes": ["\\b[A-Z]{2}[0-9]{2}(?:[ -]?[A-Z0-9]{4}){2}"],
            "pattern": "(?:\\b|_)([A-Z]{2}[0-9]{2}(?:[ -]?[A-Z0-9]{4}){2,7}(?:[ -]?[A-Z0-9]{1,3})?)|(?i:iban)\\W{1,8}([A-Za-z]{2}[0-9]{2}(?:[ -]?[A-Za-z0-9]{4}){2,7}(?:[ -]?[A-Za-z0-9]{1,3})?)",
            "check": {"kind": "iban"}
          },
          {
            "id": "email",
            "description": "E-mail addresses. URL users, systemd units and file names that look alike are passed over.",
            "keywords": ["@", "%40"],
            "pattern": "://[^\\s/@\"\\'<>]*@|\\bgit@[A-Za-z0-9.-]+[:/]|([A-Za-z0-9._+\\x80-\\xff-]{1,64}(?:@|%40)(?:[A-Za-z0-9\\x80-\\xff](?:[A-Za-z0-9\\x80-\\xff-]*[A-Za-z0-9\\x80-\\xff])?\\.)+(?:[A-Za-z]{2,24}|xn--[A-Za-z0-9-]{2,24}))\\b",
            "unless": "(?i).*\\.(?:service|socket|timer|slice|scope|mount|automount|swap|target|device|path|svc|png|jpe?g|gif|svg|webp|js|mjs|css|ts|go|py|java|rb|rs|so|jar|zip|gz|tgz|log|ya?ml|json|conf)",
            "yields": true
          },
          {
            "id": "phone-number",
            "description": "Telephone numbers: international ones with + or 00 behind a phone's key word, by a country code that exists, and any behind such a key.",
            "shapes": ["\\+[1-9][0-9 (.-]", "(?i)\\b(?:phone|mobile|msisdn|tel|telephone|cell|fax|whatsapp)[a-z_ -]{0,8}\\\\*[\"']?\\s*[:=]"],
            "pattern": "(?i)(?:^|[^\\w+.])(\\+(?:1[ .-]?\\(?[2-9][0-9]{2}\\)?|[2-9][0-9]{0,2}(?:[ .-]?\\([0-9]{1,4}\\))?)(?:[ .-]?[0-9])?(?:[ .-]?[0-9]{2,}){2,5}|\\+(?:1[2-9][0-9]{9}|[2-9][0-9]{9,14}))\\b|\\b(?:phone|mobile|msisdn|tel|telephone|cell|fax|whatsapp)(?:[_ -]?(?:number|no|nr))?\\\\*[\"\\']?\\s*[:=]\\s*\\\\*[\"\\']?(\\+?[(0-9][0-9 ().-]{5,18}[0-9])",
            "only": "\\D*[0-9](?:\\D{0,2}[0-9]){6,14}",
            "yields": true
          },
          {
            "id": "national-id",
            "description": "Identity numbers of persons by the name of their key.",
            "key": "(?:\\b|_|%[0-9A-F]{2})ssn|social[_ -]?security(?:[_ -]?(?:number|no))?|passport(?:[_ -]?(?:number|no))?|tax[_ -]?(?:id|number)|national[_ -]?(?:id|insurance[_ -]?number)",
            "only": "[A-Za-z0-9]*[0-9][A-Za-z0-9 -]{5,16}"
          },
          {
            "id": "encoded-secret",
            "description": "Base64 in which another rule finds a secret once it is decoded; the keywords are what telling words look like at each of the three offsets of base64.",
            "keywords": ["eyJ", "LS0tLS1CRUdJTi", "0b2tlb", "1dGhvcml6YXRpb2", "BBU1NXT1JE", "BSSVZBVEUgS0VZ", "BUElfS0VZ", "Bhc3N3Z", "Bhc3N3b3Jk", "CZWFyZXIg", "FQSV9LRV", "FwaUtle", "FwaV9rZX", "ImF1dGgi", "JhdXRoI", "JlYXJlci", "NFQ1JFV", "NlY3Jld", "QQVNTV09SR", "QUklWQVRFIEtFW", "QVBJX0tFW", "QYXNzd29yZ", "QmVhcmVyI", "RPS0VO", "Rva2Vu", "TRUNSRV", "TZWNyZX", "U0VDUkVU", "U2VjcmV0", "UEFTU1dPUk", "UFJJVkFURSBLRV", "UGFzc3dvcm", "UT0tFT", "Ub2tlb", "V0aG9yaXphdGlvb", "VE9LRU", "VG9rZW", "YXBpS2V5", "YXBpX2tle", "c2VjcmV0", "cGFzc3dk", "cGFzc3dvcm", "dG9rZW", "dXRob3JpemF0aW9u", "hcGlLZX", "hcGlfa2V5", "iYXV0aC", "wYXNzd2", "wYXNzd29yZ", "zZWNyZX"],
            "base64": "[A-Za-z0-9+/_-]{20,}={0,2}"
          },
          {
            "id": "high-entropy-value",
            "description": "Values that look random under keys that only hint at a secret.",
            "key": "(?:\\b|_|%[0-9A-F]{2})(?:key|auth|salt|seed|hmac)|(?-i:[a-z](?:Key|Auth|Salt|Seed))",
            "except": "(?i)(?:.*[_.-])?(?:public|cache|partition|routing|sort|primary|foreign|row|object|s3|index|idempotency|dedup\\w*|group|shard|topic|message|registry|map|hash)[_.-]?key",
            "unless": "[^A-Z]*|[^a-z]*|[^0-9]*|[0-9A-Fa-f-]+|.*[\\s{}<>].*|(?:[A-Za-z]:)?[/.].*|[a-z]+://.*",
            "check": {"kind": "entropy", "bitsPerCharacter": 3.7, "minimumLength": 20, "reason": "20 random characters of base64 have about 4.1 bits; identifiers made of words stay under 3.6, and those without all of upper case, lower case and digits are passed over"}
          },
          {
            "id": "ipv4-address",
            "description": "IPv4 addresses; off, since analysis needs to tell addresses apart and a constant marker does not.",
            "shapes": ["[0-9]{1,3}(?:\\.[0-9]{1,3}){3}"],
            "pattern": "(?:^|[^\\w.])((?:(?:25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])\\.){3}(?:25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9]))(?:[^\\w.]|\\.(?:\\D|$)|$)",
            "enabled": false
          },
          {
            "id": "ipv6-address",
            "description": "IPv6 addresses; off, as above.",
            "shapes": ["(?i)[0-9a-f]{0,4}:[0-9a-f:]{2,}"],
            "pattern": "(?i)(?:^|[^\\w:.])((?:[0-9a-f]{1,4}:){7}[0-9a-f]{1,4}|(?:[0-9a-f]{1,4}:){1,7}:(?:[0-9a-f]{1,4}(?::[0-9a-f]{1,4}){0,6})?|::(?:[0-9a-f]{1,4}:){0,6}[0-9a-f]{1,4})(?:[^\\w:.]|\\.(?:\\D|$)|$)",
            "enabled": false
          }
        ]
      }

      """#
    ),
    (
      "score.json",
      #"""
      {
        "model": "score v2, weights 2",
        "weights": {
          "slo": 0.9,
          "latency": 0.6,
          "availability": 0.7,
          "reach": 0.5,
          "logs": 0.35,
          "events": 0.3,
          "resource": 0.25,
          "reason": "starting values, not fitted: what users feel outweighs what machines say, and a failure outweighs a wait; log noise alone stays at 35"
        },
        "burnScale": {
          "value": [[0, 0], [1, 0.25], [3, 0.4], [6, 0.6], [14.4, 0.8]],
          "unit": "burn rate",
          "reason": "the Workbook's thresholds; strength 1 is a total outage, 1/(1-objective)"
        },
        "affectedFrom": {
          "slo-burn": 0.4,
          "latency": 0.6,
          "pod-unavailable": 0.1,
          "service-down": 0.5,
          "waiting-reason": 0.5,
          "container-restart": 0.6,
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
    (
      "rules/requests.yml",
      #"""
      # Share of requests that failed and rate of requests, by service, over the windows of the burn
      # alerts in slo-burn.yml. Unit: ratio 0 to 1, and requests a second.
      #
      # Of a service with several of these counters the first in order counts: they tell the same
      # requests twice. The counters and their status labels are those of `requestCounters` in slo.json;
      # a failed request is an HTTP status 5xx, or a gRPC code that says the server did not answer as it
      # should (reason: Google SRE Workbook ch. 2, "the ratio of successful responses").
      # A service is whatever of the labels in `by` names it; labels that a series lacks say nothing.
      groups:
        - name: service-requests
          # A minute is the step of the reports; the shortest window, 5 m, has five of them.
          interval: 1m
          rules:
            - record: service:requests:rate5m
              expr: |
                sum by (namespace, service, destination_service_name, service_name, app, job) (rate(http_requests_total[5m]))
                or sum by (namespace, service, destination_service_name, service_name, app, job) (rate(http_server_request_duration_seconds_count[5m]))
                or sum by (namespace, service, destination_service_name, service_name, app, job) (rate(http_server_requests_seconds_count[5m]))
                or sum by (namespace, service, destination_service_name, service_name, app, job) (rate(http_request_duration_seconds_count[5m]))
                or sum by (namespace, service, destination_service_name, service_name, app, job) (rate(http_server_duration_milliseconds_count[5m]))
                or sum by (namespace, service, destination_service_name, service_name, app, job) (rate(istio_requests_total[5m]))
                or sum by (namespace, service, destination_service_name, service_name, app, job) (rate(nginx_ingress_controller_requests[5m]))
                or sum by (namespace, service, destination_service_name, service_name, app, job) (rate(traefik_service_requests_total[5m]))
                or sum by (namespace, service, destination_service_name, service_name, app, job) (rate(grpc_server_handled_total[5m]))
            - record: service:request_errors:ratio_rate5m
              expr: |
                sum by (namespace, service, destination_service_name, service_name, app, job) (
                  rate(http_requests_total{code=~"5.."}[5m])
                  or rate(http_requests_total{status=~"5.."}[5m])
                  or rate(http_requests_total{status_code=~"5.."}[5m])
                  or rate(http_requests_total{http_status=~"5.."}[5m])
                  or rate(http_requests_total{http_response_status_code=~"5.."}[5m])
                ) / sum by (namespace, service, destination_service_name, service_name, app, job) (rate(http_requests_total[5m]))
                or sum by (namespace, service, destination_service_name, service_name, app, job) (
                  rate(http_server_request_duration_seconds_count{http_response_status_code=~"5.."}[5m])
                  or rate(http_server_request_duration_seconds_count{status_code=~"5.."}[5m])
                  or rate(http_server_request_duration_seconds_count{status=~"5.."}[5m])
                ) / sum by (namespace, service, destination_service_name, service_name, app, job) (rate(http_server_request_duration_seconds_count[5m]))
                or sum by (namespace, service, destination_service_name, service_name, app, job) (
                  rate(http_server_requests_seconds_count{status=~"5.."}[5m])
                  or rate(http_server_requests_seconds_count{code=~"5.."}[5m])
                ) / sum by (namespace, service, destination_service_name, service_name, app, job) (rate(http_server_requests_seconds_count[5m]))
                or sum by (namespace, service, destination_service_name, service_name, app, job) (
                  rate(http_request_duration_seconds_count{code=~"5.."}[5m])
                  or rate(http_request_duration_seconds_count{status=~"5.."}[5m])
                  or rate(http_request_duration_seconds_count{status_code=~"5.."}[5m])
                ) / sum by (namespace, service, destination_service_name, service_name, app, job) (rate(http_request_duration_seconds_count[5m]))
                or sum by (namespace, service, destination_service_name, service_name, app, job) (
                  rate(http_server_duration_milliseconds_count{http_status_code=~"5.."}[5m])
                  or rate(http_server_duration_milliseconds_count{http_response_status_code=~"5.."}[5m])
                ) / sum by (namespace, service, destination_service_name, service_name, app, job) (rate(http_server_duration_milliseconds_count[5m]))
                or sum by (namespace, service, destination_service_name, service_name, app, job) (
                  rate(istio_requests_total{response_code=~"5.."}[5m])
                ) / sum by (namespace, service, destination_service_name, service_name, app, job) (rate(istio_requests_total[5m]))
                or sum by (namespace, service, destination_service_name, service_name, app, job) (
                  rate(nginx_ingress_controller_requests{status=~"5.."}[5m])
                ) / sum by (namespace, service, destination_service_name, service_name, app, job) (rate(nginx_ingress_controller_requests[5m]))
                or sum by (namespace, service, destination_service_name, service_name, app, job) (
                  rate(traefik_service_requests_total{code=~"5.."}[5m])
                ) / sum by (namespace, service, destination_service_name, service_name, app, job) (rate(traefik_service_requests_total[5m]))
                or sum by (namespace, service, destination_service_name, service_name, app, job) (
                  rate(grpc_server_handled_total{grpc_code=~"Unknown|DeadlineExceeded|ResourceExhausted|Aborted|Internal|Unavailable|DataLoss"}[5m])
                ) / sum by (namespace, service, destination_service_name, service_name, app, job) (rate(grpc_server_handled_total[5m]))
            - record: service:request_errors:ratio_rate30m
              expr: |
                sum by (namespace, service, destination_service_name, service_name, app, job) (
                  rate(http_requests_total{code=~"5.."}[30m])
                  or rate(http_requests_total{status=~"5.."}[30m])
                  or rate(http_requests_total{status_code=~"5.."}[30m])
                  or rate(http_requests_total{http_status=~"5.."}[30m])
                  or rate(http_requests_total{http_response_status_code=~"5.."}[30m])
                ) / sum by (namespace, service, destination_service_name, service_name, app, job) (rate(http_requests_total[30m]))
                or sum by (namespace, service, destination_service_name, service_name, app, job) (
                  rate(http_server_request_duration_seconds_count{http_response_status_code=~"5.."}[30m])
                  or rate(http_server_request_duration_seconds_count{status_code=~"5.."}[30m])
                  or rate(http_server_request_duration_seconds_count{status=~"5.."}[30m])
                ) / sum by (namespace, service, destination_service_name, service_name, app, job) (rate(http_server_request_duration_seconds_count[30m]))
                or sum by (namespace, service, destination_service_name, service_name, app, job) (
                  rate(http_server_requests_seconds_count{status=~"5.."}[30m])
                  or rate(http_server_requests_seconds_count{code=~"5.."}[30m])
                ) / sum by (namespace, service, destination_service_name, service_name, app, job) (rate(http_server_requests_seconds_count[30m]))
                or sum by (namespace, service, destination_service_name, service_name, app, job) (
                  rate(http_request_duration_seconds_count{code=~"5.."}[30m])
                  or rate(http_request_duration_seconds_count{status=~"5.."}[30m])
                  or rate(http_request_duration_seconds_count{status_code=~"5.."}[30m])
                ) / sum by (namespace, service, destination_service_name, service_name, app, job) (rate(http_request_duration_seconds_count[30m]))
                or sum by (namespace, service, destination_service_name, service_name, app, job) (
                  rate(http_server_duration_milliseconds_count{http_status_code=~"5.."}[30m])
                  or rate(http_server_duration_milliseconds_count{http_response_status_code=~"5.."}[30m])
                ) / sum by (namespace, service, destination_service_name, service_name, app, job) (rate(http_server_duration_milliseconds_count[30m]))
                or sum by (namespace, service, destination_service_name, service_name, app, job) (
                  rate(istio_requests_total{response_code=~"5.."}[30m])
                ) / sum by (namespace, service, destination_service_name, service_name, app, job) (rate(istio_requests_total[30m]))
                or sum by (namespace, service, destination_service_name, service_name, app, job) (
                  rate(nginx_ingress_controller_requests{status=~"5.."}[30m])
                ) / sum by (namespace, service, destination_service_name, service_name, app, job) (rate(nginx_ingress_controller_requests[30m]))
                or sum by (namespace, service, destination_service_name, service_name, app, job) (
                  rate(traefik_service_requests_total{code=~"5.."}[30m])
                ) / sum by (namespace, service, destination_service_name, service_name, app, job) (rate(traefik_service_requests_total[30m]))
                or sum by (namespace, service, destination_service_name, service_name, app, job) (
                  rate(grpc_server_handled_total{grpc_code=~"Unknown|DeadlineExceeded|ResourceExhausted|Aborted|Internal|Unavailable|DataLoss"}[30m])
                ) / sum by (namespace, service, destination_service_name, service_name, app, job) (rate(grpc_server_handled_total[30m]))
            - record: service:request_errors:ratio_rate1h
              expr: |
                sum by (namespace, service, destination_service_name, service_name, app, job) (
                  rate(http_requests_total{code=~"5.."}[1h])
                  or rate(http_requests_total{status=~"5.."}[1h])
                  or rate(http_requests_total{status_code=~"5.."}[1h])
                  or rate(http_requests_total{http_status=~"5.."}[1h])
                  or rate(http_requests_total{http_response_status_code=~"5.."}[1h])
                ) / sum by (namespace, service, destination_service_name, service_name, app, job) (rate(http_requests_total[1h]))
                or sum by (namespace, service, destination_service_name, service_name, app, job) (
                  rate(http_server_request_duration_seconds_count{http_response_status_code=~"5.."}[1h])
                  or rate(http_server_request_duration_seconds_count{status_code=~"5.."}[1h])
                  or rate(http_server_request_duration_seconds_count{status=~"5.."}[1h])
                ) / sum by (namespace, service, destination_service_name, service_name, app, job) (rate(http_server_request_duration_seconds_count[1h]))
                or sum by (namespace, service, destination_service_name, service_name, app, job) (
                  rate(http_server_requests_seconds_count{status=~"5.."}[1h])
                  or rate(http_server_requests_seconds_count{code=~"5.."}[1h])
                ) / sum by (namespace, service, destination_service_name, service_name, app, job) (rate(http_server_requests_seconds_count[1h]))
                or sum by (namespace, service, destination_service_name, service_name, app, job) (
                  rate(http_request_duration_seconds_count{code=~"5.."}[1h])
                  or rate(http_request_duration_seconds_count{status=~"5.."}[1h])
                  or rate(http_request_duration_seconds_count{status_code=~"5.."}[1h])
                ) / sum by (namespace, service, destination_service_name, service_name, app, job) (rate(http_request_duration_seconds_count[1h]))
                or sum by (namespace, service, destination_service_name, service_name, app, job) (
                  rate(http_server_duration_milliseconds_count{http_status_code=~"5.."}[1h])
                  or rate(http_server_duration_milliseconds_count{http_response_status_code=~"5.."}[1h])
                ) / sum by (namespace, service, destination_service_name, service_name, app, job) (rate(http_server_duration_milliseconds_count[1h]))
                or sum by (namespace, service, destination_service_name, service_name, app, job) (
                  rate(istio_requests_total{response_code=~"5.."}[1h])
                ) / sum by (namespace, service, destination_service_name, service_name, app, job) (rate(istio_requests_total[1h]))
                or sum by (namespace, service, destination_service_name, service_name, app, job) (
                  rate(nginx_ingress_controller_requests{status=~"5.."}[1h])
                ) / sum by (namespace, service, destination_service_name, service_name, app, job) (rate(nginx_ingress_controller_requests[1h]))
                or sum by (namespace, service, destination_service_name, service_name, app, job) (
                  rate(traefik_service_requests_total{code=~"5.."}[1h])
                ) / sum by (namespace, service, destination_service_name, service_name, app, job) (rate(traefik_service_requests_total[1h]))
                or sum by (namespace, service, destination_service_name, service_name, app, job) (
                  rate(grpc_server_handled_total{grpc_code=~"Unknown|DeadlineExceeded|ResourceExhausted|Aborted|Internal|Unavailable|DataLoss"}[1h])
                ) / sum by (namespace, service, destination_service_name, service_name, app, job) (rate(grpc_server_handled_total[1h]))
            - record: service:request_errors:ratio_rate2h
              expr: |
                sum by (namespace, service, destination_service_name, service_name, app, job) (
                  rate(http_requests_total{code=~"5.."}[2h])
                  or rate(http_requests_total{status=~"5.."}[2h])
                  or rate(http_requests_total{status_code=~"5.."}[2h])
                  or rate(http_requests_total{http_status=~"5.."}[2h])
                  or rate(http_requests_total{http_response_status_code=~"5.."}[2h])
                ) / sum by (namespace, service, destination_service_name, service_name, app, job) (rate(http_requests_total[2h]))
                or sum by (namespace, service, destination_service_name, service_name, app, job) (
                  rate(http_server_request_duration_seconds_count{http_response_status_code=~"5.."}[2h])
                  or rate(http_server_request_duration_seconds_count{status_code=~"5.."}[2h])
                  or rate(http_server_request_duration_seconds_count{status=~"5.."}[2h])
                ) / sum by (namespace, service, destination_service_name, service_name, app, job) (rate(http_server_request_duration_seconds_count[2h]))
                or sum by (namespace, service, destination_service_name, service_name, app, job) (
                  rate(http_server_requests_seconds_count{status=~"5.."}[2h])
                  or rate(http_server_requests_seconds_count{code=~"5.."}[2h])
                ) / sum by (namespace, service, destination_service_name, service_name, app, job) (rate(http_server_requests_seconds_count[2h]))
                or sum by (namespace, service, destination_service_name, service_name, app, job) (
                  rate(http_request_duration_seconds_count{code=~"5.."}[2h])
                  or rate(http_request_duration_seconds_count{status=~"5.."}[2h])
                  or rate(http_request_duration_seconds_count{status_code=~"5.."}[2h])
                ) / sum by (namespace, service, destination_service_name, service_name, app, job) (rate(http_request_duration_seconds_count[2h]))
                or sum by (namespace, service, destination_service_name, service_name, app, job) (
                  rate(http_server_duration_milliseconds_count{http_status_code=~"5.."}[2h])
                  or rate(http_server_duration_milliseconds_count{http_response_status_code=~"5.."}[2h])
                ) / sum by (namespace, service, destination_service_name, service_name, app, job) (rate(http_server_duration_milliseconds_count[2h]))
                or sum by (namespace, service, destination_service_name, service_name, app, job) (
                  rate(istio_requests_total{response_code=~"5.."}[2h])
                ) / sum by (namespace, service, destination_service_name, service_name, app, job) (rate(istio_requests_total[2h]))
                or sum by (namespace, service, destination_service_name, service_name, app, job) (
                  rate(nginx_ingress_controller_requests{status=~"5.."}[2h])
                ) / sum by (namespace, service, destination_service_name, service_name, app, job) (rate(nginx_ingress_controller_requests[2h]))
                or sum by (namespace, service, destination_service_name, service_name, app, job) (
                  rate(traefik_service_requests_total{code=~"5.."}[2h])
                ) / sum by (namespace, service, destination_service_name, service_name, app, job) (rate(traefik_service_requests_total[2h]))
                or sum by (namespace, service, destination_service_name, service_name, app, job) (
                  rate(grpc_server_handled_total{grpc_code=~"Unknown|DeadlineExceeded|ResourceExhausted|Aborted|Internal|Unavailable|DataLoss"}[2h])
                ) / sum by (namespace, service, destination_service_name, service_name, app, job) (rate(grpc_server_handled_total[2h]))
            - record: service:request_errors:ratio_rate6h
              expr: |
                sum by (namespace, service, destination_service_name, service_name, app, job) (
                  rate(http_requests_total{code=~"5.."}[6h])
                  or rate(http_requests_total{status=~"5.."}[6h])
                  or rate(http_requests_total{status_code=~"5.."}[6h])
                  or rate(http_requests_total{http_status=~"5.."}[6h])
                  or rate(http_requests_total{http_response_status_code=~"5.."}[6h])
                ) / sum by (namespace, service, destination_service_name, service_name, app, job) (rate(http_requests_total[6h]))
                or sum by (namespace, service, destination_service_name, service_name, app, job) (
                  rate(http_server_request_duration_seconds_count{http_response_status_code=~"5.."}[6h])
                  or rate(http_server_request_duration_seconds_count{status_code=~"5.."}[6h])
                  or rate(http_server_request_duration_seconds_count{status=~"5.."}[6h])
                ) / sum by (namespace, service, destination_service_name, service_name, app, job) (rate(http_server_request_duration_seconds_count[6h]))
                or sum by (namespace, service, destination_service_name, service_name, app, job) (
                  rate(http_server_requests_seconds_count{status=~"5.."}[6h])
                  or rate(http_server_requests_seconds_count{code=~"5.."}[6h])
                ) / sum by (namespace, service, destination_service_name, service_name, app, job) (rate(http_server_requests_seconds_count[6h]))
                or sum by (namespace, service, destination_service_name, service_name, app, job) (
                  rate(http_request_duration_seconds_count{code=~"5.."}[6h])
                  or rate(http_request_duration_seconds_count{status=~"5.."}[6h])
                  or rate(http_request_duration_seconds_count{status_code=~"5.."}[6h])
                ) / sum by (namespace, service, destination_service_name, service_name, app, job) (rate(http_request_duration_seconds_count[6h]))
                or sum by (namespace, service, destination_service_name, service_name, app, job) (
                  rate(http_server_duration_milliseconds_count{http_status_code=~"5.."}[6h])
                  or rate(http_server_duration_milliseconds_count{http_response_status_code=~"5.."}[6h])
                ) / sum by (namespace, service, destination_service_name, service_name, app, job) (rate(http_server_duration_milliseconds_count[6h]))
                or sum by (namespace, service, destination_service_name, service_name, app, job) (
                  rate(istio_requests_total{response_code=~"5.."}[6h])
                ) / sum by (namespace, service, destination_service_name, service_name, app, job) (rate(istio_requests_total[6h]))
                or sum by (namespace, service, destination_service_name, service_name, app, job) (
                  rate(nginx_ingress_controller_requests{status=~"5.."}[6h])
                ) / sum by (namespace, service, destination_service_name, service_name, app, job) (rate(nginx_ingress_controller_requests[6h]))
                or sum by (namespace, service, destination_service_name, service_name, app, job) (
                  rate(traefik_service_requests_total{code=~"5.."}[6h])
                ) / sum by (namespace, service, destination_service_name, service_name, app, job) (rate(traefik_service_requests_total[6h]))
                or sum by (namespace, service, destination_service_name, service_name, app, job) (
                  rate(grpc_server_handled_total{grpc_code=~"Unknown|DeadlineExceeded|ResourceExhausted|Aborted|Internal|Unavailable|DataLoss"}[6h])
                ) / sum by (namespace, service, destination_service_name, service_name, app, job) (rate(grpc_server_handled_total[6h]))
            - record: service:request_errors:ratio_rate1d
              expr: |
                sum by (namespace, service, destination_service_name, service_name, app, job) (
                  rate(http_requests_total{code=~"5.."}[1d])
                  or rate(http_requests_total{status=~"5.."}[1d])
                  or rate(http_requests_total{status_code=~"5.."}[1d])
                  or rate(http_requests_total{http_status=~"5.."}[1d])
                  or rate(http_requests_total{http_response_status_code=~"5.."}[1d])
                ) / sum by (namespace, service, destination_service_name, service_name, app, job) (rate(http_requests_total[1d]))
                or sum by (namespace, service, destination_service_name, service_name, app, job) (
                  rate(http_server_request_duration_seconds_count{http_response_status_code=~"5.."}[1d])
                  or rate(http_server_request_duration_seconds_count{status_code=~"5.."}[1d])
                  or rate(http_server_request_duration_seconds_count{status=~"5.."}[1d])
                ) / sum by (namespace, service, destination_service_name, service_name, app, job) (rate(http_server_request_duration_seconds_count[1d]))
                or sum by (namespace, service, destination_service_name, service_name, app, job) (
                  rate(http_server_requests_seconds_count{status=~"5.."}[1d])
                  or rate(http_server_requests_seconds_count{code=~"5.."}[1d])
                ) / sum by (namespace, service, destination_service_name, service_name, app, job) (rate(http_server_requests_seconds_count[1d]))
                or sum by (namespace, service, destination_service_name, service_name, app, job) (
                  rate(http_request_duration_seconds_count{code=~"5.."}[1d])
                  or rate(http_request_duration_seconds_count{status=~"5.."}[1d])
                  or rate(http_request_duration_seconds_count{status_code=~"5.."}[1d])
                ) / sum by (namespace, service, destination_service_name, service_name, app, job) (rate(http_request_duration_seconds_count[1d]))
                or sum by (namespace, service, destination_service_name, service_name, app, job) (
                  rate(http_server_duration_milliseconds_count{http_status_code=~"5.."}[1d])
                  or rate(http_server_duration_milliseconds_count{http_response_status_code=~"5.."}[1d])
                ) / sum by (namespace, service, destination_service_name, service_name, app, job) (rate(http_server_duration_milliseconds_count[1d]))
                or sum by (namespace, service, destination_service_name, service_name, app, job) (
                  rate(istio_requests_total{response_code=~"5.."}[1d])
                ) / sum by (namespace, service, destination_service_name, service_name, app, job) (rate(istio_requests_total[1d]))
                or sum by (namespace, service, destination_service_name, service_name, app, job) (
                  rate(nginx_ingress_controller_requests{status=~"5.."}[1d])
                ) / sum by (namespace, service, destination_service_name, service_name, app, job) (rate(nginx_ingress_controller_requests[1d]))
                or sum by (namespace, service, destination_service_name, service_name, app, job) (
                  rate(traefik_service_requests_total{code=~"5.."}[1d])
                ) / sum by (namespace, service, destination_service_name, service_name, app, job) (rate(traefik_service_requests_total[1d]))
                or sum by (namespace, service, destination_service_name, service_name, app, job) (
                  rate(grpc_server_handled_total{grpc_code=~"Unknown|DeadlineExceeded|ResourceExhausted|Aborted|Internal|Unavailable|DataLoss"}[1d])
                ) / sum by (namespace, service, destination_service_name, service_name, app, job) (rate(grpc_server_handled_total[1d]))
            - record: service:request_errors:ratio_rate3d
              expr: |
                sum by (namespace, service, destination_service_name, service_name, app, job) (
                  rate(http_requests_total{code=~"5.."}[3d])
                  or rate(http_requests_total{status=~"5.."}[3d])
                  or rate(http_requests_total{status_code=~"5.."}[3d])
                  or rate(http_requests_total{http_status=~"5.."}[3d])
                  or rate(http_requests_total{http_response_status_code=~"5.."}[3d])
                ) / sum by (namespace, service, destination_service_name, service_name, app, job) (rate(http_requests_total[3d]))
                or sum by (namespace, service, destination_service_name, service_name, app, job) (
                  rate(http_server_request_duration_seconds_count{http_response_status_code=~"5.."}[3d])
                  or rate(http_server_request_duration_seconds_count{status_code=~"5.."}[3d])
                  or rate(http_server_request_duration_seconds_count{status=~"5.."}[3d])
                ) / sum by (namespace, service, destination_service_name, service_name, app, job) (rate(http_server_request_duration_seconds_count[3d]))
                or sum by (namespace, service, destination_service_name, service_name, app, job) (
                  rate(http_server_requests_seconds_count{status=~"5.."}[3d])
                  or rate(http_server_requests_seconds_count{code=~"5.."}[3d])
                ) / sum by (namespace, service, destination_service_name, service_name, app, job) (rate(http_server_requests_seconds_count[3d]))
                or sum by (namespace, service, destination_service_name, service_name, app, job) (
                  rate(http_request_duration_seconds_count{code=~"5.."}[3d])
                  or rate(http_request_duration_seconds_count{status=~"5.."}[3d])
                  or rate(http_request_duration_seconds_count{status_code=~"5.."}[3d])
                ) / sum by (namespace, service, destination_service_name, service_name, app, job) (rate(http_request_duration_seconds_count[3d]))
                or sum by (namespace, service, destination_service_name, service_name, app, job) (
                  rate(http_server_duration_milliseconds_count{http_status_code=~"5.."}[3d])
                  or rate(http_server_duration_milliseconds_count{http_response_status_code=~"5.."}[3d])
                ) / sum by (namespace, service, destination_service_name, service_name, app, job) (rate(http_server_duration_milliseconds_count[3d]))
                or sum by (namespace, service, destination_service_name, service_name, app, job) (
                  rate(istio_requests_total{response_code=~"5.."}[3d])
                ) / sum by (namespace, service, destination_service_name, service_name, app, job) (rate(istio_requests_total[3d]))
                or sum by (namespace, service, destination_service_name, service_name, app, job) (
                  rate(nginx_ingress_controller_requests{status=~"5.."}[3d])
                ) / sum by (namespace, service, destination_service_name, service_name, app, job) (rate(nginx_ingress_controller_requests[3d]))
                or sum by (namespace, service, destination_service_name, service_name, app, job) (
                  rate(traefik_service_requests_total{code=~"5.."}[3d])
                ) / sum by (namespace, service, destination_service_name, service_name, app, job) (rate(traefik_service_requests_total[3d]))
                or sum by (namespace, service, destination_service_name, service_name, app, job) (
                  rate(grpc_server_handled_total{grpc_code=~"Unknown|DeadlineExceeded|ResourceExhausted|Aborted|Internal|Unavailable|DataLoss"}[3d])
                ) / sum by (namespace, service, destination_service_name, service_name, app, job) (rate(grpc_server_handled_total[3d]))

      """#
    ),
    (
      "rules/slo-burn.yml",
      #"""
      # Alerts on the burn rate of the error budget: how many times faster than the objective allows a
      # service fails. Burn 1 spends the budget of a period of 30 d in exactly 30 d.
      #
      # burn = failed share / (1 - objective), with the objective 0.995 of slo.json: divide by 0.005.
      # Reads the series of requests.yml; both files are evaluated every minute.
      groups:
        - name: burn-single-window
          interval: 1m
          rules:
            # One window is quick and easily wrong: `for` keeps a single bad minute from waking anybody.
            - alert: ErrorBudgetBurn5m
              # 6 times: a budget of 30 d is gone in 5 d.
              expr: service:request_errors:ratio_rate5m / 0.005 > 6
              for: 2m
              labels: {severity: page, window: 5m}
              annotations:
                summary: "{{ or $labels.service $labels.destination_service_name $labels.service_name $labels.app $labels.job }} fails {{ humanize $value }} times as much as its objective allows (5m)"
            - alert: ErrorBudgetBurn30m
              # 1 time: exactly what the objective allows.
              expr: service:request_errors:ratio_rate30m / 0.005 > 1
              for: 10m
              labels: {severity: warn, window: 30m}
              annotations:
                summary: "{{ or $labels.service $labels.destination_service_name $labels.service_name $labels.app $labels.job }} fails {{ humanize $value }} times as much as its objective allows (30m)"

        # Google SRE Workbook ch. 5, "Multiwindow, Multi-Burn-Rate Alerts": the long window says that the
        # budget is in danger, the short one that it still is. threshold = share of the budget x 30 d /
        # long window: 2 % in 1 h, 5 % in 6 h, 10 % in 1 d and in 3 d.
        # A long window speaks only once half of it has data (`minimumCoverage` of slo.json): the last
        # line of each counts the minutes with requests.
        - name: burn-multi-window
          interval: 1m
          rules:
            - alert: ErrorBudgetBurn1hAnd5m
              # 2 % of the budget of 30 d in 1h.
              expr: |
                service:request_errors:ratio_rate1h / 0.005 >= 14.4
                and service:request_errors:ratio_rate5m / 0.005 >= 14.4
                and count_over_time(service:requests:rate5m[1h]) >= 30
              labels: {severity: page, window: 1h/5m}
              annotations:
                summary: "{{ or $labels.service $labels.destination_service_name $labels.service_name $labels.app $labels.job }} fails {{ humanize $value }} times as much as its objective allows (1h and 5m)"
            - alert: ErrorBudgetBurn6hAnd30m
              # 5 % of the budget of 30 d in 6h.
              expr: |
                service:request_errors:ratio_rate6h / 0.005 >= 6
                and service:request_errors:ratio_rate30m / 0.005 >= 6
                and count_over_time(service:requests:rate5m[6h]) >= 180
              labels: {severity: page, window: 6h/30m}
              annotations:
                summary: "{{ or $labels.service $labels.destination_service_name $labels.service_name $labels.app $labels.job }} fails {{ humanize $value }} times as much as its objective allows (6h and 30m)"
            - alert: ErrorBudgetBurn1dAnd2h
              # 10 % of the budget of 30 d in 1d.
              expr: |
                service:request_errors:ratio_rate1d / 0.005 >= 3
                and service:request_errors:ratio_rate2h / 0.005 >= 3
                and count_over_time(service:requests:rate5m[1d]) >= 720
              labels: {severity: ticket, window: 1d/2h}
              annotations:
                summary: "{{ or $labels.service $labels.destination_service_name $labels.service_name $labels.app $labels.job }} fails {{ humanize $value }} times as much as its objective allows (1d and 2h)"
            - alert: ErrorBudgetBurn3dAnd6h
              # 10 % of the budget of 30 d in 3d.
              expr: |
                service:request_errors:ratio_rate3d / 0.005 >= 1
                and service:request_errors:ratio_rate6h / 0.005 >= 1
                and count_over_time(service:requests:rate5m[3d]) >= 2160
              labels: {severity: ticket, window: 3d/6h}
              annotations:
                summary: "{{ or $labels.service $labels.destination_service_name $labels.service_name $labels.app $labels.job }} fails {{ humanize $value }} times as much as its objective allows (3d and 6h)"

      """#
    ),
  ]
}

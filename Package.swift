// swift-tools-version: 6.1
import PackageDescription

// The layers of DESIGN, lowest first. `tools/check` refuses an import that is not declared here
// and a dependency that points upward.
let argumentParser = Target.Dependency.product(
  name: "ArgumentParser", package: "swift-argument-parser")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")

let package = Package(
  name: "oncall-copilot",
  products: [
    .executable(name: "oncall-capture", targets: ["oncall-capture"]),
    .executable(name: "oncall-analyze", targets: ["oncall-analyze"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser.git", exact: "1.8.2"),
    .package(url: "https://github.com/apple/swift-crypto.git", exact: "4.5.2"),
    .package(url: "https://github.com/jpsim/Yams.git", exact: "6.2.2"),
  ],
  targets: [
    // 0 system libraries
    .systemLibrary(
      name: "CArchive", pkgConfig: "libarchive", providers: [.apt(["libarchive-dev"])]),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    // A C face of RE2 (libre2-dev), since its own interface is C++.
    .target(name: "CRE2", linkerSettings: [.linkedLibrary("re2")]),

    // 1 data words, one way to write anything, streaming JSON
    .target(name: "Telemetry"),
    .target(name: "Canonical", dependencies: ["Telemetry", crypto]),
    .target(name: "JSONStream", dependencies: ["Canonical", "Telemetry"]),

    // 2 tar and gzip, policy files, regular expressions, templates
    .target(name: "Archive", dependencies: ["CArchive", "CZlib"]),
    .target(name: "Policies", dependencies: ["Canonical", "Telemetry", yams]),
    .target(name: "Patterns", dependencies: ["CRE2"]),
    .target(name: "Templates", dependencies: ["Canonical", "Patterns", "Telemetry"]),

    // 3 layout of a bundle, query languages over protocols, template mining
    .target(
      name: "BundleStore", dependencies: ["Archive", "Canonical", "JSONStream", "Telemetry"]),
    .target(name: "LogPatterns", dependencies: ["Canonical", "Telemetry"]),
    .target(name: "PromQL", dependencies: ["Canonical", "Patterns", "Telemetry"]),
    .target(
      name: "LogQL",
      dependencies: ["Canonical", "Patterns", "PromQL", "Telemetry", "Templates"]),

    // 4 exports to records, secrets out of records, a bundle to observations at t and to answers
    .target(
      name: "Collection",
      dependencies: ["BundleStore", "Canonical", "JSONStream", "LogQL", "PromQL", "Telemetry"]),
    .target(name: "Redaction", dependencies: ["Patterns", "Policies", "Telemetry"]),
    .target(
      name: "Replay",
      dependencies: ["BundleStore", "Canonical", "JSONStream", "LogPatterns", "Telemetry"]),
    .target(
      name: "Queries",
      dependencies: ["BundleStore", "Canonical", "JSONStream", "LogQL", "PromQL", "Telemetry"]),

    // Prometheus rules over series.
    .target(
      name: "Rules",
      dependencies: ["Canonical", "Patterns", "Policies", "PromQL", "Telemetry", "Templates"]),

    // 5 detectors, composite score, incidents
    .target(name: "Detection", dependencies: ["Canonical", "Policies", "Replay", "Telemetry"]),

    // 6 hypotheses
    .target(
      name: "Reasoning",
      dependencies: ["Canonical", "Detection", "Policies", "Replay", "Telemetry"]),

    // 7 documents and formats
    .target(
      name: "Reporting",
      dependencies: [
        "BundleStore", "Canonical", "Detection", "LogPatterns", "LogQL", "PromQL", "Queries",
        "Reasoning", "Rules", "Telemetry",
      ]),

    // 8 wiring
    .target(
      name: "CapturePipeline",
      dependencies: [
        "Archive", "BundleStore", "Canonical", "Collection", "Redaction", "Telemetry",
      ]),
    .target(
      name: "AnalysisPipeline",
      dependencies: [
        "BundleStore", "Canonical", "Detection", "JSONStream", "LogPatterns", "LogQL", "Policies",
        "PromQL", "Queries", "Reasoning", "Replay", "Reporting", "Rules", "Telemetry",
      ]),

    // Public test suites run against the engines.
    .target(
      name: "Conformance",
      dependencies: ["Canonical", "Patterns", "Policies", "PromQL", "Rules", "Telemetry"]),

    // 9 command lines
    .executableTarget(
      name: "oncall-capture", dependencies: ["CapturePipeline", "Telemetry", argumentParser]),
    .executableTarget(
      name: "oncall-analyze",
      dependencies: ["AnalysisPipeline", "Canonical", "Telemetry", argumentParser]),
    .executableTarget(
      name: "oncall-bench",
      dependencies: [
        "BundleStore", "Canonical", "JSONStream", "PromQL", "Queries", "Reporting", "Telemetry",
        argumentParser,
      ]),
    .executableTarget(
      name: "oncall-conformance",
      dependencies: [
        "AnalysisPipeline", "BundleStore", "Canonical", "CapturePipeline", "Conformance",
        "JSONStream", "LogPatterns", "LogQL", "PromQL", "Queries", "Reporting", "Telemetry",
        argumentParser,
      ]),

    .testTarget(name: "TelemetryTests", dependencies: ["Telemetry", "Canonical"]),
    .testTarget(
      name: "JSONStreamTests",
      dependencies: ["JSONStream", "Telemetry"]),
    .testTarget(
      name: "ArchiveTests",
      dependencies: ["Archive"]),
    .testTarget(
      name: "BundleStoreTests",
      dependencies: ["Archive", "BundleStore", "Canonical", "JSONStream", "Telemetry"]),
    .testTarget(
      name: "CollectionTests",
      dependencies: [
        "Archive", "BundleStore", "Canonical", "Collection", "JSONStream", "LogQL", "Telemetry",
      ]),
    .testTarget(
      name: "PoliciesTests",
      dependencies: ["Policies", "Telemetry"]),
    .testTarget(
      name: "PatternsTests",
      dependencies: ["Patterns"]),
    .testTarget(
      name: "LogPatternsTests",
      dependencies: ["Canonical", "LogPatterns", "Telemetry"]),
    .testTarget(
      name: "PromQLTests", dependencies: ["Patterns", "PromQL", "Telemetry"]),
    .testTarget(
      name: "LogQLTests", dependencies: ["Canonical", "LogQL", "Patterns", "PromQL", "Telemetry"]),
    .testTarget(
      name: "RedactionTests",
      dependencies: [
        "Archive", "JSONStream", "Patterns", "Policies", "Redaction", "Telemetry",
      ]),
    .testTarget(
      name: "ReplayTests",
      dependencies: ["BundleStore", "Canonical", "JSONStream", "Replay", "Telemetry"]),
    .testTarget(
      name: "QueriesTests",
      dependencies: [
        "BundleStore", "Canonical", "JSONStream", "LogQL", "PromQL", "Queries", "Telemetry",
      ]),
    .testTarget(
      name: "DetectionTests",
      dependencies: ["Canonical", "Detection", "Policies", "Replay", "Telemetry"]),
    .testTarget(
      name: "ReasoningTests",
      dependencies: ["Canonical", "Detection", "Policies", "Reasoning", "Replay", "Telemetry"]),
    .testTarget(
      name: "ReportingTests",
      dependencies: [
        "BundleStore", "Canonical", "Detection", "Policies", "Reasoning", "Reporting",
        "Telemetry",
      ]),
    .testTarget(
      name: "CapturePipelineTests",
      dependencies: [
        "Archive", "BundleStore", "CapturePipeline", "Canonical", "Collection", "JSONStream",
        "Telemetry",
      ]),
    .testTarget(
      name: "AnalysisPipelineTests",
      dependencies: [
        "AnalysisPipeline", "Archive", "BundleStore", "Canonical", "CapturePipeline", "Detection",
        "Policies", "PromQL", "Queries", "Reasoning", "Replay", "Reporting", "Rules", "Telemetry",
      ]),
    .testTarget(
      name: "ConformanceTests",
      dependencies: ["Conformance", "PromQL", "Rules", "Telemetry"]),
    .testTarget(
      name: "RulesTests",
      dependencies: ["Canonical", "Policies", "PromQL", "Rules", "Telemetry", "Templates"]),
    .testTarget(
      name: "HouseTests", dependencies: ["oncall-analyze", "oncall-capture"]),
  ]
)

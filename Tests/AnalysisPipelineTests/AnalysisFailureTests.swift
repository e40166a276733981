import Archive
import BundleStore
import Policies
import Testing

@testable import AnalysisPipeline

@Suite struct AnalysisFailureTests {
  @Test(arguments: [
    (BundleError.notABundle(path: "x.gz", reason: "no manifest"), ExitCode.unreadable),
    (.newerSchema(path: "x.gz", schema: "incident-bundle/2"), .unreadable),
    (.badManifest(reason: "no window"), .unreadable),
    (.altered(stated: "sha256:1", computed: "sha256:2"), .unreadable),
    (.hostileManifest(reason: "two files of one name"), .refused),
  ]) func everyErrorOfABundleHasItsExitCode(error: BundleError, code: ExitCode) {
    let failure = AnalysisFailure(error, bundlePath: "x.gz")
    #expect(failure.exitCode == code)
    #expect(failure.description.contains("x.gz"))
  }

  @Test func mistakesInPoliciesTakeOneLineEach() {
    let error = PolicyError(problems: [
      PolicyProblem(file: "slo.json", line: 4, key: "a", reason: "unknown\u{1B} key"),
      PolicyProblem(file: "score.json", line: 2, key: "b", reason: "must be a number"),
    ])
    let failure = AnalysisFailure.badPolicies(error)
    #expect(failure.exitCode == .usage)
    #expect(
      failure.description
        == "score.json:2: b: must be a number\nslo.json:4: a: unknown\u{FFFD} key")
  }
}

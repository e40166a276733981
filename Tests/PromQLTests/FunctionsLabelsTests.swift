import Telemetry
import Testing

@testable import PromQL

@Suite("Functions of labels")
struct FunctionsLabelsTests {
  // functions.test, "Tests for label_replace", and Go's regexp.Expand.
  @Test(
    "fill a template from a pattern for the whole value",
    arguments: [
      ("destination-value-$1", "source-value-(.*)", "source-value-10", "destination-value-10"),
      ("$1", "value-(.*)", "source-value-10", nil),
      ("$1-value-$2", "(.*)-value-(.*)", "source-value-10", "source-value-10"),
      ("${1}x", "(a)b", "ab", "ax"), ("$1x", "(a)b", "ab", ""), ("$1.x", "(a)b", "ab", "a.x"),
      ("${name}!", "(?P<name>.+)", "ä", "ä!"), ("$name", "(?P<name>.+)", "b", "b"),
      ("$$1", "(.)", "a", "$1"), ("$", "a", "a", "$"), ("${1", "(.)", "a", "${1"),
      ("$-", "a", "a", "$-"),
      ("$2", "(.)", "a", ""), ("$0", "a(.)", "ab", "ab"), ("$01", "(.)", "a", ""),
      ("$1", "a(b)?", "a", ""), ("x", "a.b", "a\nb", "x"), ("x", "", "", "x"),
    ] as [(String, String, String, String?)])
  func fillTemplate(template: String, pattern: String, value: String, expected: String?) throws {
    let replacement = try LabelReplacement(pattern: pattern, template: template)
    #expect(try replacement.value(for: value) == expected)
  }

  @Test("replace labels, remove them with an empty value, keep what does not match")
  func replace() throws {
    let vector = Operand.instant([
      (["__name__": "m", "dst": "old", "src": "a-1"], 1),
      (["__name__": "m", "dst": "old", "src": "b"], 2),
    ])
    var replace = Called("label_replace")
    let replaced = try replace(
      vector, .string("dst"), .string("$1"), .string("src"), .string("a-(.*)"))
    #expect(
      replaced.lines == [
        #"{__name__="m", dst="1", src="a-1"} 1"#, #"{__name__="m", dst="old", src="b"} 2"#,
      ])
    let removed = try replace(
      vector, .string("dst"), .string(""), .string("dst"), .string(".*"))
    #expect(removed.lines == [#"{__name__="m", src="a-1"} 1"#, #"{__name__="m", src="b"} 2"#])
  }

  @Test("refuse bad patterns, bad names and equal labels")
  func refuse() {
    let vector = Operand.instant([(["src": "a"], 1), (["src": "b"], 2)])
    func text(_ target: String, _ pattern: String) -> String? {
      var replace = Called("label_replace")
      do {
        _ = try replace(
          vector, .string(target), .string(""), .string("src"), .string(pattern))
        return nil
      } catch {
        return "\(error)"
      }
    }
    #expect(text("dst", "(.*") == "invalid regular expression in label_replace(): (.*")
    #expect(text("", ".*") == "invalid destination label name in label_replace(): ")
    #expect(
      text("\u{FFFD}", ".*") == "invalid destination label name in label_replace(): \u{FFFD}")
    #expect(text("src", ".*") == "vector cannot contain metrics with the same labelset")
  }

  @Test("join labels, missing ones as empty, and remove the target when nothing is left")
  func join() throws {
    let vector = Operand.series(["a": "x", "b": "y", "dst": "old"], 1)
    var join = Called("label_join")
    #expect(
      try join(vector, .string("dst"), .string("-"), .string("a"), .string("c"), .string("b"))
        .lines == [#"{a="x", b="y", dst="x--y"} 1"#])
    #expect(try join(vector, .string("dst"), .string("-")).lines == [#"{a="x", b="y"} 1"#])
  }

  @Test("keep a name that is set although the old one was to be dropped")
  func keepName() throws {
    var join = Called("label_join", delaysNameRemoval: true)
    let column = Column(labels: LabelSet(["a": "x"]), values: [1], dropsName: true)
    let result = try join(.vector([column]), .string("__name__"), .string(""), .string("a"))
    #expect(result.columns.map(\.dropsName) == [false])
  }
}

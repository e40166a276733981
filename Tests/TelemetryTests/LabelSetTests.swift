import Telemetry
import Testing

@Suite struct LabelSetTests {
  @Test("Labels stand in byte order and the last of one name wins")
  func sortsAndMerges() {
    let labels = LabelSet(["b": "1", "a": "2", "b": "3", "B": "4"])
    #expect(labels.labels.map { "\($0.name)=\($0.value)" } == ["B=4", "a=2", "b=3"])
    #expect(labels["b"] == "3")
    #expect(labels["c"] == nil)
  }

  @Test("Canonically equivalent names of other bytes stay apart")
  func keepsNormalFormsApart() {
    let composed = LabelSet([Label(name: "caf\u{E9}", value: "1")])
    let decomposed = LabelSet([Label(name: "cafe\u{301}", value: "1")])
    #expect(composed != decomposed)
    #expect(Set([composed, decomposed]).count == 2)
    #expect(composed["cafe\u{301}"] == nil)
    #expect(decomposed < composed)
  }

  @Test("Sets sort label by label, then the shorter first")
  func sortsSets() {
    let short = LabelSet(["a": "1"])
    let long = LabelSet(["a": "1", "b": "0"])
    let other = LabelSet(["a": "2"])
    #expect([other, long, short].sorted() == [short, long, other])
  }
}

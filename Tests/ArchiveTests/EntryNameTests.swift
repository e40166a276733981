import Archive
import Testing

@Suite struct EntryNameTests {
  @Test(
    "Names that stay inside are kept, without ./ and closing slash",
    arguments: [
      ("a", "a"), ("./a/b.json", "a/b.json"), ("././a", "a"), ("dir/", "dir"), ("./", ""),
      (".", ""),
      ("a/...", "a/..."), ("..a/b", "..a/b"), ("système:x.json", "système:x.json"),
      (".hidden", ".hidden"),
    ])
  func keeps(name: String, expected: String) {
    #expect(EntryName.normalised(name.utf8) == expected)
  }

  @Test(
    "Names that lead outside or deceive are refused",
    arguments: [
      "", "/", "/etc/passwd", "../a", "a/../b", "a/..", "..", "a/./b", "a//b", "a\\b", "C:\\x",
      "c:x",
      "a\u{1B}[2Jb", "a\nb", "a\u{7F}", "a\u{2028}b", "/./a",
    ])
  func refuses(name: String) {
    #expect(EntryName.normalised(name.utf8) == nil)
  }

  @Test("Bytes that are no UTF-8 are refused")
  func refusesInvalidUTF8() {
    #expect(EntryName.normalised([0x61, 0xff]) == nil)
  }

  @Test(
    "A shown name has no control characters and is short",
    arguments: [
      ("a\u{1B}[31m", "a?[31m"), ("a\u{202E}b", "a?b"),
      (String(repeating: "x", count: 130), String(repeating: "x", count: 120) + "…"),
    ])
  func sanitises(name: String, expected: String) {
    #expect(EntryName.sanitised(name) == expected)
  }
}

import Testing

@testable import Reporting

@Suite struct TextEscapingTests {
  @Test(arguments: [
    ("plain words", "plain words"),
    ("a\nb\tc\r\nd", "a b c  d"),
    ("\u{1B}[31mred\u{1B}[0m", "\u{FFFD}[31mred\u{FFFD}[0m"),
    ("\u{9B}2J", "\u{FFFD}2J"),
    ("x\u{202E}gpj.exe", "x\u{FFFD}gpj.exe"),
    ("zero\u{200B}width", "zero\u{FFFD}width"),
    ("\u{2028}line", " line"),
    ("naïve 日本", "naïve 日本"),
  ]) func plainTextShowsOnOneLine(text: String, expected: String) {
    #expect(PlainText.line(text).utf8.elementsEqual(expected.utf8))
  }

  @Test func plainTextIsCutAtItsLimit() {
    #expect(PlainText.line("abcdef", limit: 3) == "abc…")
    #expect(PlainText.line("abc", limit: 3) == "abc")
  }

  @Test(arguments: [
    ("http_requests_total", "http_requests_total"),
    ("_start and end_", "\\_start and end\\_"),
    ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
    ("![x](http://evil/i.png)", "!\\[x\\]\\(http&#58;//evil/i.png)"),
    ("**bold** `code` ~~no~~", "\\*\\*bold\\*\\* &#96;code&#96; \\~\\~no\\~\\~"),
    ("a | b", "a \\| b"),
    ("&lt;", "&amp;lt;"),
    ("# heading", "\\# heading"),
    ("- item", "\\- item"), ("1. item", "1\\. item"), ("12) item", "12\\) item"),
    ("== line", "\\== line"), ("+1", "\\+1"),
    ("closes #12 @team", "closes \\#12 &#64;team"),
    ("www.example.com", "www&#46;example.com"),
    ("mailto:x", "mailto&#58;x"),
    ("$x$ ^2", "\\$x\\$ \\^2"),
    ("back\\slash", "back\\\\slash"),
    ("10:05:00 payments:2.14.0", "10:05:00 payments:2.14.0"),
  ]) func markdownRendersTextAsItself(text: String, expected: String) {
    #expect(MarkdownText.escaped(text) == expected)
  }

  @Test(arguments: [
    ("metrics/0001.json", "`metrics/0001.json`"),
    ("up{job=\"x\"}", "`up{job=\"x\"}`"),
    ("a`b", "a&#96;b"), ("a|b", "a\\|b"), ("<img>", "&lt;img&gt;"), ("", ""), (" a", " a"),
  ]) func aCodeSpanIsUsedOnlyWhereNothingCanEndIt(text: String, expected: String) {
    #expect(MarkdownText.code(text) == expected)
  }

  @Test(arguments: [
    ("slo", "slo"), ("=cmd()", "'=cmd()"), ("+1", "'+1"), ("-1", "'-1"), ("@x", "'@x"),
    ("a,b", "\"a,b\""), ("a\"\u{301}b", "\"a\"\"\u{301}b\""), ("a\nb", "\"a b\""),
  ]) func aFieldOfCSVIsNeverAFormula(text: String, expected: String) {
    #expect(CSVField.text(text).utf8.elementsEqual(expected.utf8))
  }
}

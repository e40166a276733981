import Redaction
import Testing

@Suite("A key and its value")
struct KeyNotationTests {
  @Test(
    "are found in every notation",
    arguments: [
      ("level=info password=a#b.c$1 ip=1", "level=info password=@ ip=1"),
      (#"password="a b" x=1"#, #"password="@" x=1"#),
      ("password='it''s' x", "password='@''s' x"),
      ("login(password: hunter2), done", "login(password: @), done"),
      ("{User:bob Password:hunter2 Port:5432}", "{User:bob Password:@ Port:5432}"),
      ("Config(password=hunter2, user=x)", "Config(password=@, user=x)"),
      ("Server=db;Password=a&b;Database=x", "Server=db;Password=@;Database=x"),
      ("?user=b&password=hunter2&x=1#f", "?user=b&password=@&x=1#f"),
      ("%26password%3Dhunter2%26x", "%26password%3D@%26x"),
      ("%22password%22%3A%22hunter2%22%7D", "%22password%22%3A%22@%22%7D"),
      ("<password>hunter2</password>", "<password>@</password>"),
      ("run --db-password hunter2 -v", "run --db-password @ -v"),
      (#"["--password","hunter2","-v"]"#, #"["--password","@","-v"]"#),
      ("db.password => 'hunter2'", "db.password => '@'"),
      (#"[password] => hunter2"#, #"[password] => @"#),
      ("\u{1B}[36mpassword\u{1B}[0m=hunter2 x", "\u{1B}[36mpassword\u{1B}[0m=@ x"),
      (#"{"name":"DB_PASSWORD","value":"hunter2"}"#, #"{"name":"DB_PASSWORD","value":"@"}"#),
      (#"Config { password: Some("hunter2"), p: 1 }"#, #"Config { password: Some("@"), p: 1 }"#),
      ("password=b'hunter2'", "password=b'@'"),
      ("&quot;password&quot;:&quot;hunter2&quot;", "&quot;password&quot;:&quot;@&quot;"),
      (#"{"passwords":["aaa1","bbb2"]}"#, #"{"passwords":["@","@"]}"#),
    ])
  func areFound(text: String, redacted: String) throws {
    #expect(try redact(text) == redacted)
  }

  @Test(
    "are read at their level of escaping",
    arguments: [
      (#"{"password":"a\"b\\","x":1}"#, #"{"password":"@","x":1}"#),
      (#"{"m":"{\"password\":\"a\\\"b\\\\\",\"x\":1}"}"#, #"{"m":"{\"password\":\"@\",\"x\":1}"}"#),
      (
        #"{"m":"{\"n\":\"{\\\"password\\\":\\\"hunter2\\\"}\"}"}"#,
        #"{"m":"{\"n\":\"{\\\"password\\\":\\\"@\\\"}\"}"}"#
      ),
      (#"{"m":"password=hunter2\nnext"}"#, #"{"m":"password=@\nnext"}"#),
      (#"{"password":123456,"x":1}"#, #"{"password":"@","x":1}"#),
      (#"{"m":"{\"password\":123456}"}"#, #"{"m":"{\"password\":\"@\"}"}"#),
      (#"{"m":"cut {\"password\":\"hunter2"}"#, #"{"m":"cut {\"password\":\"@"}"#),
    ])
  func areReadAtTheirLevel(text: String, redacted: String) throws {
    #expect(try redact(text) == redacted)
  }

  @Test(
    "are read as YAML in texts of several lines",
    arguments: [
      ("a: 1\npassword: my long phrase # why\nb: 2\n", "a: 1\npassword: @ # why\nb: 2\n"),
      ("a:\n  password: |\n    one1\n    two2\n  b: c\n", "a:\n  password: |\n    @\n  b: c\n"),
      ("- name: DB_PASSWORD\n  value: hunter2\n", "- name: DB_PASSWORD\n  value: @\n"),
      ("args:\n- --password\n- hunter2\n", "args:\n- --password\n- @\n"),
    ])
  func areReadAsYAML(text: String, redacted: String) throws {
    #expect(try redact(text) == redacted)
  }

  /// The redacted text, with `@` for the marker.
  private func redact(_ text: String) throws -> String {
    try standardRedactor.get().redacted(text).split(
      separator: "[redacted:password]", omittingEmptySubsequences: false
    ).joined(separator: "@")
  }
}

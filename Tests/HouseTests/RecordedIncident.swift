import Foundation

/// One folder of `fixtures/incidents`: an export and what its analysis must find.
struct RecordedIncident {
  /// The names of all folders.
  static var slugs: [String] {
    Repository.names(in: "fixtures/incidents").filter { !$0.hasSuffix(".md") }
  }

  let slug: String
  /// The keys of CONTRACT's `verify --expect` that are used here.
  let expectation: Expectation

  init(slug: String) throws {
    self.slug = slug
    let url = Repository.root.appendingPathComponent("fixtures/incidents/\(slug)/expect.json")
    expectation = try JSONDecoder().decode(Expectation.self, from: try Data(contentsOf: url))
  }

  /// The export's path.
  var export: String { Repository.path("fixtures/incidents/\(slug)/export.tar.gz") }

  struct Expectation: Decodable {
    var verdict: String
    var incident: Interval?
    /// Parts of findings' texts whose numbers were computed independently.
    var states: [String]?

    struct Interval: Decodable {
      /// The first and last moment at which the incident may start, RFC 3339 UTC.
      var startsWithin: [String]
    }
  }
}

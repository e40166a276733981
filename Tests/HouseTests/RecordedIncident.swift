import Foundation

/// One folder of `fixtures/incidents`: an export and what its analysis must find.
struct RecordedIncident {
  /// The names of all folders.
  static var slugs: [String] {
    Repository.names(in: "fixtures/incidents").filter { !$0.hasSuffix(".md") }
  }

  let slug: String

  /// The export's path.
  var export: String { Repository.path("fixtures/incidents/\(slug)/export.tar.gz") }

  /// The path of the expectations, for `verify --expect`.
  var expectations: String { Repository.path("fixtures/incidents/\(slug)/expect.json") }
}

import Telemetry

/// The members of an object in the order written; of two with one key the last value stays.
struct MemberList {
  private(set) var members: [JSONMember] = []
  /// The place of each key beyond the first few, which are compared one by one.
  private var places: [Label: Int] = [:]

  private static let comparedMembers = 16

  /// Adds a member and returns how many keys it repeated, 0 or 1.
  mutating func set(_ key: String, to value: JSONValue) -> Int {
    let member = JSONMember(key: key, value: value)
    if let place = place(of: key) {
      members[place] = member
      return 1
    }
    if members.count >= Self.comparedMembers { places[Self.hashed(key)] = members.count }
    members.append(member)
    return 0
  }

  private func place(of key: String) -> Int? {
    let compared = members.prefix(Self.comparedMembers)
    return compared.firstIndex { $0.key.hasSameBytes(as: key) }
      ?? (places.isEmpty ? nil : places[Self.hashed(key)])
  }

  /// A key that is compared as bytes, which String is not.
  private static func hashed(_ key: String) -> Label { Label(name: key, value: "") }
}

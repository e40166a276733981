internal import Foundation
import Policies

extension RedactionRule.Check {
  /// The part of `value` that satisfies the check, as a number of bytes from its start, or nil.
  func acceptedCount(of value: ArraySlice<UInt8>) -> Int? {
    switch self {
    case .luhn: CardNumber.acceptedCount(of: value)
    case .iban: AccountNumber.acceptedCount(of: value)
    case .basicCredentials: Self.isBasicCredentials(value) ? value.count : nil
    case .entropy(let bits, let minimum):
      value.count >= minimum && Self.entropy(of: value) >= bits ? value.count : nil
    }
  }

  /// Whether a rejected match may hide a secret that starts within it, as groups of digits do.
  var mayStartLater: Bool { self == .luhn || self == .iban }

  /// Shannon's entropy of the bytes, in bits a byte (Shannon 1948,
  /// doi:10.1002/j.1538-7305.1948.tb01338.x).
  static func entropy(of value: ArraySlice<UInt8>) -> Double {
    var counts = [Int](repeating: 0, count: 256)
    for byte in value { counts[Int(byte)] += 1 }
    let total = Double(value.count)
    return counts.reduce(0) { sum, count in
      guard count > 0 else { return sum }
      let share = Double(count) / total
      return sum - share * log2(share)
    }
  }

  private static func isBasicCredentials(_ value: ArraySlice<UInt8>) -> Bool {
    guard let decoded = Base64Text.decoded(value) else { return false }
    return decoded.contains(.colon) && decoded.allSatisfy { $0 >= .space && $0 != 0x7F }
  }
}

/// Payment card numbers (ISO/IEC 7812-1).
enum CardNumber {
  /// The bytes from the start of `value` that are a possible card number, or nil.
  ///
  /// Digits may be grouped by blanks or hyphens; the longest run of whole groups is taken, so that
  /// a number that follows does not hide the card's.
  static func acceptedCount(of value: ArraySlice<UInt8>) -> Int? {
    let ends = value.indices.filter { index in
      value[index].isDigit && !(index + 1 < value.endIndex && value[index + 1].isDigit)
    }
    return ends.last { isValid(value[...$0]) }.map { $0 + 1 - value.startIndex }
  }

  /// Whether `value` has a known issuer's prefix and length, and the right check digit.
  private static func isValid(_ value: ArraySlice<UInt8>) -> Bool {
    let digits = value.filter(\.isDigit).map { Int($0 - 0x30) }
    guard digits.count >= 14, Set(digits).count > 1 else { return false }
    let six = digits.prefix(6).reduce(0) { $0 * 10 + $1 }
    return lengths(ofPrefix: six).contains(digits.count) && luhnSum(digits) % 10 == 0
  }

  private static func luhnSum(_ digits: [Int]) -> Int {
    digits.reversed().enumerated().reduce(0) { sum, place in
      let doubled = place.offset % 2 == 1 ? place.element * 2 : place.element
      return sum + (doubled > 9 ? doubled - 9 : doubled)
    }
  }

  /// The lengths in use for an issuer's first six digits. Visa's 13 digits are extinct.
  private static func lengths(ofPrefix six: Int) -> ClosedRange<Int> {
    switch six {
    case 300_000...305_999, 309_500...309_599, 360_000...369_999, 380_000...399_999: 14...16
    case 340_000...349_999, 370_000...379_999: 15...15
    case 352_800...358_999: 16...19
    case 400_000...499_999: 16...19
    case 222_100...272_099, 510_000...559_999: 16...16
    case 500_000...509_999, 560_000...699_999: 16...19
    default: 0...0
    }
  }
}

/// International bank account numbers (ISO 13616).
enum AccountNumber {
  /// The bytes from the start of `value` that are an account number of its country, or nil.
  static func acceptedCount(of value: ArraySlice<UInt8>) -> Int? {
    let letters = value.prefix(2).map { $0 & 0xDF }
    guard letters.count == 2, letters.allSatisfy(\.isUppercaseLetter),
      let length = lengths[String(decoding: letters, as: UTF8.self)]
    else { return nil }
    var characters: [UInt8] = []
    var end = value.startIndex
    for index in value.indices {
      guard characters.count < length else { break }
      if value[index].isLetter || value[index].isDigit { characters.append(value[index]) }
      end = index + 1
    }
    guard characters.count == length, remainder(of: characters) == 1 else { return nil }
    return end - value.startIndex
  }

  private static func remainder(of characters: [UInt8]) -> Int {
    (characters.dropFirst(4) + characters.prefix(4)).reduce(0) { rest, character in
      character.isDigit
        ? (rest * 10 + Int(character - 0x30)) % 97
        : (rest * 100 + Int(character & 0xDF) - 0x41 + 10) % 97
    }
  }

  /// Lengths of the IBAN registry (SWIFT, release 99).
  private static let lengths: [String: Int] = [
    "AD": 24, "AE": 23, "AL": 28, "AT": 20, "AZ": 28, "BA": 20, "BE": 16, "BG": 22, "BH": 22,
    "BI": 27, "BR": 29, "BY": 28, "CH": 21, "CR": 22, "CY": 28, "CZ": 24, "DE": 22, "DJ": 27,
    "DK": 18, "DO": 28, "EE": 20, "EG": 29, "ES": 24, "FI": 18, "FK": 18, "FO": 18, "FR": 27,
    "GB": 22, "GE": 22, "GI": 23, "GL": 18, "GR": 27, "GT": 28, "HN": 28, "HR": 21, "HU": 28,
    "IE": 22, "IL": 23, "IQ": 23, "IS": 26, "IT": 27, "JO": 30, "KW": 30, "KZ": 20, "LB": 28,
    "LC": 32, "LI": 21, "LT": 20, "LU": 20, "LV": 21, "LY": 25, "MC": 27, "MD": 24, "ME": 22,
    "MK": 19, "MN": 20, "MR": 27, "MT": 31, "MU": 30, "NI": 28, "NL": 18, "NO": 15, "OM": 23,
    "PK": 24, "PL": 28, "PS": 29, "PT": 25, "QA": 29, "RO": 24, "RS": 22, "RU": 33, "SA": 24,
    "SC": 31, "SD": 18, "SE": 24, "SI": 19, "SK": 24, "SM": 27, "SO": 23, "ST": 25, "SV": 28,
    "TL": 23, "TN": 24, "TR": 26, "UA": 29, "VA": 22, "VG": 24, "XK": 20, "YE": 30,
  ]
}

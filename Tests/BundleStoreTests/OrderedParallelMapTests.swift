import Canonical
import Testing

@Suite struct OrderedParallelMapTests {
  struct Refusal: Error, Equatable {
    let element: Int
  }

  @Test("Results stand in the order of the elements", arguments: [1, 2, 3, 16, 200])
  func keepsOrder(width: Int) throws {
    let squares = try Array(0..<100).orderedParallelMap(width: width) { $0 * $0 }
    #expect(squares == (0..<100).map { $0 * $0 })
    #expect(try [Int]().orderedParallelMap(width: width) { $0 } == [])
  }

  @Test("Of several errors the one of the lowest index is thrown", arguments: [1, 2, 8])
  func lowestError(width: Int) {
    for _ in 0..<50 {
      #expect(throws: Refusal(element: 17)) {
        try Array(0..<100).orderedParallelMap(width: width) { element in
          if element >= 17 { throw Refusal(element: element) }
        }
      }
    }
  }
}

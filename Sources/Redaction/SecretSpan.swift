/// A secret in a text: where it stands and which rule found it.
struct SecretSpan: Hashable {
  var range: Range<Int>
  /// The rule's place in the policy.
  var rule: Int
  /// Whether it gives way to any span of another rule.
  var yields: Bool
}

extension [SecretSpan] {
  /// Spans in order of place that share no byte: overlapping ones become one, which has the name of
  /// the earliest rule.
  func resolved() -> [SecretSpan] {
    let firm = filter { !$0.yields }
    let kept = filter { span in
      !span.yields || !firm.contains { $0.range.overlaps(span.range) }
    }
    let sorted = kept.sorted {
      ($0.range.lowerBound, $0.range.upperBound, $0.rule)
        < ($1.range.lowerBound, $1.range.upperBound, $1.rule)
    }
    var merged: [SecretSpan] = []
    for span in sorted {
      guard let last = merged.last, last.range.upperBound > span.range.lowerBound else {
        merged.append(span)
        continue
      }
      let end = Swift.max(last.range.upperBound, span.range.upperBound)
      merged[merged.count - 1].range = last.range.lowerBound..<end
      merged[merged.count - 1].rule = Swift.min(last.rule, span.rule)
    }
    return merged
  }
}

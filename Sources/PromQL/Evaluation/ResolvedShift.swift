/// How the times of a selector or subquery differ from those of the steps, in milliseconds.
struct ResolvedShift {
  /// How far back; negative looks forward.
  let offset: Int64
  /// The one time that `@` gives for all steps, with the offset in it.
  let fixedTime: Int64?
}

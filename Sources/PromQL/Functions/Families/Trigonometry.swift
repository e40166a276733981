internal import Glibc

/// Angles and hyperbolic functions, in radians.
enum Trigonometry {
  static let functions: [Function] = [
    Arithmetic.perValue("acos") { acos($0) },
    Arithmetic.perValue("acosh") { acosh($0) },
    Arithmetic.perValue("asin") { asin($0) },
    Arithmetic.perValue("asinh") { asinh($0) },
    Arithmetic.perValue("atan") { atan($0) },
    Arithmetic.perValue("atanh") { atanh($0) },
    Arithmetic.perValue("cos") { cos($0) },
    Arithmetic.perValue("cosh") { cosh($0) },
    Arithmetic.perValue("sin") { sin($0) },
    Arithmetic.perValue("sinh") { sinh($0) },
    Arithmetic.perValue("tan") { tan($0) },
    Arithmetic.perValue("tanh") { tanh($0) },
    Arithmetic.perValue("deg") { $0 * 180 / .pi },
    Arithmetic.perValue("rad") { $0 * .pi / 180 },
  ]
}

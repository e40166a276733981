/// A part of a template.
indirect enum TemplateNode: Sendable {
  case text(String)
  /// `{{ pipeline }}`; a declaration prints nothing.
  case action(TemplatePipeline)
  /// `{{ if p }} … {{ else }} … {{ end }}`
  case condition(TemplatePipeline, then: [TemplateNode], otherwise: [TemplateNode])
  /// `{{ with p }} … {{ end }}`: as `if`, and the dot is the value.
  case with(TemplatePipeline, then: [TemplateNode], otherwise: [TemplateNode])
  /// `{{ range p }} … {{ else }} … {{ end }}`
  case loop(TemplatePipeline, body: [TemplateNode], otherwise: [TemplateNode])
}

/// Commands whose values become the last argument of the next one.
struct TemplatePipeline: Sendable {
  /// The variables it sets; two only in `range`.
  var variables: [String] = []
  /// Whether the variables are declared (`:=`) or exist already (`=`).
  var isDeclaration = true
  /// The commands, at least one.
  var commands: [[TemplateTerm]]
}

/// A word of a command.
indirect enum TemplateTerm: Sendable {
  /// A value written out.
  case literal(TemplateValue)
  /// A function with its name.
  case function(String)
  /// `.` or `.a.b`
  case dot(fields: [String])
  /// `$x` or `$x.a.b`
  case variable(String, fields: [String])
  /// `(pipeline)` or `(pipeline).a`
  case nested(TemplatePipeline, fields: [String])
}

namespace KlDivGen.Generator.Model;

/// <summary>The result of parsing an annotated method: its specification, or the diagnostics that say why there is none.</summary>
internal sealed record ParsedMethod(MethodSpec? Spec, EquatableArray<DiagnosticInfo> Diagnostics);

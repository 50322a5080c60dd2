namespace KlDivGen.Generator.Model;

/// <summary>What became of an annotated method: its specification, or what is wrong with it.</summary>
internal sealed record ParsedMethod(MethodSpec? Spec, EquatableArray<Mistake> Mistakes);

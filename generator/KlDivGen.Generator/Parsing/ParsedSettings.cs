using KlDivGen.Generator.Model;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace KlDivGen.Generator.Parsing;

/// <summary>The settings of the attribute. A setting is <see langword="null"/> where its value is invalid.</summary>
/// <param name="Syntax">The attribute.</param>
internal sealed record ParsedSettings(
    AttributeSyntax? Syntax,
    Reduction? Reduction,
    bool LogTarget,
    Dialect? Dialect,
    bool Deterministic,
    bool Parallel,
    bool InputLogits,
    bool TargetLogits,
    double? Temperature,
    bool TemperatureSquared,
    Divergence? Divergence,
    double? Beta)
{
    public bool HasLogits => this.InputLogits || this.TargetLogits;

    /// <summary>The argument that sets a property, or <see langword="null"/> where the attribute does not set it.</summary>
    public AttributeArgumentSyntax? FindArgument(string property) =>
        this.Syntax is null ? null : SettingsParser.FindArgument(this.Syntax, property);
}

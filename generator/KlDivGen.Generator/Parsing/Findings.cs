using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace KlDivGen.Generator.Parsing;

/// <summary>The mistakes found in one method, in the order they were found.</summary>
internal sealed class Findings
{
    private readonly List<Diagnostic> diagnostics = [];

    public bool Any => this.diagnostics.Count > 0;

    public IReadOnlyList<Diagnostic> Diagnostics => this.diagnostics;

    public void Report(DiagnosticDescriptor descriptor, SyntaxNodeOrToken where, params object[] arguments) =>
        this.diagnostics.Add(Diagnostic.Create(descriptor, where.GetLocation(), arguments));

    /// <summary>Reports a mistake that a code fix can mend, given one property.</summary>
    public void ReportFixable(
        DiagnosticDescriptor descriptor,
        SyntaxNodeOrToken where,
        string property,
        string value,
        params object[] arguments) =>
        this.diagnostics.Add(Diagnostic.Create(
            descriptor,
            where.GetLocation(),
            ImmutableDictionary<string, string?>.Empty.Add(property, value),
            arguments));
}

using KlDivGen.Generator.Model;
using Microsoft.CodeAnalysis;

namespace KlDivGen.Generator.Parsing;

/// <summary>The mistakes found in one method, in the order they were found.</summary>
internal sealed class Findings
{
    private readonly List<DiagnosticInfo> mistakes = [];

    public bool Any => this.mistakes.Count > 0;

    public IReadOnlyList<DiagnosticInfo> Diagnostics => this.mistakes;

    public void Report(DiagnosticDescriptor descriptor, SyntaxNodeOrToken where, params string[] arguments) =>
        this.Add(descriptor, where, null, null, arguments);

    /// <summary>Reports a mistake that a code fix can mend, given one property.</summary>
    public void ReportFixable(
        DiagnosticDescriptor descriptor,
        SyntaxNodeOrToken where,
        string property,
        string value,
        params string[] arguments) =>
        this.Add(descriptor, where, property, value, arguments);

    private void Add(
        DiagnosticDescriptor descriptor, SyntaxNodeOrToken where, string? property, string? value, string[] arguments) =>
        this.mistakes.Add(new DiagnosticInfo(
            descriptor.Id,
            where.SyntaxTree?.FilePath ?? string.Empty,
            where.SpanStart,
            where.Span.Length,
            arguments.ToEquatableArray(),
            property,
            value));
}

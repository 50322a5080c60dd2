using KlDivGen.Generator.Model;
using Microsoft.CodeAnalysis;

namespace KlDivGen.Generator.Parsing;

/// <summary>Collects the diagnostics of one method, in the order in which they are found.</summary>
/// <param name="compilation">The compilation that holds the method.</param>
internal sealed class DiagnosticBag(Compilation compilation)
{
    private readonly List<DiagnosticInfo> diagnostics = [];

    public bool HasAny => this.diagnostics.Count > 0;

    public IReadOnlyList<DiagnosticInfo> Diagnostics => this.diagnostics;

    public void Report(DiagnosticDescriptor descriptor, SyntaxNodeOrToken location, params string[] arguments) =>
        this.Add(descriptor, location, null, null, arguments);

    /// <summary>Reports a diagnostic with a property that its code fix reads.</summary>
    public void ReportFixable(
        DiagnosticDescriptor descriptor,
        SyntaxNodeOrToken location,
        string property,
        string value,
        params string[] arguments) =>
        this.Add(descriptor, location, property, value, arguments);

    private void Add(
        DiagnosticDescriptor descriptor, SyntaxNodeOrToken location, string? property, string? value, string[] arguments)
    {
        string file = location.SyntaxTree?.FilePath ?? string.Empty;
        int ordinal = compilation.SyntaxTrees
            .Where(tree => tree.FilePath == file)
            .TakeWhile(tree => tree != location.SyntaxTree)
            .Count();
        this.diagnostics.Add(new DiagnosticInfo(
            descriptor.Id,
            file,
            ordinal,
            location.SpanStart,
            location.Span.Length,
            arguments.ToEquatableArray(),
            property,
            value));
    }
}

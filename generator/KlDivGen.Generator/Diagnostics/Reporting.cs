using System.Collections.Immutable;
using KlDivGen.Generator.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace KlDivGen.Generator.Diagnostics;

/// <summary>
/// Makes diagnostics of mistakes, for the analyzer and for the generator. A build prints each once: after an error of a generator
/// the compiler runs no analyzer.
/// </summary>
internal static class Reporting
{
    private static readonly ImmutableDictionary<string, DiagnosticDescriptor> ById =
        Descriptors.Errors.ToImmutableDictionary(descriptor => descriptor.Id);

    public static Diagnostic ToDiagnostic(this DiagnosticInfo mistake, Compilation compilation)
    {
        ImmutableDictionary<string, string?> properties = mistake.FixProperty is null
            ? ImmutableDictionary<string, string?>.Empty
            : ImmutableDictionary<string, string?>.Empty.Add(mistake.FixProperty, mistake.FixValue);
        return Diagnostic.Create(
            ById[mistake.Id], Locate(mistake, compilation), properties, [.. mistake.Arguments.Cast<object>()]);
    }

    private static Location Locate(DiagnosticInfo mistake, Compilation compilation)
    {
        TextSpan span = new(mistake.Start, mistake.Length);
        SyntaxTree? tree = compilation.SyntaxTrees.FirstOrDefault(tree => tree.FilePath == mistake.File && span.End <= tree.Length);
        return tree is null ? Location.None : Location.Create(tree, span);
    }
}

using System.Collections.Immutable;
using KlDivGen.Generator.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace KlDivGen.Generator.Diagnostics;

/// <summary>Creates Roslyn diagnostics from <see cref="DiagnosticInfo"/>.</summary>
/// <remarks>
/// The analyzer and the generator both report an error. A build prints it once: after an error of a generator the compiler runs no
/// analyzer.
/// </remarks>
internal static class DiagnosticInfoExtensions
{
    private static readonly ImmutableDictionary<string, DiagnosticDescriptor> DescriptorsById =
        DiagnosticDescriptors.Errors.ToImmutableDictionary(descriptor => descriptor.Id);

    public static Diagnostic ToDiagnostic(this DiagnosticInfo info, Compilation compilation)
    {
        ImmutableDictionary<string, string?> properties = info.FixProperty is null
            ? ImmutableDictionary<string, string?>.Empty
            : ImmutableDictionary<string, string?>.Empty.Add(info.FixProperty, info.FixValue);
        return Diagnostic.Create(
            DescriptorsById[info.Id], Locate(info, compilation), properties, [.. info.Arguments.Cast<object>()]);
    }

    private static Location Locate(DiagnosticInfo info, Compilation compilation)
    {
        TextSpan span = new(info.Start, info.Length);
        SyntaxTree? tree = compilation.SyntaxTrees.Where(tree => tree.FilePath == info.File).ElementAtOrDefault(info.FileOrdinal);
        return tree is null || span.End > tree.Length ? Location.None : Location.Create(tree, span);
    }
}

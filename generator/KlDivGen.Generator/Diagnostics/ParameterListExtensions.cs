using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace KlDivGen.Generator.Diagnostics;

/// <summary>Finds the place of a new parameter. Diagnostics and code fixes share it.</summary>
internal static class ParameterListExtensions
{
    /// <summary>The index of a new required parameter: C# allows none after an optional one or after <c>params</c>.</summary>
    public static int IndexOfNewParameter(this ParameterListSyntax list)
    {
        int index = list.Parameters.IndexOf(parameter =>
            parameter.Default is not null || parameter.Modifiers.Any(SyntaxKind.ParamsKeyword));
        return index < 0 ? list.Parameters.Count : index;
    }
}

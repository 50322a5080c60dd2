using KlDivGen.Generator.Diagnostics;
using KlDivGen.Generator.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace KlDivGen.Generator.Parsing;

/// <summary>A parameter that a method needs and does not have.</summary>
/// <param name="role">The role of the parameter.</param>
/// <param name="type">The type of the parameter.</param>
internal sealed class MissingParameter(ParameterRole role, DataType type)
{
    private readonly string name = role.Info().Name;

    /// <summary>
    /// Reports the parameter at the method's name. The last argument of the message is the obstacle to adding the parameter.
    /// Only without such an obstacle the diagnostic has a code fix.
    /// </summary>
    public void Report(
        DiagnosticDescriptor descriptor,
        IMethodSymbol method,
        MethodDeclarationSyntax syntax,
        DiagnosticBag diagnostics,
        params string[] arguments)
    {
        if (this.FindObstacle(method, syntax.ParameterList) is string obstacle)
        {
            diagnostics.Report(descriptor, syntax.Identifier, [.. arguments, "; " + obstacle]);
        }
        else
        {
            diagnostics.ReportFixable(
                descriptor, syntax.Identifier, DiagnosticPropertyNames.ParameterType, type.ToCSharp(), [.. arguments, string.Empty]);
        }
    }

    /// <summary>The obstacle to adding the parameter, worded for a message, or <see langword="null"/>.</summary>
    public string? FindObstacle(IMethodSymbol method, ParameterListSyntax list)
    {
        int index = list.IndexOfNewParameter();
        for (int i = 0; i < Math.Min(2, list.Parameters.Count); i++)
        {
            string operand = ((ParameterRole)i).Info().Name;
            if (list.Parameters[i].Identifier.ValueText == this.name)
            {
                return $"rename the {operand} '{this.name}': the first two parameters have their roles by position";
            }

            if (i == index)
            {
                string kind = list.Parameters[i].Default is null ? "'params'" : "optional";
                return $"the {operand} '{list.Parameters[i].Identifier.ValueText}' must not be {kind}, since '{this.name}' follows it";
            }
        }

        return method.TypeParameters.Any(parameter => parameter.Name == this.name)
            ? $"rename the type parameter '{this.name}'"
            : this.HasOverload(method, index)
            ? "an overload with this parameter exists already"
            : null;
    }

    /// <summary>Whether adding the parameter would repeat the signature of another method.</summary>
    private bool HasOverload(IMethodSymbol method, int index) => method.ContainingType is INamedTypeSymbol containingType
        && containingType.GetMembers(method.Name).OfType<IMethodSymbol>().Any(other =>
            other.Arity == method.Arity
            && other.Parameters.Length == method.Parameters.Length + 1
            && TypeOf(other.Parameters[index]) == type
            && method.Parameters.Select(TypeOf).SequenceEqual(other.Parameters.RemoveAt(index).Select(TypeOf)));

    private static DataType? TypeOf(IParameterSymbol parameter) =>
        DataType.Parse(parameter.Type) ?? DataType.ParseMask(parameter.Type);
}

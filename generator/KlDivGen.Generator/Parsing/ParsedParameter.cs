using KlDivGen.Generator.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace KlDivGen.Generator.Parsing;

/// <summary>A parameter that has a role.</summary>
/// <param name="Role">The role.</param>
/// <param name="Symbol">The parameter as a symbol.</param>
/// <param name="Syntax">The parameter as syntax.</param>
/// <param name="Type">The type, or <see langword="null"/> where it has been reported as unsupported.</param>
internal sealed record ParsedParameter(ParameterRole Role, IParameterSymbol Symbol, ParameterSyntax Syntax, DataType? Type)
{
    /// <summary>The name without escapes, for messages.</summary>
    public string Name => this.Syntax.Identifier.ValueText;

    /// <summary>Whether the parameter holds one value per row, which are in a span also where the data is in tensor spans.</summary>
    public bool IsPerRow => this.Role is ParameterRole.Mask or ParameterRole.Weights;

    /// <summary>The location of diagnostics about the type.</summary>
    public SyntaxNode TypeSyntax => (SyntaxNode?)this.Syntax.Type ?? this.Syntax;

    /// <summary>The parameter for generated code: with modifiers, which C# requires in both parts, without attributes and default value.</summary>
    public ParameterSpec ToSpec(DataType type) => new(
        this.Role,
        this.Syntax.Identifier.Text,
        this.Name,
        string.Concat(this.Syntax.Modifiers.Select(modifier => modifier.Text + " ")),
        type.ToCSharp(),
        type.Shape,
        type.Element);
}

/// <summary>The parameters of a method that have roles.</summary>
internal sealed class ParsedParameters(IReadOnlyList<ParsedParameter> all)
{
    public IReadOnlyList<ParsedParameter> All { get; } = all;

    public bool HasGradients => this.Find(ParameterRole.GradInput) is not null || this.Find(ParameterRole.GradTarget) is not null;

    /// <summary>The T of the contract: the type that holds the values of input and target. Null where either type is unsupported.</summary>
    public ElementType? PromotedType =>
        this.ElementOf(ParameterRole.Input) is ElementType input && this.ElementOf(ParameterRole.Target) is ElementType target
            ? ElementTypes.Promote(input, target)
            : null;

    /// <summary>
    /// The types allowed for a scalar loss: those of input and target, float and double, as far as they hold the values of the input or of the
    /// target.
    /// </summary>
    public IReadOnlyList<ElementType> ScalarTypes
    {
        get
        {
            ElementType?[] data = [this.ElementOf(ParameterRole.Input), this.ElementOf(ParameterRole.Target)];
            return
            [
                .. ElementTypes.All.Where(type =>
                    (type is ElementType.Single or ElementType.Double || data.Contains(type))
                    && data.Any(element => element is not null && type.Holds(element.Value))),
            ];
        }
    }

    /// <summary>The kind of data of the first two parameters, which the others must share. Null where both types are unsupported.</summary>
    public DataKind? DataKind
    {
        get
        {
            DataType? data = this.Find(ParameterRole.Input)?.Type ?? this.Find(ParameterRole.Target)?.Type;
            return data is null ? null : data.Value.IsTensor ? Model.DataKind.TensorSpan : Model.DataKind.Span;
        }
    }

    public ParsedParameter? Find(ParameterRole role) => this.All.FirstOrDefault(parameter => parameter.Role == role);

    public ElementType? ElementOf(ParameterRole role) => this.Find(role)?.Type?.Element;
}

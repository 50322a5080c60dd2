using KlDivGen.Generator.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace KlDivGen.Generator.Parsing;

/// <summary>A parameter that has a role.</summary>
/// <param name="Type">What its type is, or null where that has been reported as wrong.</param>
internal sealed record ParsedParameter(ParameterRole Role, IParameterSymbol Symbol, ParameterSyntax Syntax, DataType? Type)
{
    /// <summary>The node to mark where the type is wrong.</summary>
    public SyntaxNode TypeSyntax => (SyntaxNode?)this.Syntax.Type ?? this.Syntax;

    /// <summary>The parameter for generated text: its modifiers repeated as C# demands, its attributes and default value not.</summary>
    public ParameterSpec ToSpec(DataType type) => new(
        this.Role,
        this.Syntax.Identifier.Text,
        this.Syntax.Identifier.ValueText,
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

    /// <summary>The contract's T: the type that holds the values of input and target. Null where either was wrong.</summary>
    public ElementType? PromotedType =>
        this.ElementOf(ParameterRole.Input) is ElementType input && this.ElementOf(ParameterRole.Target) is ElementType target
            ? ElementTypes.Promote(input, target)
            : null;

    /// <summary>The types that a scalar of the loss may have: any that holds the values of the input or those of the target.</summary>
    public IReadOnlyList<ElementType> ScalarTypes =>
        [.. ElementTypes.All.Where(type => this.All
            .Where(p => p.Role is ParameterRole.Input or ParameterRole.Target)
            .Any(p => p.Type?.Element is ElementType element && type.Holds(element)))];

    /// <summary>The kind of data of the first two parameters, which the others must share. Null where both were wrong.</summary>
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

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
        string.Concat(this.Syntax.Modifiers.Select(modifier => modifier.Text + " ")),
        type.Spell(),
        type.Container,
        type.Element);
}

/// <summary>The parameters of a method that have roles.</summary>
internal sealed class ParsedParameters(IReadOnlyList<ParsedParameter> all)
{
    public IReadOnlyList<ParsedParameter> All { get; } = all;

    public bool HasGradients => this.Find(ParameterRole.GradInput) is not null || this.Find(ParameterRole.GradTarget) is not null;

    /// <summary>The wider of the input's and the target's types: the contract's T. Null where either was wrong.</summary>
    public ElementType? Widest =>
        this.ElementOf(ParameterRole.Input) is ElementType input && this.ElementOf(ParameterRole.Target) is ElementType target
            ? (ElementType)Math.Max((int)input, (int)target)
            : null;

    public ElementType? Narrowest =>
        this.ElementOf(ParameterRole.Input) is ElementType input && this.ElementOf(ParameterRole.Target) is ElementType target
            ? (ElementType)Math.Min((int)input, (int)target)
            : null;

    /// <summary>The layout of the first two parameters, which the others must share. Null where both were wrong.</summary>
    public Layout? Layout
    {
        get
        {
            DataType? data = this.Find(ParameterRole.Input)?.Type ?? this.Find(ParameterRole.Target)?.Type;
            return data is null ? null : data.Value.IsTensor ? Model.Layout.Tensor : Model.Layout.Flat;
        }
    }

    public ParsedParameter? Find(ParameterRole role) => this.All.FirstOrDefault(parameter => parameter.Role == role);

    public ElementType? ElementOf(ParameterRole role) => this.Find(role)?.Type?.Element;
}

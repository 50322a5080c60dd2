using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace KlDivGen.Generator.Usage;

/// <summary>An addition of the result of a call, perhaps multiplied by a weight.</summary>
/// <param name="Term">The result with its weight.</param>
/// <param name="Total">The variable that it is added to, or <see langword="null"/> for a sum that is not assigned to its own term.</param>
/// <param name="Other">The other term, or <see langword="null"/> if that is <paramref name="Total"/>.</param>
internal sealed record LossAddition(IOperation Term, IOperation? Total, IOperation? Other)
{
    /// <summary>The addition that a call is a term of, or <see langword="null"/>.</summary>
    public static LossAddition? Find(IInvocationOperation call)
    {
        IOperation term = call;
        while (term.Parent is IConversionOperation or IParenthesizedOperation
            or IBinaryOperation { OperatorKind: BinaryOperatorKind.Multiply or BinaryOperatorKind.Divide })
        {
            term = term.Parent;
        }

        switch (term.Parent)
        {
            case ICompoundAssignmentOperation { OperatorKind: BinaryOperatorKind.Add } addition when addition.Value == term:
                return new LossAddition(term, addition.Target, null);

            case IBinaryOperation { OperatorKind: BinaryOperatorKind.Add } sum:
                IOperation other = sum.LeftOperand == term ? sum.RightOperand : sum.LeftOperand;
                return sum.Parent is ISimpleAssignmentOperation { Target: { } target }
                    && Variable(target) is ISymbol variable
                    && SymbolEqualityComparer.Default.Equals(variable, Variable(other))
                        ? new LossAddition(term, target, null)
                        : new LossAddition(term, null, other);

            default:
                return null;
        }
    }

    /// <summary>The variable or property that an operation is, or <see langword="null"/>.</summary>
    public static ISymbol? Variable(IOperation operation) => operation switch
    {
        ILocalReferenceOperation local => local.Local,
        IParameterReferenceOperation parameter => parameter.Parameter,
        IFieldReferenceOperation field => field.Field,
        IPropertyReferenceOperation { Arguments.Length: 0 } property => property.Property,
        _ => null,
    };

    /// <summary>Whether a loop around the addition adds to a variable that lives longer than one iteration.</summary>
    public bool IsInLoop(ISymbol variable)
    {
        for (IOperation? parent = this.Term.Parent; parent is not null; parent = parent.Parent)
        {
            if (parent is IAnonymousFunctionOperation or ILocalFunctionOperation)
            {
                return false;
            }

            if (parent is ILoopOperation)
            {
                return !variable.DeclaringSyntaxReferences.Any(reference =>
                    reference.SyntaxTree == parent.Syntax.SyntaxTree && parent.Syntax.Span.Contains(reference.Span));
            }
        }

        return false;
    }
}

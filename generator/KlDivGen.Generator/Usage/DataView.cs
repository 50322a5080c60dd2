using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace KlDivGen.Generator.Usage;

/// <summary>A variable that an argument shows, as a whole or in part: <c>x</c>, <c>x.AsSpan()</c>, <c>x[..n]</c>.</summary>
/// <param name="Variable">A local variable, a parameter or a field.</param>
/// <param name="IsWhole">Whether the argument has all elements.</param>
internal sealed record DataView(ISymbol Variable, bool IsWhole)
{
    private static readonly string[] Views =
        ["AsSpan", "AsTensorSpan", "AsReadOnlyTensorSpan", "Slice"];

    /// <summary>The variable that an expression shows, or <see langword="null"/> for another expression.</summary>
    public static DataView? Find(IOperation expression)
    {
        bool isWhole = true;
        IOperation? operation = expression;
        while (operation is not null)
        {
            switch (operation)
            {
                case ILocalReferenceOperation local:
                    return new DataView(local.Local, isWhole);
                case IParameterReferenceOperation parameter:
                    return new DataView(parameter.Parameter, isWhole);
                case IFieldReferenceOperation { Instance: null or IInstanceReferenceOperation } field:
                    return new DataView(field.Field, isWhole);
                default:
                    isWhole &= IsWholeView(operation);
                    operation = Source(operation);
                    break;
            }
        }

        return null;
    }

    /// <summary>The outermost view of a variable, to which a reference to the variable belongs.</summary>
    public static IOperation Outermost(IOperation reference)
    {
        IOperation view = reference;
        while (true)
        {
            IOperation? outer = view.Parent is IArgumentOperation argument ? argument.Parent : view.Parent;
            if (outer is null || Source(outer) != view)
            {
                return view;
            }

            view = outer;
        }
    }

    /// <summary>The operand of a view, or <see langword="null"/> for an operation that is none.</summary>
    private static IOperation? Source(IOperation operation) => operation switch
    {
        IConversionOperation conversion => conversion.Operand,
        IParenthesizedOperation parenthesized => parenthesized.Operand,
        IImplicitIndexerReferenceOperation { IndexerSymbol: IMethodSymbol } slice => slice.Instance,
        IInvocationOperation invocation when Views.Contains(invocation.TargetMethod.Name) =>
            invocation.Instance ?? invocation.Arguments.FirstOrDefault()?.Value,
        _ => null,
    };

    private static bool IsWholeView(IOperation operation) => operation switch
    {
        IInvocationOperation invocation => invocation.Arguments.Length == (invocation.Instance is null ? 1 : 0),
        IImplicitIndexerReferenceOperation => false,
        _ => true,
    };
}

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace KlDivGen.Generator.Usage;

/// <summary>An operation that writes the data of a variable, or may write it.</summary>
/// <param name="Operation">The operation.</param>
/// <param name="Scale">The scale of the written values, or <see langword="null"/> where it is not known.</param>
/// <param name="MethodName">The method that computes the values, or <see langword="null"/> where it is not known.</param>
/// <param name="KeepsScale">Whether the operation leaves the scale of the values as it was: a division by a sum.</param>
internal sealed record Write(IOperation Operation, ValueScale? Scale, string? MethodName, bool KeepsScale = false)
{
    private const string TensorNamespace = "System.Numerics.Tensors";

    /// <summary>The write of a variable that an operation is, or <see langword="null"/>.</summary>
    public static Write? Find(IOperation operation, ISymbol variable) => operation switch
    {
        IVariableDeclaratorOperation declarator when SymbolEqualityComparer.Default.Equals(declarator.Symbol, variable) =>
            Of(declarator, declarator.GetVariableInitializer()?.Value),
        ILocalReferenceOperation local when SymbolEqualityComparer.Default.Equals(local.Local, variable) => OfReference(local),
        IParameterReferenceOperation parameter when SymbolEqualityComparer.Default.Equals(parameter.Parameter, variable) =>
            OfReference(parameter),
        _ => null,
    };

    private static Write? OfReference(IOperation reference)
    {
        IOperation view = DataView.Outermost(reference);
        switch (view.Parent)
        {
            case IArgumentOperation { Parameter: IParameterSymbol parameter } argument:
                return IsReadOnly(parameter) ? null : OfArgument(argument, view);

            case ISimpleAssignmentOperation assignment when assignment.Target == view:
                return Of(assignment, assignment.Value);

            case IArrayElementReferenceOperation element when element.ArrayReference == view:
                return OfElement(element);

            case IPropertyReferenceOperation property when property.Instance == view:
                return property.Arguments.Length > 0 ? OfElement(property)
                    : property.Type?.SpecialType is SpecialType.None ? new Write(view, null, null)
                    : null;

            case IForEachLoopOperation or IExpressionStatementOperation or IBinaryOperation:
                return null;

            case IInvocationOperation { TargetMethod.Name: "CopyTo" or "TryCopyTo" or "ToArray" } copy when copy.Instance == view:
                return null;

            default:
                return new Write(view, null, null);
        }
    }

    /// <summary>An element of the data: a write if it is assigned or passed by reference.</summary>
    private static Write? OfElement(IOperation element) => element.Parent switch
    {
        ISimpleAssignmentOperation assignment when assignment.Target == element => Of(assignment, assignment.Value),
        ICompoundAssignmentOperation { OperatorKind: BinaryOperatorKind.Multiply or BinaryOperatorKind.Divide } scaling
            when scaling.Target == element => new Write(scaling, null, null, KeepsScale: true),
        IAssignmentOperation assignment when assignment.Target == element => new Write(assignment, null, null),
        IIncrementOrDecrementOperation increment => new Write(increment, null, null),
        IArgumentOperation { Parameter.RefKind: RefKind.Ref or RefKind.Out } argument => new Write(argument, null, null),
        IAddressOfOperation address => new Write(address, null, null),
        IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol.RefKind: not RefKind.None } alias } =>
            new Write(alias, null, null),
        _ => null,
    };

    /// <summary>Data that is passed to a method that may write it.</summary>
    private static Write OfArgument(IArgumentOperation argument, IOperation view)
    {
        if (argument.Parent is not IInvocationOperation invocation || !IsLastData(invocation, argument))
        {
            return new Write(view, null, null);
        }

        return ScalesInPlace(invocation, argument)
            ? new Write(invocation, null, null, KeepsScale: true)
            : new Write(invocation, ScaleOf(invocation.TargetMethod), invocation.TargetMethod.Name);
    }

    private static Write Of(IOperation operation, IOperation? value)
    {
        while (value is IConversionOperation conversion)
        {
            value = conversion.Operand;
        }

        return value is IInvocationOperation invocation
            ? new Write(operation, ScaleOf(invocation.TargetMethod), invocation.TargetMethod.Name)
            : new Write(operation, null, null);
    }

    /// <summary>The scale of the results of a method. Softmax is known by its name, exp and log by their type too.</summary>
    private static ValueScale? ScaleOf(IMethodSymbol method) => method.Name.Replace("_", string.Empty).ToUpperInvariant() switch
    {
        "SOFTMAX" => ValueScale.Probability,
        "LOGSOFTMAX" => ValueScale.LogProbability,
        "EXP" or "SIGMOID" when IsMath(method.ContainingType) => ValueScale.Probability,
        "LOG" when IsMath(method.ContainingType) && method.Parameters.Count(parameter => !IsDestination(parameter)) == 1 =>
            ValueScale.LogProbability,
        _ => null,
    };

    private static bool IsMath(INamedTypeSymbol type) => type.Name switch
    {
        "TensorPrimitives" or "Tensor" => type.ContainingNamespace.ToDisplayString() == TensorNamespace,
        "Math" or "MathF" or "Single" or "Double" or "Half" => type.ContainingNamespace.ToDisplayString() == "System",
        _ => false,
    };

    /// <summary>A product or quotient with a number, in place: a softmax by hand ends with it.</summary>
    private static bool ScalesInPlace(IInvocationOperation invocation, IArgumentOperation destination) =>
        invocation.TargetMethod is { Name: "Multiply" or "Divide", ContainingType: { } type }
        && IsMath(type)
        && invocation.Arguments.Length == 3
        && DataView.Find(invocation.Arguments[0].Value) is DataView source
        && SymbolEqualityComparer.Default.Equals(source.Variable, DataView.Find(destination.Value)?.Variable)
        && invocation.Arguments[1].Parameter is { Type: not INamedTypeSymbol { Arity: 1 } };

    private static bool IsLastData(IInvocationOperation invocation, IArgumentOperation argument) =>
        invocation.Arguments.LastOrDefault(other => other.Parameter is { } parameter && IsDestination(parameter)) == argument;

    private static bool IsDestination(IParameterSymbol parameter) => !IsReadOnly(parameter) && parameter.Type switch
    {
        IArrayTypeSymbol => true,
        INamedTypeSymbol { Arity: 1, Name: "Span" or "TensorSpan" or "Tensor" } => true,
        _ => false,
    };

    /// <summary>Whether a method cannot write data through a parameter.</summary>
    private static bool IsReadOnly(IParameterSymbol parameter) =>
        parameter.RefKind is not (RefKind.Ref or RefKind.Out)
        && (parameter.Type.Name.StartsWith("ReadOnly", StringComparison.Ordinal)
            || parameter.Type.Name.StartsWith("IReadOnly", StringComparison.Ordinal)
            || parameter.Type.Name == "IEnumerable"
            || parameter.Type.SpecialType is not (SpecialType.None or SpecialType.System_Object));
}

using KlDivGen.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace KlDivGen.Generator.Usage;

/// <summary>Suggests a sum in double where a loop adds losses to a float (KLDIV105).</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class FloatSumAnalyzer : LossCallAnalyzer
{
    /// <summary>Initializes the analyzer.</summary>
    public FloatSumAnalyzer()
        : base(UsageDescriptors.FloatSum)
    {
    }

    private protected override Diagnostic? Analyze(LossCall call)
    {
        IOperation term = call.Invocation;
        while (term.Parent is IConversionOperation or IParenthesizedOperation
            or IBinaryOperation { OperatorKind: BinaryOperatorKind.Multiply or BinaryOperatorKind.Divide })
        {
            term = term.Parent;
        }

        IOperation? total = term.Parent switch
        {
            ICompoundAssignmentOperation { OperatorKind: BinaryOperatorKind.Add } addition when addition.Value == term => addition.Target,
            IBinaryOperation { OperatorKind: BinaryOperatorKind.Add, Parent: ISimpleAssignmentOperation assignment } sum
                when IsSame(assignment.Target, sum.LeftOperand) || IsSame(assignment.Target, sum.RightOperand) => assignment.Target,
            _ => null,
        };
        return total is { Type.SpecialType: SpecialType.System_Single }
            && Variable(total) is ISymbol variable
            && IsAddedInLoop(term, variable)
            ? Diagnostic.Create(UsageDescriptors.FloatSum, total.Syntax.GetLocation(), variable.Name, call.MethodName)
            : null;
    }

    private static bool IsSame(IOperation first, IOperation second) =>
        SymbolEqualityComparer.Default.Equals(Variable(first), Variable(second));

    private static ISymbol? Variable(IOperation operation) => operation switch
    {
        ILocalReferenceOperation local => local.Local,
        IParameterReferenceOperation parameter => parameter.Parameter,
        IFieldReferenceOperation field => field.Field,
        IPropertyReferenceOperation { Arguments.Length: 0 } property => property.Property,
        _ => null,
    };

    /// <summary>Whether a loop around an operation adds to a variable that lives longer than one iteration.</summary>
    private static bool IsAddedInLoop(IOperation operation, ISymbol variable)
    {
        for (IOperation? parent = operation.Parent; parent is not null; parent = parent.Parent)
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

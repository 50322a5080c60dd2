using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace KlDivGen.Generator.Usage;

/// <summary>The values in a variable at a call, as far as the same method body shows which method computed them.</summary>
/// <param name="VariableName">The name of the variable.</param>
/// <param name="Scale">The scale of the values.</param>
/// <param name="MethodName">The method that computed them, such as <c>SoftMax</c>.</param>
internal sealed record DataContents(string VariableName, ValueScale Scale, string MethodName)
{
    /// <summary>Whether the values are the result of a softmax.</summary>
    public bool IsSoftmax => this.MethodName.Replace("_", string.Empty).Equals("softmax", StringComparison.OrdinalIgnoreCase);

    /// <summary>The values of an argument before a call, or <see langword="null"/> where they are not certain.</summary>
    public static DataContents? Before(IOperation call, IArgumentOperation argument)
    {
        // A field may be written by any method in between.
        if (DataView.Find(argument.Value) is not { Variable: ILocalSymbol or IParameterSymbol } view)
        {
            return null;
        }

        DataContents? contents = null;
        IOperation body = Body(call);
        foreach (IOperation operation in body.Descendants())
        {
            if (operation.Syntax.SpanStart >= call.Syntax.SpanStart)
            {
                continue;
            }

            if (Write.Find(operation, view.Variable) is Write write)
            {
                contents = write.KeepsScale ? contents : Written(write, view.Variable, call);
            }
        }

        return contents;
    }

    private static DataContents? Written(Write write, ISymbol variable, IOperation call) =>
        write is { Scale: ValueScale scale, MethodName: string name } && AlwaysPrecedes(write.Operation, call)
            ? new DataContents(variable.Name, scale, name)
            : null;

    /// <summary>The body of the innermost function around an operation.</summary>
    private static IOperation Body(IOperation operation)
    {
        IOperation body = operation;
        while (body is not (IAnonymousFunctionOperation or ILocalFunctionOperation) && body.Parent is not null)
        {
            body = body.Parent;
        }

        return body;
    }

    /// <summary>Whether a write is on every path to a call: only loops may be between it and a block that also has the call.</summary>
    private static bool AlwaysPrecedes(IOperation write, IOperation call)
    {
        for (IOperation? parent = write.Parent; parent is not null; parent = parent.Parent)
        {
            if (parent.Syntax.Span.Contains(call.Syntax.Span))
            {
                return parent is not (IConditionalOperation or ISwitchOperation or ISwitchExpressionOperation);
            }

            if (parent is IConditionalOperation or ISwitchCaseOperation or ISwitchExpressionOperation
                or ITryOperation or ICatchClauseOperation or IAnonymousFunctionOperation or ILocalFunctionOperation)
            {
                return false;
            }
        }

        return false;
    }
}

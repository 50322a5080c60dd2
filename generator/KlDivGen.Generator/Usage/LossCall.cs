using System.Collections.Immutable;
using KlDivGen.Generator.Diagnostics;
using KlDivGen.Generator.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace KlDivGen.Generator.Usage;

/// <summary>A call of a method with <c>[KLDivLoss]</c>.</summary>
/// <param name="Invocation">The call.</param>
/// <param name="Attribute">The attribute of the called method.</param>
/// <param name="Input">The argument for the input.</param>
/// <param name="Target">The argument for the target.</param>
internal sealed record LossCall(
    IInvocationOperation Invocation, AttributeData Attribute, IArgumentOperation Input, IArgumentOperation Target)
{
    /// <summary>The name of the called method.</summary>
    public string MethodName => this.Invocation.TargetMethod.Name;

    /// <summary>Whether the attribute sets <c>LogTarget</c>.</summary>
    public bool HasLogTarget => SettingsParser.IsTrue(this.Attribute, SettingsParser.LogTargetProperty);

    /// <summary>Whether the input holds logits.</summary>
    public bool HasInputLogits => SettingsParser.IsTrue(this.Attribute, SettingsParser.InputLogitsProperty);

    /// <summary>Whether the target holds logits.</summary>
    public bool HasTargetLogits => SettingsParser.IsTrue(this.Attribute, SettingsParser.TargetLogitsProperty);

    /// <summary>The location of the attribute, for code fixes; none if the called method is in another assembly.</summary>
    public IEnumerable<Location> AttributeLocations => this.Attribute.ApplicationSyntaxReference is SyntaxReference reference
        ? [Location.Create(reference.SyntaxTree, reference.Span)]
        : [];

    /// <summary>The properties for the code fix that sets a setting.</summary>
    public static ImmutableDictionary<string, string?> FixProperties(string setting, bool value) => ImmutableDictionary<string, string?>.Empty
        .Add(DiagnosticPropertyNames.Setting, setting)
        .Add(DiagnosticPropertyNames.Suggestion, value.ToString());

    /// <summary>The call of an annotated method that an operation is, or <see langword="null"/>.</summary>
    public static LossCall? Find(IOperation operation)
    {
        // The types of the parameters come first, because the attributes of every called method would take long to read.
        return operation is IInvocationOperation { TargetMethod.Parameters: [{ } input, { } target, ..], Arguments.Length: >= 2 } invocation
            && IsData(input)
            && IsData(target)
            && KLDivLossAttributeSyntax.Find(invocation.TargetMethod) is AttributeData attribute
            && Argument(invocation, 0) is IArgumentOperation inputArgument
            && Argument(invocation, 1) is IArgumentOperation targetArgument
            ? new LossCall(invocation, attribute, inputArgument, targetArgument)
            : null;
    }

    private static bool IsData(IParameterSymbol parameter) => DataType.Parse(parameter.Type) is { IsSpan: true } or { IsTensor: true };

    private static IArgumentOperation? Argument(IInvocationOperation invocation, int ordinal) =>
        invocation.Arguments.FirstOrDefault(argument => argument.Parameter?.Ordinal == ordinal);
}

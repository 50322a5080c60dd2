using KlDivGen.Generator.Diagnostics;
using KlDivGen.Generator.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace KlDivGen.Generator.Parsing;

/// <summary>
/// Checks the parameters against one another and against the reduction. A rule that depends on something already reported is
/// skipped, so that one mistake gives one message.
/// </summary>
internal static class SignatureValidator
{
    public static void Validate(MethodDeclarationSyntax syntax, Reduction? reduction, ParsedParameters parameters, DiagnosticBag diagnostics)
    {
        ValidateDataKinds(parameters, diagnostics);
        ValidateElementTypes(parameters, diagnostics);
        if (reduction is Reduction known)
        {
            ValidateOutput(syntax, known, parameters, diagnostics);
            ValidateBatchSize(syntax, known, parameters, diagnostics);
            ValidateGradOutput(known, parameters, diagnostics);
        }

        if (parameters.Find(ParameterRole.GradOutput) is ParsedParameter gradOutput && !parameters.HasGradients)
        {
            diagnostics.Report(DiagnosticDescriptors.GradOutputAlone, gradOutput.Syntax.Identifier);
        }
    }

    private static void ValidateDataKinds(ParsedParameters parameters, DiagnosticBag diagnostics)
    {
        foreach (ParsedParameter parameter in parameters.All)
        {
            bool isTensor = parameter.Type is { IsTensor: true };
            bool isData = isTensor || parameter.Type is { IsSpan: true };
            if (isData && parameters.DataKind is DataKind kind && isTensor != (kind == DataKind.TensorSpan))
            {
                (string kindHere, string kindOfInput) = isTensor ? ("a tensor span", "a span") : ("a span", "a tensor span");
                diagnostics.Report(DiagnosticDescriptors.MixedDataKinds, parameter.TypeSyntax, parameter.Name, kindHere, kindOfInput);
            }
        }
    }

    private static void ValidateElementTypes(ParsedParameters parameters, DiagnosticBag diagnostics)
    {
        if (parameters.PromotedType is not ElementType promoted)
        {
            return;
        }

        foreach (ParsedParameter parameter in parameters.All)
        {
            IReadOnlyList<ElementType> allowed = parameter.Role switch
            {
                ParameterRole.Output => [promoted],
                ParameterRole.GradOutput => parameter.Type is { IsScalar: true } ? parameters.ScalarTypes : [promoted],
                ParameterRole.GradInput => [parameters.ElementOf(ParameterRole.Input)!.Value, promoted],
                ParameterRole.GradTarget => [parameters.ElementOf(ParameterRole.Target)!.Value, promoted],
                _ => [],
            };
            if (allowed.Count > 0 && parameter.Type?.Element is ElementType element && !allowed.Contains(element))
            {
                diagnostics.Report(
                    DiagnosticDescriptors.ElementType,
                    parameter.TypeSyntax,
                    parameter.Name,
                    element.DisplayName(),
                    MessageText.FormatAlternatives([.. allowed.Distinct().Select(type => type.DisplayName())]));
            }
        }
    }

    private static void ValidateOutput(
        MethodDeclarationSyntax syntax, Reduction reduction, ParsedParameters parameters, DiagnosticBag diagnostics)
    {
        ParsedParameter? output = parameters.Find(ParameterRole.Output);
        if (reduction != Reduction.None)
        {
            if (output is not null)
            {
                diagnostics.Report(DiagnosticDescriptors.ForbiddenOutput, output.Syntax.Identifier, SettingsParser.ToSettingValue(reduction));
            }
        }
        else if (output is null && !parameters.HasGradients && parameters.DataKind is DataKind kind)
        {
            ElementType element = parameters.PromotedType ?? ElementType.Single;
            (string containingNamespace, string type) = kind == DataKind.TensorSpan
                ? ("global::System.Numerics.Tensors.", "TensorSpan")
                : ("global::System.", "Span");
            diagnostics.ReportFixable(
                DiagnosticDescriptors.MissingOutput,
                syntax.Identifier,
                DiagnosticPropertyNames.ParameterType,
                $"{containingNamespace}{type}<{element.ToCSharp()}>",
                syntax.Identifier.ValueText,
                $"{type}<{element.DisplayName()}>");
        }
    }

    private static void ValidateBatchSize(
        MethodDeclarationSyntax syntax, Reduction reduction, ParsedParameters parameters, DiagnosticBag diagnostics)
    {
        ParsedParameter? batchSize = parameters.Find(ParameterRole.BatchSize);
        if (reduction != Reduction.BatchMean)
        {
            if (batchSize is not null)
            {
                string reason = $"reduction \"{SettingsParser.ToSettingValue(reduction)}\" does not divide by it, only \"batchmean\" does";
                diagnostics.Report(DiagnosticDescriptors.ForbiddenBatchSize, batchSize.Syntax.Identifier, reason);
            }
        }
        else if (parameters.DataKind == DataKind.TensorSpan)
        {
            if (batchSize is not null)
            {
                const string Reason = "it is the first dimension of the tensor spans";
                diagnostics.Report(DiagnosticDescriptors.ForbiddenBatchSize, batchSize.Syntax.Identifier, Reason);
            }
        }
        else if (batchSize is null && parameters.DataKind == DataKind.Span)
        {
            diagnostics.ReportFixable(
                DiagnosticDescriptors.MissingBatchSize, syntax.Identifier, DiagnosticPropertyNames.ParameterType, "int", syntax.Identifier.ValueText);
        }
    }

    /// <summary>Checks that the upstream gradient has the shape of the loss: data for "none", else a number.</summary>
    private static void ValidateGradOutput(Reduction reduction, ParsedParameters parameters, DiagnosticBag diagnostics)
    {
        if (parameters.Find(ParameterRole.GradOutput) is not { Type: DataType type } gradOutput
            || parameters.DataKind is not DataKind kind
            || type.IsScalar == (reduction != Reduction.None))
        {
            return;
        }

        ElementType promoted = parameters.PromotedType ?? type.Element!.Value;
        string allowed = reduction != Reduction.None
            ? MessageText.FormatAlternatives([.. parameters.ScalarTypes.Select(type => type.DisplayName())])
            : (kind == DataKind.TensorSpan ? "ReadOnlyTensorSpan<{0}> or TensorSpan<{0}>" : "ReadOnlySpan<{0}> or Span<{0}>")
                .Replace("{0}", promoted.DisplayName());
        diagnostics.Report(
            DiagnosticDescriptors.UnsupportedType,
            gradOutput.TypeSyntax,
            gradOutput.Name,
            SymbolNames.ToDisplayName(gradOutput.Symbol.Type),
            $"{allowed}, like the loss of reduction \"{SettingsParser.ToSettingValue(reduction)}\"");
    }
}

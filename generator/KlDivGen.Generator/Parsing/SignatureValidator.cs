using KlDivGen.Generator.Diagnostics;
using KlDivGen.Generator.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace KlDivGen.Generator.Parsing;

/// <summary>
/// Checks the parameters against one another and against the reduction. A rule that depends on something already reported is
/// skipped, so that one error gives one message.
/// </summary>
internal static class SignatureValidator
{
    public static void Validate(
        IMethodSymbol method,
        MethodDeclarationSyntax syntax,
        ParsedSettings settings,
        ParsedParameters parameters,
        DiagnosticBag diagnostics)
    {
        ValidateDataKinds(parameters, diagnostics);
        ValidateElementTypes(parameters, diagnostics);
        if (settings.Reduction is Reduction reduction)
        {
            bool hasRows = RowParser.HasRows(settings, parameters);
            ValidateOutput(method, syntax, reduction, parameters, diagnostics);
            ValidateBatchSize(method, syntax, reduction, hasRows, parameters, diagnostics);
            ValidateGradOutput(reduction, parameters, diagnostics);
        }

        if (parameters.Find(ParameterRole.MaxDegreeOfParallelism) is ParsedParameter degree && !settings.Parallel)
        {
            diagnostics.Report(DiagnosticDescriptors.DegreeWithoutParallel, degree.Syntax.Identifier, degree.Name);
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
            if (isData && !parameter.IsPerRow && parameters.DataKind is DataKind kind && isTensor != (kind == DataKind.TensorSpan))
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
                ParameterRole.Output or ParameterRole.Weights => [promoted],
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
        IMethodSymbol method, MethodDeclarationSyntax syntax, Reduction reduction, ParsedParameters parameters, DiagnosticBag diagnostics)
    {
        ParsedParameter? output = parameters.Find(ParameterRole.Output);
        if (!SettingsParser.WritesOutput(reduction))
        {
            if (output is not null)
            {
                diagnostics.Report(DiagnosticDescriptors.ForbiddenOutput, output.Syntax.Identifier, SettingsParser.ToSettingValue(reduction));
            }
        }
        else if (output is null && !parameters.HasGradients && parameters.DataKind is DataKind kind)
        {
            ElementType element = parameters.PromotedType ?? ElementType.Single;
            ParameterShape shape = kind == DataKind.TensorSpan ? ParameterShape.TensorSpan : ParameterShape.Span;
            MissingParameter missing = new(ParameterRole.Output, new DataType(shape, element));
            missing.Report(
                DiagnosticDescriptors.MissingOutput,
                method,
                syntax,
                diagnostics,
                syntax.Identifier.ValueText,
                SettingsParser.ToSettingValue(reduction),
                $"{shape}<{element.DisplayName()}>");
        }
    }

    private static void ValidateBatchSize(
        IMethodSymbol method,
        MethodDeclarationSyntax syntax,
        Reduction reduction,
        bool hasRows,
        ParsedParameters parameters,
        DiagnosticBag diagnostics)
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
        else if (hasRows)
        {
            if (batchSize is not null)
            {
                const string Reason = "\"batchmean\" of rows divides by the number of rows that count, which the method knows";
                diagnostics.Report(DiagnosticDescriptors.ForbiddenBatchSize, batchSize.Syntax.Identifier, Reason);
            }
        }
        else if (batchSize is null && parameters.DataKind == DataKind.Span)
        {
            MissingParameter missing = new(ParameterRole.BatchSize, new DataType(ParameterShape.Scalar, null));
            missing.Report(DiagnosticDescriptors.MissingBatchSize, method, syntax, diagnostics, syntax.Identifier.ValueText);
        }
    }

    /// <summary>Checks that the upstream gradient has the shape of the loss: data for "none" and "row", else a number.</summary>
    private static void ValidateGradOutput(Reduction reduction, ParsedParameters parameters, DiagnosticBag diagnostics)
    {
        if (parameters.Find(ParameterRole.GradOutput) is not { Type: DataType type } gradOutput
            || parameters.DataKind is not DataKind kind
            || type.IsScalar != SettingsParser.WritesOutput(reduction))
        {
            return;
        }

        ElementType promoted = parameters.PromotedType ?? type.Element!.Value;
        string allowed = !SettingsParser.WritesOutput(reduction)
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

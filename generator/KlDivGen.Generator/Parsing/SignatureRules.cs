using KlDivGen.Generator.Diagnostics;
using KlDivGen.Generator.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace KlDivGen.Generator.Parsing;

/// <summary>
/// What the parameters must be to one another and to the reduction. A rule that depends on something already reported as wrong
/// is passed over: one mistake, one message.
/// </summary>
internal static class SignatureRules
{
    public static void Check(MethodDeclarationSyntax syntax, Reduction? reduction, ParsedParameters parameters, Findings findings)
    {
        CheckDataKinds(parameters, findings);
        CheckElements(parameters, findings);
        if (reduction is Reduction known)
        {
            CheckOutput(syntax, known, parameters, findings);
            CheckBatchSize(syntax, known, parameters, findings);
            CheckGradOutput(known, parameters, findings);
        }

        if (parameters.Find(ParameterRole.GradOutput) is ParsedParameter gradOutput && !parameters.HasGradients)
        {
            findings.Report(Descriptors.GradOutputAlone, gradOutput.Syntax.Identifier);
        }
    }

    private static void CheckDataKinds(ParsedParameters parameters, Findings findings)
    {
        foreach (ParsedParameter parameter in parameters.All)
        {
            bool isTensor = parameter.Type is { IsTensor: true };
            bool isData = isTensor || parameter.Type is { IsSpan: true };
            if (isData && parameters.DataKind is DataKind kind && isTensor != (kind == DataKind.TensorSpan))
            {
                (string here, string there) = isTensor ? ("a tensor span", "a span") : ("a span", "a tensor span");
                findings.Report(Descriptors.MixedDataKinds, parameter.TypeSyntax, parameter.Syntax.Identifier.Text, here, there);
            }
        }
    }

    private static void CheckElements(ParsedParameters parameters, Findings findings)
    {
        if (parameters.PromotedType is not ElementType widest)
        {
            return;
        }

        foreach (ParsedParameter parameter in parameters.All)
        {
            IReadOnlyList<ElementType> allowed = parameter.Role switch
            {
                ParameterRole.Output => [widest],
                ParameterRole.GradOutput => parameter.Type is { IsScalar: true } ? parameters.ScalarTypes : [widest],
                ParameterRole.GradInput => [parameters.ElementOf(ParameterRole.Input)!.Value, widest],
                ParameterRole.GradTarget => [parameters.ElementOf(ParameterRole.Target)!.Value, widest],
                _ => [],
            };
            if (allowed.Count > 0 && parameter.Type?.Element is ElementType element && !allowed.Contains(element))
            {
                findings.Report(
                    Descriptors.ElementType,
                    parameter.TypeSyntax,
                    parameter.Syntax.Identifier.Text,
                    element.DisplayName(),
                    Names.Or([.. allowed.Distinct().Select(type => type.DisplayName())]));
            }
        }
    }

    private static void CheckOutput(
        MethodDeclarationSyntax syntax, Reduction reduction, ParsedParameters parameters, Findings findings)
    {
        ParsedParameter? output = parameters.Find(ParameterRole.Output);
        if (reduction != Reduction.None)
        {
            if (output is not null)
            {
                findings.Report(Descriptors.ForbiddenOutput, output.Syntax.Identifier, Names.Value(reduction));
            }
        }
        else if (output is null && !parameters.HasGradients && parameters.DataKind is DataKind kind)
        {
            ElementType element = parameters.PromotedType ?? ElementType.Single;
            (string space, string type) = kind == DataKind.TensorSpan
                ? ("global::System.Numerics.Tensors.", "TensorSpan")
                : ("global::System.", "Span");
            findings.ReportFixable(
                Descriptors.MissingOutput,
                syntax.Identifier,
                FixProperties.ParameterType,
                $"{space}{type}<{element.ToCSharp()}>",
                syntax.Identifier.Text,
                $"{type}<{element.DisplayName()}>");
        }
    }

    private static void CheckBatchSize(
        MethodDeclarationSyntax syntax, Reduction reduction, ParsedParameters parameters, Findings findings)
    {
        ParsedParameter? batchSize = parameters.Find(ParameterRole.BatchSize);
        if (reduction != Reduction.BatchMean)
        {
            if (batchSize is not null)
            {
                string why = $"reduction \"{Names.Value(reduction)}\" does not divide by it, \"batchmean\" alone does";
                findings.Report(Descriptors.ForbiddenBatchSize, batchSize.Syntax.Identifier, why);
            }
        }
        else if (parameters.DataKind == DataKind.TensorSpan)
        {
            if (batchSize is not null)
            {
                const string Why = "a tensor span knows it, it is the first dimension";
                findings.Report(Descriptors.ForbiddenBatchSize, batchSize.Syntax.Identifier, Why);
            }
        }
        else if (batchSize is null && parameters.DataKind == DataKind.Span)
        {
            findings.ReportFixable(
                Descriptors.MissingBatchSize, syntax.Identifier, FixProperties.ParameterType, "int", syntax.Identifier.Text);
        }
    }

    /// <summary>The upstream gradient has the shape of the loss: data for "none", and a number for the others.</summary>
    private static void CheckGradOutput(Reduction reduction, ParsedParameters parameters, Findings findings)
    {
        if (parameters.Find(ParameterRole.GradOutput) is not { Type: DataType type } gradOutput
            || parameters.DataKind is not DataKind kind
            || type.IsScalar == (reduction != Reduction.None))
        {
            return;
        }

        ElementType widest = parameters.PromotedType ?? type.Element!.Value;
        string allowed = reduction != Reduction.None
            ? Names.Or([.. parameters.ScalarTypes.Select(type => type.DisplayName())])
            : (kind == DataKind.TensorSpan ? "ReadOnlyTensorSpan<{0}> and TensorSpan<{0}>" : "ReadOnlySpan<{0}> and Span<{0}>")
                .Replace("{0}", widest.DisplayName());
        findings.Report(
            Descriptors.UnsupportedType,
            gradOutput.TypeSyntax,
            gradOutput.Syntax.Identifier.Text,
            Names.Message(gradOutput.Symbol.Type),
            $"{allowed}, as the loss of reduction \"{Names.Value(reduction)}\" is");
    }
}

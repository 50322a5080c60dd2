using static KlDivGen.Generator.Tests.DiagnosticCases;

namespace KlDivGen.Generator.Tests;

/// <summary>Sources with one mistake each that concerns rows, logits or divergences.</summary>
internal static class RowDiagnosticCases
{
    private const string Flat = "ReadOnlySpan<float> x, ReadOnlySpan<float> y";
    private const string Tensors = "ReadOnlyTensorSpan<float> x, ReadOnlyTensorSpan<float> y";
    private const string Both = "InputLogits = true, TargetLogits = true";

    public static IEnumerable<TheoryDataRow<string, string, string>> All =>
    [
        .. Divergences, .. Temperatures, .. TargetLogits, .. Classes, .. Roles, .. Results,
    ];

    private static IEnumerable<TheoryDataRow<string, string, string>> Divergences =>
    [
        InFlat(
            "KLDIV027",
            $"{Both}, Divergence = [|\"JSD\"|]",
            "\"JSD\" is not a divergence. Did you mean \"jsd\"? Allowed are \"forward\", \"reverse\" and \"jsd\"."),
        InFlat("KLDIV027", $"{Both}, Divergence = [|\"backward\"|], Beta = 0.1", "Did you mean \"forward\"?"),
        InFlat("KLDIV027", $"{Both}, Divergence = [|nameof(KlDivGen.Divergences.Reverse)|]", "Did you mean \"reverse\"?"),
        InFlat("KLDIV027", $"{Both}, Divergence = [|null|]", "null is not a divergence"),
        InFlat("KLDIV027", "Divergence = [|\"kl\"|]", "\"kl\" is not a divergence", parameters: string.Empty),
        InFlat("KLDIV031", $"{Both}, Divergence = \"jsd\", Beta = [|0|]", "Beta is 0; it must be greater than 0 and less than 1"),
        InFlat("KLDIV031", $"{Both}, Divergence = \"jsd\", Beta = [|1|]", "Beta is 1; it"),
        InFlat("KLDIV031", $"{Both}, Divergence = \"jsd\", Beta = [|-0.5|]", "Beta is -0.5; it"),
        InFlat("KLDIV031", $"{Both}, Divergence = \"jsd\", Beta = [|1.5f|]", "Beta is 1.5f; it"),
        InFlat("KLDIV031", $"{Both}, Divergence = \"jsd\", Beta = [|double.NaN|]", "Beta is double.NaN; it"),
        InFlat("KLDIV031", $"{Both}, Divergence = \"jsd\", Beta = [|\"half\"|]", "Beta is \"half\"; it"),
        InFlat(
            "KLDIV032",
            $"{Both}, [|Beta = 0.5|]",
            "'Beta' is not used: divergence \"forward\" has no mixture; set Divergence to \"jsd\", or remove it"),
        InFlat("KLDIV032", $"{Both}, [|Beta = 2|], Divergence = \"reverse\"", "divergence \"reverse\" has no mixture"),
        InFlat("KLDIV032", "[|Beta = 0.1|]", "divergence \"forward\"", parameters: string.Empty),
        Case(
            "KLDIV037",
            In($"[KLDivLoss] static partial float Loss({Flat}, int [|maxDegreeOfParallelism|]);"),
            "'maxDegreeOfParallelism' is not used: the method computes on the calling thread; set Parallel to true"),
    ];

    private static IEnumerable<TheoryDataRow<string, string, string>> Temperatures =>
    [
        InFlat("KLDIV028", $"{Both}, Temperature = [|0|]", "Temperature is 0; it must be a number from 2.94E-39 to 3.4E+38"),
        InFlat("KLDIV028", $"{Both}, Temperature = [|1e-40|]", "Temperature is 1e-40; it must be a number from 2.94E-39"),
        InFlat("KLDIV028", $"{Both}, Temperature = [|1e39|]", "Temperature is 1e39; it must be a number from 2.94E-39 to 3.4E+38"),
        Case(
            "KLDIV028",
            In("[KLDivLoss(InputLogits = true, Temperature = [|5e-309|])] static partial double Loss("
                + "ReadOnlySpan<double> input, ReadOnlySpan<float> target, int classes);"),
            "Temperature is 5e-309; it must be a number from 5.57E-309 to 1.79E+308"),
        InFlat(
            "KLDIV028",
            $"{Both}, Temperature = [|1e20|], TemperatureSquared = true",
            "Temperature is 1e20; it must be a number from 1.09E-19 to 1.84E+19, because its square multiplies losses and gradients"),
        InFlat("KLDIV028", $"{Both}, TemperatureSquared = true, Temperature = [|1e-20|]", "from 1.09E-19 to 1.84E+19"),
        InFlat("KLDIV028", $"{Both}, TemperatureSquared = true, Temperature = [|-2|]", "from 1.09E-19 to 1.84E+19"),
        Case(
            "KLDIV028",
            In("[KLDivLoss(InputLogits = true, Temperature = [|1.4e154|], TemperatureSquared = true)] static partial double Loss("
                + "ReadOnlySpan<double> input, ReadOnlySpan<float> target, int classes);"),
            "it must be a number from 1.5E-154 to 1.34E+154, because"),
        InFlat("KLDIV028", $"{Both}, Temperature = [|-2.0|]", "Temperature is -2.0; it"),
        InFlat("KLDIV028", "InputLogits = true, Temperature = [|double.NaN|]", "Temperature is double.NaN; it"),
        InFlat("KLDIV028", "TargetLogits = true, Temperature = [|1 / 0.0|]", "Temperature is 1 / 0.0; it"),
        InFlat("KLDIV028", $"{Both}, Temperature = [|default|]", "Temperature is default; it"),
        InFlat("KLDIV028", $"{Both}, Temperature = [|\"2\"|]", "Temperature is \"2\"; it"),
        InFlat("KLDIV028", $"{Both}, Temperature = [|Tau|]", "Temperature is Tau; it", after: "static double Tau = 2;"),
        InFlat(
            "KLDIV029",
            "[|Temperature = 2|]",
            "'Temperature' is not used: neither the input nor the target holds logits; set InputLogits or TargetLogits, or remove it",
            parameters: string.Empty),
        InFlat("KLDIV029", "InputLogits = false, [|Temperature = -1|]", "'Temperature' is not used", parameters: string.Empty),
        InFlat("KLDIV029", "[|TemperatureSquared = true|]", "'TemperatureSquared' is not used", parameters: string.Empty),
        InFlat("KLDIV029", "InputLogits = true, [|TemperatureSquared = true|]", "there is no temperature"),
        InFlat("KLDIV029", "Reduction = \"batchmean\"", "'temperature' is not used", parameters: ", int classes, float [|temperature|]"),
        InFlat(
            "KLDIV030",
            $"{Both}, [|Temperature = 2|]",
            "'Temperature' is not used: the parameter 'temperature' replaces it; remove one of the two",
            parameters: ", int classes, float temperature"),
        InFlat("KLDIV030", $"{Both}, [|Temperature = 0|]", "remove one", parameters: ", int classes, double temperature"),
    ];

    private static IEnumerable<TheoryDataRow<string, string, string>> TargetLogits =>
    [
        InFlat(
            "KLDIV033",
            "[|LogTarget = true|], TargetLogits = true",
            "The target cannot hold both log-probabilities and logits; remove LogTarget or TargetLogits"),
        InFlat(
            "KLDIV034",
            "TargetLogits = true, [|Dialect = \"strict\"|]",
            "'Dialect' is not used: the softmax of a target of logits is never negative, and all dialects agree; remove it"),
        InFlat("KLDIV034", $"[|Dialect = Dialects.Paddle|], {Both}", "all dialects agree"),
        InFlat("KLDIV034", $"[|Dialect = Dialects.Paddle|], {Both}, Divergence = \"jsd\"", "all dialects agree"),
        InFlat(
            "KLDIV034",
            "Divergence = \"reverse\", [|Dialect = \"pytorch\"|]",
            "'Dialect' is not used: no library defines the special values of divergence \"reverse\"; remove it",
            parameters: string.Empty),
    ];

    private static IEnumerable<TheoryDataRow<string, string, string>> Classes =>
    [
        Case(
            "KLDIV035",
            In($"[KLDivLoss(InputLogits = true)] static partial float [|Loss|]({Flat});"),
            "'Loss' computes rows of flat spans and needs a parameter 'int classes', the length of a row"),
        Case("KLDIV035", In($"[KLDivLoss(TargetLogits = true)] static partial float [|Loss|]({Flat});"), "'int classes'"),
        Case("KLDIV035", In($"[KLDivLoss(Reduction = \"row\")] static partial void [|Loss|]({Flat}, Span<float> output);"), "'int classes'"),
        Case("KLDIV035", In($"[KLDivLoss] static partial float [|Loss|]({Flat}, ReadOnlySpan<bool> mask);"), "'int classes'"),
        Case("KLDIV035", In($"[KLDivLoss] static partial float [|Loss|]({Flat}, ReadOnlySpan<float> weights);"), "'int classes'"),
        Case("KLDIV035", In($"[KLDivLoss(Reduction = \"batchmean\")] static partial float [|Loss|]({Flat}, Span<bool> mask);"), "'int classes'"),
        Case(
            "KLDIV035",
            In("[KLDivLoss(InputLogits = true)] static partial float [|Loss|](Span<float> x, Span<float> classes);"),
            "; rename the target 'classes': the first two parameters have their roles by position"),
        InFlat(
            "KLDIV036",
            "Reduction = \"sum\"",
            "'classes' is not used: reduction \"sum\" depends on rows only with logits, 'mask' or 'weights'; remove it",
            parameters: ", int [|classes|]"),
        InFlat("KLDIV036", "LogTarget = true", "reduction \"mean\" depends", parameters: ", int [|classes|]"),
        Case(
            "KLDIV036",
            In($"[KLDivLoss(Reduction = \"none\")] static partial void Loss({Flat}, Span<float> output, int [|classes|]);"),
            "reduction \"none\" depends"),
        Case(
            "KLDIV036",
            In($"[KLDivLoss({Both})] static partial float Loss({Tensors}, int [|classes|]);"),
            "'classes' is not used: it is the last dimension of the tensor spans; remove it"),
        Case("KLDIV036", In($"[KLDivLoss] static partial float Loss({Tensors}, int [|classes|]);"), "it is the last dimension"),
        InFlat(
            "KLDIV020",
            $"Reduction = \"batchmean\", {Both}",
            "'batchSize' is not used: \"batchmean\" of rows divides by the number of rows that count, which the method knows; remove it",
            parameters: ", int classes, int [|batchSize|]"),
        InFlat("KLDIV020", "Reduction = \"batchmean\"", "the number of rows that count", parameters: ", int classes, int [|batchSize|]"),
        InFlat("KLDIV020", $"Reduction = \"sum\", {Both}", "only \"batchmean\" does", parameters: ", int classes, int [|batchSize|]"),
    ];

    private static IEnumerable<TheoryDataRow<string, string, string>> Roles =>
    [
        InFlat("KLDIV011", "InputLogits = true", "Did you mean 'temperature'?", parameters: ", int classes, float [|temprature|]"),
        InFlat("KLDIV011", "InputLogits = true", "Did you mean 'weights'?", parameters: ", int classes, Span<float> [|weight|]"),
        InFlat("KLDIV013", "InputLogits = true", "Parameter 'classes' cannot be of type 'nint'; allowed: int", parameters: ", [|nint|] classes"),
        InFlat(
            "KLDIV013",
            "InputLogits = true",
            "Parameter 'temperature' cannot be of type 'Half'; allowed: float or double",
            parameters: ", int classes, [|Half|] temperature"),
        InFlat("KLDIV013", "InputLogits = true", "allowed: float or double", parameters: ", int classes, [|Span<float>|] temperature"),
        InFlat("KLDIV013", "InputLogits = true", "allowed: float or double", parameters: ", int classes, [|int|] temperature"),
        InFlat(
            "KLDIV013",
            "InputLogits = true",
            "Parameter 'mask' cannot be of type 'Span<byte>'; allowed: ReadOnlySpan<bool> or Span<bool>, with one value per row",
            parameters: ", int classes, [|Span<byte>|] mask"),
        InFlat("KLDIV013", "InputLogits = true", "'bool[]'", parameters: ", int classes, [|bool[]|] mask"),
        InFlat("KLDIV013", "InputLogits = true", "'Span<float>'", parameters: ", int classes, [|Span<float>|] mask"),
        InFlat("KLDIV013", "InputLogits = true", "'bool'", parameters: ", int classes, [|bool|] mask"),
        Case(
            "KLDIV013",
            In($"[KLDivLoss(InputLogits = true)] static partial float Loss({Tensors}, [|ReadOnlyTensorSpan<bool>|] mask);"),
            "allowed: ReadOnlySpan<bool> or Span<bool>, with one value per row"),
        Case(
            "KLDIV013",
            In($"[KLDivLoss(InputLogits = true)] static partial float Loss({Tensors}, [|ReadOnlyTensorSpan<float>|] weights);"),
            "Parameter 'weights' cannot be of type 'ReadOnlyTensorSpan<float>'; allowed: ReadOnlySpan<T> or Span<T>, with one value per row, of "),
        InFlat("KLDIV013", "InputLogits = true", "'Span<bool>'", parameters: ", int classes, [|Span<bool>|] weights"),
        InFlat("KLDIV013", "InputLogits = true", "'float'", parameters: ", int classes, [|float|] weights"),
        InFlat(
            "KLDIV016",
            "InputLogits = true",
            "Parameter 'weights' holds double values; it must hold float values",
            parameters: ", int classes, [|Span<double>|] weights"),
        Case(
            "KLDIV016",
            In("[KLDivLoss(InputLogits = true)] static partial float Loss(Span<Half> x, Span<float> y, int classes, [|Span<Half>|] weights);"),
            "Parameter 'weights' holds Half values; it must hold float values"),
        Case("KLDIV013", In("[KLDivLoss] static partial float Loss([|Span<bool>|] x, Span<float> y);"), "'Span<bool>'"),
    ];

    private static IEnumerable<TheoryDataRow<string, string, string>> Results =>
    [
        Case(
            "KLDIV017",
            In($"[KLDivLoss(Reduction = \"row\")] static partial void [|Loss|]({Flat}, int classes);"),
            "'Loss' has reduction \"row\" and needs a parameter 'Span<float> output' for the losses, or a gradient to compute"),
        Case(
            "KLDIV017",
            In($"[KLDivLoss(Reduction = Reductions.Row)] static partial void [|Loss|]({Tensors});"),
            "needs a parameter 'TensorSpan<float> output'"),
        InFlat("KLDIV018", "InputLogits = true", "Reduction \"mean\" returns one number", parameters: ", int classes, Span<float> [|output|]"),
        Case(
            "KLDIV013",
            In($"[KLDivLoss(Reduction = \"row\")] static partial void Loss({Flat}, int classes, [|float|] gradOutput, Span<float> gradInput);"),
            "allowed: ReadOnlySpan<float> or Span<float>, like the loss of reduction \"row\""),
        Case(
            "KLDIV014",
            In($"[KLDivLoss(Reduction = \"row\")] static partial void Loss({Tensors}, [|Span<float>|] output);"),
            "Parameter 'output' is a span, but the input is a tensor span"),
        Case(
            "KLDIV015",
            In($"[KLDivLoss(Reduction = \"row\")] static partial void Loss({Flat}, int classes, [|ReadOnlySpan<float>|] output);"),
            "its type must be Span<float>"),
        Case(
            "KLDIV022",
            In($"[KLDivLoss(Reduction = \"row\")] static partial [|float|] Loss({Flat}, int classes, Span<float> output);"),
            "with reduction \"row\" it must return void"),
    ];

    /// <summary>A method with the arguments of the attribute, and parameters after input and target.</summary>
    private static TheoryDataRow<string, string, string> InFlat(
        string id, string settings, string message, string parameters = ", int classes", string after = "") =>
        Case(id, In($"[KLDivLoss({settings})] static partial float Loss({Flat}{parameters}); {after}"), message);
}

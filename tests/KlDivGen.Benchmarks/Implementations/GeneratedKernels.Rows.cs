using KlDivGen.Benchmarks.Data;

namespace KlDivGen.Benchmarks.Implementations;

/// <summary>Kernels of this library: losses from logits, in rows of any length.</summary>
internal static partial class GeneratedKernels
{
    /// <summary>The kernels, each with its name in tables. The first one is the loss.</summary>
    public static IReadOnlyList<(string Name, Func<Operands<float>, int, double> Run)> Rows { get; } =
    [
        ("loss", (data, classes) => LossOfLogits(data.Input, data.Target, classes)),
        ("loss and gradInput", (data, classes) => LossOfLogitsAndGradInput(data.Input, data.Target, classes, data.GradInput)),
        ("`\"jsd\"`", (data, classes) => MixtureOfLogits(data.Input, data.Target, classes)),
        ("`\"row\"`", (data, classes) =>
        {
            LossOfEachRow(data.Input, data.Target, classes, data.Output);
            return double.NaN;
        }),
    ];

    [KLDivLoss(Reduction = Reductions.Sum, InputLogits = true, TargetLogits = true, Divergence = Divergences.JensenShannon)]
    private static partial double MixtureOfLogits(ReadOnlySpan<float> input, ReadOnlySpan<float> target, int classes);

    [KLDivLoss(Reduction = Reductions.Row, InputLogits = true, TargetLogits = true)]
    private static partial void LossOfEachRow(ReadOnlySpan<float> input, ReadOnlySpan<float> target, int classes, Span<float> output);
}

using System.Numerics;
using System.Runtime.CompilerServices;
using KlDivGen.Benchmarks.Measuring;

namespace KlDivGen.Benchmarks;

/// <summary>How a contender's time should compare with another's, both measured in turns in one process.</summary>
/// <param name="Kernel">The scenario's kernel.</param>
/// <param name="Length">The number of elements.</param>
/// <param name="Contender">Whose time is looked at.</param>
/// <param name="Against">Whose time it is divided by.</param>
/// <param name="Allowed">The ratio that must not be exceeded, or <see langword="null"/>.</param>
/// <param name="Aim">The ratio to aim at, or <see langword="null"/>.</param>
internal sealed record Goal(string Kernel, int Length, string Contender, string Against, double? Allowed, double? Aim);

/// <summary>The ratios that this library promises.</summary>
internal static class Goals
{
    private const int Medium = 32_768;
    private const int Large = 1 << 24;

    /// <summary>The goals of this process: jitted, or compiled ahead of time with the vectors it was given.</summary>
    public static IReadOnlyList<Goal> Current =>
        RuntimeFeature.IsDynamicCodeSupported ? Jitted : AheadOfTime(Vector<byte>.Count > 16 ? 0.45 : 0.60);

    /// <summary>The goals under the JIT.</summary>
    public static IReadOnlyList<Goal> Jitted { get; } =
    [
        new(Scenarios.Sum, 10, Names.KlDivGen, Names.TensorPrimitives, 0.30, 0.20),
        new(Scenarios.Sum, 1_000, Names.KlDivGen, Names.TensorPrimitives, 0.47, 0.38),
        new(Scenarios.Sum, Medium, Names.KlDivGen, Names.TensorPrimitives, 0.47, 0.38),
        new(Scenarios.Sum, Medium, Names.Deterministic, Names.TensorPrimitives, 0.75, 0.60),
        new(Scenarios.Sum, Medium, Names.KlDivGen, Names.Sleef1, 0.35, 0.25),
        new(Scenarios.Sum, Medium, Names.Zeros, Names.KlDivGen, 1.05, 1),
        new(Scenarios.Sum, Medium, Names.Subnormals, Names.KlDivGen, 1.5, 1.1),
        new(Scenarios.Sum, Medium, Names.Infinities, Names.KlDivGen, 1.5, 1.1),
        new(Scenarios.Sum, Large, Names.KlDivGen, Names.Floor, 1.40, 1.15),

        new(Scenarios.SumLogTarget, 10, Names.KlDivGen, Names.TensorPrimitives, 0.30, 0.20),
        new(Scenarios.SumLogTarget, 1_000, Names.KlDivGen, Names.TensorPrimitives, 0.35, 0.28),
        new(Scenarios.SumLogTarget, Medium, Names.KlDivGen, Names.TensorPrimitives, 0.35, 0.28),
        new(Scenarios.SumLogTarget, Medium, Names.Deterministic, Names.TensorPrimitives, 0.75, 0.60),
        new(Scenarios.SumLogTarget, Medium, Names.Subnormals, Names.KlDivGen, 1.5, 1.1),
        new(Scenarios.SumLogTarget, Medium, Names.Infinities, Names.KlDivGen, 1.5, 1.1),
        new(Scenarios.SumLogTarget, Large, Names.KlDivGen, Names.Floor, 1.40, 1.15),

        new(Scenarios.None, Medium, Names.KlDivGen, Names.TensorPrimitives, 0.62, 0.50),
        new(Scenarios.CompensatedDoubleAccumulator, Medium, Names.KlDivGen, Names.TensorPrimitives, 0.40, 0.33),
        new(Scenarios.DoubleSumLogTarget, Medium, Names.KlDivGen, Names.TensorPrimitives, 0.45, 0.33),

        new(Scenarios.GradInput, Medium, Names.KlDivGen, Names.TensorPrimitives, 0.45, null),
        new(Scenarios.GradInputLogTarget, Medium, Names.KlDivGen, Names.TensorPrimitives, 0.45, null),
        new(Scenarios.GradBoth, Medium, Names.KlDivGen, Names.TensorPrimitives, 0.40, null),
        new(Scenarios.GradBothLogTarget, Medium, Names.KlDivGen, Names.TensorPrimitives, 0.40, null),
        new(Scenarios.GradInput, Large, Names.KlDivGen, Names.Floor, 1.3, null),

        new(Scenarios.HalfSum, Medium, Names.KlDivGen, Names.Single, 1.4, null),
        new(Scenarios.HalfSumLogTarget, Medium, Names.KlDivGen, Names.Single, 1.4, null),
        new(Scenarios.Tensors, Medium, Names.DenseTensor, Names.KlDivGen, null, 1),
        new(Scenarios.Tensors, Medium, Names.Sliced, Names.KlDivGen, null, 1.1),
        new(Scenarios.Tensors, Medium, Names.Transposed, Names.CopyFirst, null, 1),
    ];

    private static Goal[] AheadOfTime(double allowed) =>
    [
        new(Scenarios.Sum, Medium, Names.KlDivGen, Names.TensorPrimitives, allowed, null),
        new(Scenarios.SumLogTarget, Medium, Names.KlDivGen, Names.TensorPrimitives, allowed, null),
    ];
}

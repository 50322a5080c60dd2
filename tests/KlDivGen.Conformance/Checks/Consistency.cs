using System.Numerics;
using System.Runtime.Intrinsics;
using KlDivGen.Conformance.Arithmetic;
using KlDivGen.Conformance.Cases;
using KlDivGen.Conformance.Data;
using KlDivGen.Conformance.Matrix;
using KlDivGen.Conformance.Memory;
using KlDivGen.Conformance.Oracle;

namespace KlDivGen.Conformance.Checks;

/// <summary>Relations between the results of several methods, or of several calls of one method.</summary>
internal static class Consistency
{
    /// <summary>The fewest elements that may take the main loop of 512-bit vectors: four iterations of two vectors of doubles.</summary>
    private const int MinTableLength = 64;

    private static readonly int[] Lengths = [1, 2, 5, 16, 33, 64, 100, 200, 300];

    public static Check Check { get; } = new("consistency", _ => true, (kernel, memory) =>
        LossWithoutGradients(kernel, memory)
            .Concat(SignOfZero(kernel, memory))
            .Concat(LastRounding(kernel, memory))
            .Concat(Placements(kernel, memory))
            .Concat(Neighbours(kernel, memory))
            .Concat(FiniteDifferences(kernel, memory)));

    private static Call CreateCall(Settings settings, int length, OperandPlacement placement) =>
        (length <= 300 ? Datasets.Short(settings) : Datasets.Large(settings)).CreateCall(0, length) with { Placement = placement };

    /// <summary>
    /// A method that also computes gradients gives the same loss, bit for bit, as one that does not. Only a sum that has its weights from
    /// a table differs: by rounding errors of its terms.
    /// </summary>
    private static IEnumerable<string> LossWithoutGradients(KernelCase kernel, OperandMemory memory)
    {
        Settings settings = kernel.Settings;
        if (settings.Outputs == Outputs.Loss || !settings.HasLoss)
        {
            return [];
        }

        Settings lossAlone = settings with { Outputs = Outputs.Loss, GradOutput = null };
        if (!KernelGroups.Names.Contains(lossAlone.Group)
            || Array.Find(KernelGroups.Get(lossAlone.Group), c => c.Settings == lossAlone) is not { } other)
        {
            return [];
        }

        // These targets need the slow path of at least one of the two methods, in blocks as well as in tails.
        FloatFormat format = FloatFormat.Of(settings.Target);
        double[] targets = settings.LogTarget ? [-100, -110, 3] : [0, format.Epsilon, format.MinNormal * 0.75, 3];
        bool hasTable = Vector512.IsHardwareAccelerated && Vector<byte>.Count < Vector512<byte>.Count && !settings.Deterministic
            && settings.Reduction != Reduction.None
            && (settings.Divergence == Divergence.Reverse || (settings.Divergence == Divergence.Forward && settings.LogTarget));
        return
            from length in Enumerable.Range(1, 70).Append(5000)
            let ordinary = CreateCall(settings, length, OperandPlacement.AtEnd)
            from call in targets.SelectMany(y => ((int[])[0, length / 2, length - 1]).Select(i => WithTarget(ordinary, i, y))).Prepend(ordinary)
            let pair = (kernel.Run(memory, call), other.Run(memory, call))
            where !(hasTable && length >= MinTableLength
                ? IsNear(settings, call, pair.Item1.Returned, pair.Item2.Returned)
                : Bits.Equal(pair.Item1.Returned, pair.Item2.Returned) && Bits.Equal(pair.Item1.Output, pair.Item2.Output))
            select $"n = {length}: the loss {pair.Item1.Returned:R} is not {other.Title}'s {pair.Item2.Returned:R}";
    }

    /// <summary>Whether two losses differ by at most twice 2⁻²² · Σ|lᵢ| (2⁻⁵¹), the contract's bound of a reduction.</summary>
    private static bool IsNear(Settings settings, Call call, double a, double b)
    {
        if (a.Equals(b) || !double.IsFinite(a) || !double.IsFinite(b))
        {
            return a.Equals(b);
        }

        double losses = 0;
        for (int i = 0; i < call.X.Length; i++)
        {
            double x = call.X.Span[i], y = call.Y.Span[i], logTarget = settings.LogTarget ? y : Math.Log(y);
            losses += Math.Abs(Math.Exp(settings.Divergence == Divergence.Reverse ? x : y) * (logTarget - x));
        }

        double divisor = ResultVerifier.Divisor(settings, call.X.Length, call.BatchSize);
        return Math.Abs(a - b) <= losses / divisor * 2 * Math.ScaleB(1, 2 - settings.StorageFormat.Precision);
    }

    /// <summary>
    /// A sum of zeros, and a gradient that is zero, is never −0. (With a log target, a loss that underflows has its sign.)
    /// </summary>
    private static IEnumerable<string> SignOfZero(KernelCase kernel, OperandMemory memory)
    {
        Settings settings = kernel.Settings;
        double zero = settings.LogTarget ? -800 : 0;
        foreach (int length in Enumerable.Range(1, 70))
        {
            Call call = new(Enumerable.Repeat(-1.0, length).ToArray(), Enumerable.Repeat(zero, length).ToArray())
            {
                GradOutput = -1,
                GradOutputs = Enumerable.Repeat(-1.0, length).ToArray(),
            };
            CallResult result = kernel.Run(memory, call);
            double[] zeros =
            [
                .. settings.LogTarget ? [] : result.Output, .. result.GradInput, .. result.GradTarget, settings.HasLoss ? result.Returned : 0,
            ];
            if (zeros.Any(value => Bits.Equal(value, -0.0)))
            {
                yield return $"n = {length}: −0";
            }
        }
    }

    private static Call WithTarget(Call call, int index, double target)
    {
        double[] y = call.Y.ToArray();
        y[index] = target;
        return call with { Y = y };
    }

    /// <summary>A loss returned as T is the loss returned as double, rounded.</summary>
    private static IEnumerable<string> LastRounding(KernelCase kernel, OperandMemory memory)
    {
        Settings settings = kernel.Settings;
        if (settings is not { Return: ElementType.Double, HasLoss: true } || settings.PromotedType == ElementType.Double)
        {
            return [];
        }

        Settings rounded = settings with { Return = settings.PromotedType };
        if (KernelGroups.Get(rounded.Group).SingleOrDefault(c => c.Settings == rounded) is not { } other)
        {
            return [];
        }

        return
            from length in Lengths.Append(5000)
            let call = CreateCall(settings, length, OperandPlacement.AtEnd)
            let pair = (kernel.Run(memory, call).Returned, other.Run(memory, call).Returned)
            where !Bits.Equal(settings.StorageFormat.Round(pair.Item1), pair.Item2)
            select $"n = {length}: {other.Title} rounds {pair.Item1:R} to {pair.Item2:R}";
    }

    /// <summary>The bits of a deterministic method do not depend on where its operands lie.</summary>
    private static IEnumerable<string> Placements(KernelCase kernel, OperandMemory memory)
    {
        if (!kernel.Settings.Deterministic)
        {
            yield break;
        }

        foreach (int length in Lengths)
        {
            CallResult first = kernel.Run(memory, CreateCall(kernel.Settings, length, OperandPlacement.AtEnd));
            for (int offset = 0; offset < 9; offset++)
            {
                OperandPlacement placement = new(Edge.Start, offset, (offset * 3) & 7, (offset * 5) & 7);
                if (!first.HasSameBits(kernel.Run(memory, CreateCall(kernel.Settings, length, placement))))
                {
                    yield return $"n = {length}: different bits at offset {offset}";
                }
            }
        }
    }

    /// <summary>
    /// The values that a deterministic method writes for an element do not depend on other elements. Whether a special value some hundreds
    /// of elements later is in the same block depends on the vector width.
    /// </summary>
    private static IEnumerable<string> Neighbours(KernelCase kernel, OperandMemory memory)
    {
        const int count = 1100;
        Settings settings = kernel.Settings;
        if (!settings.Deterministic || !settings.Writes)
        {
            yield break;
        }

        FloatFormat format = FloatFormat.Of(settings.Target);
        double[] specials =
        [
            -1, double.NaN, double.NegativeInfinity, double.PositiveInfinity, 6e-8, 3, -110, format.Epsilon, format.MinNormal * 0.75,
        ];

        // The second one makes every gradient too small for float: whether the zeros are negative must not depend on other elements.
        double[] gradOutputs = settings.GradOutput == ElementType.Double ? [-0.8125, 1e-300] : [-0.8125];
        foreach ((double special, double gradOutput) in from s in specials from g in gradOutputs select (s, g))
        {
            Call ordinary = Datasets.Large(settings).CreateCall(0, count, gradOutput) with { BatchSize = 1 };
            CallResult first = kernel.Run(memory, ordinary);
            CallResult other = kernel.Run(memory, WithTarget(ordinary, count - 1, special));
            foreach ((string name, double[] before, double[] after) in
                ((string, double[], double[])[])
                [
                    ("output", first.Output, other.Output),
                    ("gradInput", first.GradInput, other.GradInput),
                    ("gradTarget", first.GradTarget, other.GradTarget),
                ])
            {
                int index = Enumerable.Range(0, Math.Max(0, before.Length - 1)).FirstOrDefault(i => !Bits.Equal(before[i], after[i]), -1);
                if (index >= 0)
                {
                    yield return $"y = {special:R} at {count - 1}: {name} {after[index]:R} at {index}, without it {before[index]:R}";
                }
            }
        }
    }

    /// <summary>Gradients in double are close to central differences of the method's own loss.</summary>
    private static IEnumerable<string> FiniteDifferences(KernelCase kernel, OperandMemory memory)
    {
        Settings settings = kernel.Settings;
        const int count = 12;
        const double step = 1e-5;
        if (settings is not { HasLoss: true, Return: ElementType.Double, Input: ElementType.Double, Target: ElementType.Double }
            || settings.Outputs == Outputs.Loss)
        {
            yield break;
        }

        RandomSource random = new(31);
        double[] x = random.Fill(count, FloatFormat.Double, r => r.Uniform(-4, 0));
        double[] y = random.Fill(count, FloatFormat.Double, r => settings.LogTarget ? r.Uniform(-4, 0) : r.Uniform(0.1, 1));
        CallResult result = kernel.Run(memory, new(x, y) { BatchSize = 3 });
        for (int i = 0; i < count; i++)
        {
            if (settings.HasGradInput && Math.Abs(Slope(x, i) - result.GradInput[i]) > 1e-8)
            {
                yield return $"x = {x[i]:R}, y = {y[i]:R}: gradInput {result.GradInput[i]:R}, slope of the loss {Slope(x, i):R}";
            }

            if (settings.HasGradTarget && Math.Abs(Slope(y, i) - result.GradTarget[i]) > 1e-8)
            {
                yield return $"x = {x[i]:R}, y = {y[i]:R}: gradTarget {result.GradTarget[i]:R}, slope of the loss {Slope(y, i):R}";
            }
        }

        double Slope(double[] data, int i)
        {
            double original = data[i];
            data[i] = original + step;
            double above = kernel.Run(memory, new(x, y) { BatchSize = 3 }).Returned;
            data[i] = original - step;
            double below = kernel.Run(memory, new(x, y) { BatchSize = 3 }).Returned;
            data[i] = original;
            return (above - below) / (2 * step);
        }
    }
}

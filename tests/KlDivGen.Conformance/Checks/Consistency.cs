using System.Runtime.InteropServices;
using KlDivGen.Conformance.Arithmetic;
using KlDivGen.Conformance.Columns;
using KlDivGen.Conformance.Data;
using KlDivGen.Conformance.Matrix;
using KlDivGen.Conformance.Memory;

namespace KlDivGen.Conformance.Checks;

/// <summary>What must hold between methods, and between calls of one, to the bit.</summary>
internal static class Consistency
{
    private static readonly int[] Lengths = [1, 2, 5, 16, 33, 64, 100, 200, 300];

    public static Check Check { get; } = new("consistency", _ => true, (column, arena) =>
        Plain(column, arena).Concat(Zeros(column, arena)).Concat(LastRounding(column, arena)).Concat(Placements(column, arena)).Concat(Neighbours(column, arena)).Concat(Differences(column, arena)));

    /// <summary>Whether two results are the same to the bit.</summary>
    public static bool Same(double a, double b) => BitConverter.DoubleToInt64Bits(a) == BitConverter.DoubleToInt64Bits(b);

    /// <summary>Whether all of two results are the same to the bit.</summary>
    public static bool Same(double[] a, double[] b) => MemoryMarshal.AsBytes<double>(a).SequenceEqual(MemoryMarshal.AsBytes<double>(b));

    private static Call Of(Settings settings, int length, Placement placement)
    {
        var sample = length <= 300 ? Samples.Short(settings) : Samples.Large(settings);
        return new(sample.X.AsMemory(0, length), sample.Y.AsMemory(0, length)) { BatchSize = Judge.BatchOf(length), Placement = placement };
    }

    /// <summary>A method that computes gradients too gives the same loss, bit for bit, as the one that does not.</summary>
    private static IEnumerable<string> Plain(Column column, Arena arena)
    {
        var settings = column.Settings;
        if (settings.Outputs == Outputs.Loss || !settings.HasLoss)
        {
            return [];
        }

        var plain = settings with { Outputs = Outputs.Loss, Upstream = false };
        if (Array.Find(Families.Of(plain.Family), c => c.Settings == plain) is not { } other)
        {
            return [];
        }

        // Both have to agree where only the one needs care, too, be it in whole vectors or in what is left over.
        var format = Format.Of(settings.Target);
        double[] targets = settings.LogTarget ? [-100, -110, 3] : [0, format.Epsilon, format.MinNormal * 0.75, 3];
        return
            from length in Enumerable.Range(1, 70).Append(5000)
            let clean = Of(settings, length, Placement.AtEnd)
            from call in targets.SelectMany(y => ((int[])[0, length / 2, length - 1]).Select(i => With(clean, i, y))).Prepend(clean)
            let pair = (column.Run(arena, call), other.Run(arena, call))
            where !Same(pair.Item1.Returned, pair.Item2.Returned) || !Same(pair.Item1.Output, pair.Item2.Output)
            select $"n = {length}: the loss {pair.Item1.Returned:R} is not {other.Title}'s {pair.Item2.Returned:R}";
    }

    /// <summary>
    /// What is 0 is never −0, whichever way it was computed: not a sum of nothing but zeros, nor what is written of one. (A loss with a log
    /// target that is too near to 0 for the type has its sign.)
    /// </summary>
    private static IEnumerable<string> Zeros(Column column, Arena arena)
    {
        var settings = column.Settings;
        double zero = settings.LogTarget ? -800 : 0;
        foreach (int length in Enumerable.Range(1, 70))
        {
            var call = new Call(Enumerable.Repeat(-1.0, length).ToArray(), Enumerable.Repeat(zero, length).ToArray())
            {
                BatchSize = 1,
                GradOutput = -1,
            };
            var outcome = column.Run(arena, call);
            double[] zeros = [.. settings.LogTarget ? [] : outcome.Output, .. outcome.GradInput, .. outcome.GradTarget, settings.HasLoss ? outcome.Returned : 0];
            if (zeros.Any(v => Same(v, -0.0)))
            {
                yield return $"n = {length}: −0";
            }
        }
    }

    private static Call With(Call call, int index, double target)
    {
        double[] y = call.Y.ToArray();
        y[index] = target;
        return call with { Y = y };
    }

    /// <summary>What is returned as T is the double before its last rounding, rounded.</summary>
    private static IEnumerable<string> LastRounding(Column column, Arena arena)
    {
        var settings = column.Settings;
        if (settings is not { Return: Element.Double, HasLoss: true } || settings.Widest == Element.Double)
        {
            return [];
        }

        var rounded = settings with { Return = settings.Widest };
        if (Families.Of(rounded.Family).SingleOrDefault(c => c.Settings == rounded) is not { } other)
        {
            return [];
        }

        return
            from length in Lengths.Append(5000)
            let call = Of(settings, length, Placement.AtEnd)
            let pair = (column.Run(arena, call).Returned, other.Run(arena, call).Returned)
            where !Same(Format.Of(settings.Widest).Round(pair.Item1), pair.Item2)
            select $"n = {length}: {pair.Item1:R} was rounded to {pair.Item2:R} by {other.Title}";
    }

    /// <summary>A deterministic method's bits do not depend on where its operands lie.</summary>
    private static IEnumerable<string> Placements(Column column, Arena arena)
    {
        if (!column.Settings.Deterministic)
        {
            yield break;
        }

        foreach (int length in Lengths)
        {
            var first = column.Run(arena, Of(column.Settings, length, Placement.AtEnd));
            for (int offset = 0; offset < 9; offset++)
            {
                var other = column.Run(arena, Of(column.Settings, length, new(Edge.Start, offset, (offset * 3) & 7, (offset * 5) & 7)));
                if (!Same(first.Returned, other.Returned) || !Same(first.Output, other.Output)
                    || !Same(first.GradInput, other.GradInput) || !Same(first.GradTarget, other.GradTarget))
                {
                    yield return $"n = {length}: other bits at offset {offset}";
                }
            }
        }
    }

    /// <summary>
    /// What a deterministic method writes of an element does not depend on other elements: a special value some hundreds of elements
    /// on is in the same block at one vector width, and not at another.
    /// </summary>
    private static IEnumerable<string> Neighbours(Column column, Arena arena)
    {
        const int count = 1100;
        var settings = column.Settings;
        if (!settings.Deterministic || settings is { WritesLoss: false, HasGradInput: false, HasGradTarget: false })
        {
            yield break;
        }

        double[] x = Samples.Large(settings).X[..count], y = Samples.Large(settings).Y[..count];
        var first = column.Run(arena, new(x, y));
        var format = Format.Of(settings.Target);
        double[] specials =
        [
            -1, double.NaN, double.NegativeInfinity, double.PositiveInfinity, 6e-8, 3, -110, format.Epsilon, format.MinNormal * 0.75,
        ];
        foreach (double special in specials)
        {
            var call = new Call(x, (double[])[.. y[..^1], special]);
            var other = column.Run(arena, call);
            double[][] pairs = [first.Output, other.Output, first.GradInput, other.GradInput, first.GradTarget, other.GradTarget];
            for (int k = 0; k < pairs.Length; k += 2)
            {
                int place = Enumerable.Range(0, Math.Max(0, pairs[k].Length - 1)).FirstOrDefault(i => !Same(pairs[k][i], pairs[k + 1][i]), -1);
                if (place >= 0)
                {
                    string name = ((string[])["output", "gradInput", "gradTarget"])[k / 2];
                    yield return $"y = {special:R} at {count - 1}: {name} {pairs[k + 1][place]:R} at {place}, y = {y[place]:R}, was {pairs[k][place]:R}";
                }
            }
        }
    }

    /// <summary>Gradients in double against central differences of the method's own loss.</summary>
    private static IEnumerable<string> Differences(Column column, Arena arena)
    {
        var settings = column.Settings;
        const int count = 12;
        const double step = 1e-5;
        if (settings is not { HasLoss: true, Return: Element.Double, Input: Element.Double, Target: Element.Double }
            || settings.Outputs == Outputs.Loss)
        {
            yield break;
        }

        var random = new RandomSource(31);
        double[] x = random.Fill(count, Format.Double, r => r.Uniform(-4, 0));
        double[] y = random.Fill(count, Format.Double, r => settings.LogTarget ? r.Uniform(-4, 0) : r.Uniform(0.1, 1));
        var outcome = column.Run(arena, new(x, y) { BatchSize = 3 });
        for (int i = 0; i < count; i++)
        {
            if (settings.HasGradInput && Math.Abs(Slope(x, i) - outcome.GradInput[i]) > 1e-8)
            {
                yield return $"x = {x[i]:R}, y = {y[i]:R}: gradInput {outcome.GradInput[i]:R}, but the loss's slope is {Slope(x, i):R}";
            }

            if (settings.HasGradTarget && Math.Abs(Slope(y, i) - outcome.GradTarget[i]) > 1e-8)
            {
                yield return $"x = {x[i]:R}, y = {y[i]:R}: gradTarget {outcome.GradTarget[i]:R}, but the loss's slope is {Slope(y, i):R}";
            }
        }

        double Slope(double[] data, int i)
        {
            double kept = data[i];
            data[i] = kept + step;
            double above = column.Run(arena, new(x, y) { BatchSize = 3 }).Returned;
            data[i] = kept - step;
            double below = column.Run(arena, new(x, y) { BatchSize = 3 }).Returned;
            data[i] = kept;
            return (above - below) / (2 * step);
        }
    }
}

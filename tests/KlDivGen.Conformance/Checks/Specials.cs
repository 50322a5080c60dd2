using KlDivGen.Conformance.Arithmetic;
using KlDivGen.Conformance.Columns;
using KlDivGen.Conformance.Data;
using KlDivGen.Conformance.Memory;
using KlDivGen.Conformance.Oracle;

namespace KlDivGen.Conformance.Checks;

/// <summary>The contract's table of special values, at every place of a vector: main loop, remainder, tail and short data.</summary>
internal static class Specials
{
    private static readonly (int Length, int Place)[] Places =
    [
        (1, 0), (2, 1), (3, 0), (5, 4), (9, 8), (17, 3), (33, 32), (40, 7), (67, 65), (131, 0), (131, 64), (131, 100), (131, 129), (131, 130),
    ];

    /// <summary>Every special pair at every lane, in everything that is written element by element.</summary>
    public static Check Everywhere { get; } = new("specials", s => s.WritesLoss || s.HasGradInput || s.HasGradTarget, Written);

    /// <summary>Every special pair among ordinary elements, in the returned loss.</summary>
    public static Check Reduced { get; } = new("specials-reduced", s => s.HasLoss && s.Return is not null, Returned);

    private static IEnumerable<string> Written(Column column, Arena arena)
    {
        var sample = SpecialValues.Pairs(column.Settings);
        double[] x = [.. sample.X, .. sample.X], y = [.. sample.Y, .. sample.Y];
        var whole = from shift in Enumerable.Range(0, 65) select (shift, sample.Length - (shift % 5));
        var parts = from length in Enumerable.Range(1, 40) from k in Enumerable.Range(0, (sample.Length / length) + 1) select (k * length, length);
        foreach (var (shift, length) in whole.Concat(parts))
        {
            var call = new Call(x.AsMemory(shift, length), y.AsMemory(shift, length))
            {
                BatchSize = 1,
                GradOutput = column.Settings.Upstream ? -0.75 : 1,
                Placement = new((Edge)(shift & 1)),
            };

            // A shift of the sample's own length is none, but its sum is not that of the sample's beginning.
            foreach (string wrong in Judge.Wrong(sample, column.Settings, call, column.Run(arena, call), shift == 0 ? sample.Length : shift))
            {
                yield return wrong;
            }
        }
    }

    private static IEnumerable<string> Returned(Column column, Arena arena)
    {
        var settings = column.Settings;
        var (specials, ordinary) = (SpecialValues.Pairs(settings), Samples.Short(settings));
        var totals = Places.Select(p => Others(settings, ordinary, p.Length, p.Place)).ToArray();
        double[] x = ordinary.X[..131], y = ordinary.Y[..131];
        for (int i = 0; i < specials.Length; i++)
        {
            var loss = specials.Loss(settings, i);
            if (!loss.AddsUp(settings.Computed))
            {
                continue;
            }

            for (int k = 0; k < Places.Length; k++)
            {
                var (length, place) = Places[k];
                (x[place], y[place]) = (specials.X[i], specials.Y[i]);
                var call = new Call(x.AsMemory(0, length), y.AsMemory(0, length)) { BatchSize = 1, Placement = new((Edge)(k & 1)) };
                var outcome = column.Run(arena, call);
                (x[place], y[place]) = (ordinary.X[place], ordinary.Y[place]);
                double divisor = Judge.Divisor(settings, length, 1);
                var expected = Sum(loss, totals[k], settings.Computed, divisor);
                string? wrong = outcome.Damage ?? outcome.Error?.Message
                    ?? expected.Explain(outcome.Returned, settings.Computed, Format.Of(settings.Return!.Value));
                if (wrong is not null)
                {
                    yield return $"n = {length}, x = {specials.X[i]:R}, y = {specials.Y[i]:R} at {place}: {wrong}";
                }
            }
        }
    }

    /// <summary>What the ordinary elements but one add up to, and their magnitudes.</summary>
    private static (DoubleDouble Sum, double Size) Others(Settings settings, Sample ordinary, int length, int place)
    {
        var sum = DoubleDouble.Zero;
        double size = 0;
        for (int i = 0; i < length; i++)
        {
            var loss = i == place ? DoubleDouble.Zero : ordinary.Loss(settings, i).Value;
            sum += loss;
            size += Math.Abs(loss.Hi);
        }

        return (sum, size);
    }

    private static Expected Sum(Expected loss, (DoubleDouble Sum, double Size) others, Format format, double divisor)
    {
        if (!double.IsFinite(loss.Value.Hi))
        {
            return new(loss.Value.Hi);
        }

        // A special loss that outweighs all others is as far off as it may be alone, besides what the sum may.
        double alone = (loss.Ulps * format.Ulp(loss.Value.Hi)) + loss.Slack;
        double size = others.Size + Math.Abs(loss.Value.Hi), bound = (size * Math.ScaleB(1, 2 - format.Precision)) + alone;
        return new((others.Sum + loss.Value) / divisor, 0, (bound / divisor) + format.Epsilon, Sample.OverflowOf(format, size));
    }
}

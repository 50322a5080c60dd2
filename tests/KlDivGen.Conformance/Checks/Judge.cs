using KlDivGen.Conformance.Arithmetic;
using KlDivGen.Conformance.Columns;
using KlDivGen.Conformance.Oracle;

namespace KlDivGen.Conformance.Checks;

/// <summary>Holds an outcome against a sample's expectations.</summary>
internal static class Judge
{
    /// <summary>A divisor of a length, to serve as the number of examples: different ones for different lengths.</summary>
    public static int BatchOf(int length) => length == 0 ? 4 : length % 5 == 0 ? 5 : length % 3 == 0 ? 3 : length % 7 == 0 ? length : 1;

    /// <summary>What a sum is divided by.</summary>
    public static double Divisor(Settings settings, int length, int batchSize) => settings.Reduction switch
    {
        Reduction.Mean => length,
        Reduction.BatchMean => batchSize,
        _ => 1,
    };

    /// <summary>Everything that is wrong with an outcome over elements from a sample's beginning or, at a shift, around its end.</summary>
    /// <param name="sample">The data.</param>
    /// <param name="settings">The method.</param>
    /// <param name="call">The call made with it: its x and y are the sample's, from <paramref name="shift"/> on.</param>
    /// <param name="outcome">What came of it.</param>
    /// <param name="shift">The first element's place in the sample; a returned loss is judged at 0 only.</param>
    /// <param name="near">Whether elements' errors relative to y count in a reduction.</param>
    public static IEnumerable<string> Wrong(
        Sample sample, Settings settings, Call call, Outcome outcome, int shift = 0, bool near = false)
    {
        int count = call.X.Length;
        if (outcome.Error is { } error)
        {
            yield return $"n = {count}: threw {error.GetType().Name}: {error.Message}";
            yield break;
        }

        if (outcome.Damage is { } damage)
        {
            yield return $"n = {count}, {call.Placement}: {damage}";
        }

        double divisor = Divisor(settings, count, call.BatchSize);
        if (settings.Return is { } type && shift == 0 && sample.Reduced(settings, count, divisor, near) is { } reduced
            && reduced.Explain(outcome.Returned, settings.Computed, Format.Of(type)) is { } wrong)
        {
            yield return $"n = {count}, batchSize = {call.BatchSize}, {call.Placement}: returned {wrong}";
        }

        var stored = Format.Of(settings.Widest);
        for (int i = 0; i < count; i++)
        {
            int at = (i + shift) % sample.Length;
            if (settings.WritesLoss && sample.Loss(settings, at).Explain(outcome.Output[i], settings.Computed, stored) is { } loss)
            {
                yield return $"{Where(i, at)}: output {loss}";
            }

            double upstream = !settings.Upstream ? 1 : call.GradOutputs is { } each ? each.Span[i] : call.GradOutput;
            var factor = (DoubleDouble)upstream / divisor;
            if (settings.HasGradInput
                && sample.GradInput(settings, at).Times(factor).Explain(outcome.GradInput[i], settings.Computed, stored) is { } dx)
            {
                yield return $"{Where(i, at)}, g = {upstream:R}: gradInput {dx}";
            }

            if (settings.HasGradTarget
                && sample.GradTarget(settings, at).Times(factor).Explain(outcome.GradTarget[i], settings.Computed, stored) is { } dy)
            {
                yield return $"{Where(i, at)}, g = {upstream:R}: gradTarget {dy}";
            }
        }

        string Where(int i, int at) => $"n = {count}, element {i}, x = {sample.X[at]:R}, y = {sample.Y[at]:R}, {call.Placement}";
    }
}

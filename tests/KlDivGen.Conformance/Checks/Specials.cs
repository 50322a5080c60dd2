using KlDivGen.Conformance.Arithmetic;
using KlDivGen.Conformance.Cases;
using KlDivGen.Conformance.Data;
using KlDivGen.Conformance.Memory;
using KlDivGen.Conformance.Oracle;

namespace KlDivGen.Conformance.Checks;

/// <summary>The contract's table of special values, at every position of a vector: in blocks, tails and short data.</summary>
internal static class Specials
{
    private static readonly (int Length, int Position)[] Positions =
    [
        (1, 0), (2, 1), (3, 0), (5, 4), (9, 8), (17, 3), (33, 32), (40, 7), (67, 65), (131, 0), (131, 64), (131, 100), (131, 129), (131, 130),
    ];

    /// <summary>Every pair of special values in every lane, for all results that are written element by element.</summary>
    public static Check Everywhere { get; } = new("specials", s => s.Writes, VerifyWritten);

    /// <summary>Every pair of special values among ordinary elements, for the returned loss.</summary>
    public static Check Reduced { get; } = new("specials-reduced", s => s.ReturnsLoss, VerifyReturned);

    private static IEnumerable<string> VerifyWritten(KernelCase kernel, OperandMemory memory)
    {
        Dataset dataset = SpecialValues.Pairs(kernel.Settings);
        Dataset twice = new(
            dataset.LogTarget, [.. dataset.X, .. dataset.X], [.. dataset.Y, .. dataset.Y], [.. dataset.GradOutputs, .. dataset.GradOutputs]);
        IEnumerable<(int Shift, int Length)> whole = from shift in Enumerable.Range(0, 65) select (shift, dataset.Length - (shift % 5));
        IEnumerable<(int Shift, int Length)> parts =
            from length in Enumerable.Range(1, 40) from k in Enumerable.Range(0, (dataset.Length / length) + 1) select (k * length, length);
        foreach ((int shift, int length) in whole.Concat(parts))
        {
            Call call = twice.CreateCall(shift, length, gradOutput: -0.75) with { BatchSize = 1, Placement = new((Edge)(shift & 1)) };

            // A shift by the length of the dataset is not 0: the call contains other elements than those from 0 on.
            foreach (string error in ResultVerifier.FindErrors(
                dataset, kernel.Settings, call, kernel.Run(memory, call), shift == 0 ? dataset.Length : shift))
            {
                yield return error;
            }
        }
    }

    private static IEnumerable<string> VerifyReturned(KernelCase kernel, OperandMemory memory)
    {
        Settings settings = kernel.Settings;
        (Dataset specials, Dataset ordinary) = (SpecialValues.Pairs(settings), Datasets.Short(settings));
        (DoubleDouble Sum, double Losses, double Probabilities)[] others = Array.ConvertAll(
            Positions, p => SumOthers(settings, ordinary, p.Length, p.Position));
        double[] x = ordinary.X[..131], y = ordinary.Y[..131];
        for (int i = 0; i < specials.Length; i++)
        {
            Expected loss = specials.Loss(settings, i);
            if (loss.Allowed != AllowedAlternatives.None || (loss.Exact.IsFinite && !double.IsFinite(loss.Value.Hi)))
            {
                continue;
            }

            for (int k = 0; k < Positions.Length; k++)
            {
                (int length, int position) = Positions[k];
                (x[position], y[position]) = (specials.X[i], specials.Y[i]);
                Call call = new(x.AsMemory(0, length), y.AsMemory(0, length))
                {
                    GradOutputs = ordinary.GradOutputs.AsMemory(0, length),
                    Placement = new((Edge)(k & 1)),
                };
                CallResult result = kernel.Run(memory, call);
                (x[position], y[position]) = (ordinary.X[position], ordinary.Y[position]);
                double divisor = ResultVerifier.Divisor(settings, length, 1);
                Expected expected = Sum(settings, loss, specials.Probability(settings, i), others[k], divisor);
                string? error = result.UnexpectedWrite ?? result.Error?.Message
                    ?? expected.FindError(result.Returned, settings.ComputeFormat, FloatFormat.Of(settings.Return!.Value));
                if (error is not null)
                {
                    yield return $"n = {length}, x = {specials.X[i]:R}, y = {specials.Y[i]:R} at {position}: {error}";
                }
            }
        }
    }

    /// <summary>The totals of all ordinary elements but one.</summary>
    private static (DoubleDouble Sum, double Losses, double Probabilities) SumOthers(Settings settings, Dataset ordinary, int length, int position)
    {
        (DoubleDouble Sum, double Losses, double Probabilities) total = default;
        for (int i = 0; i < length; i++)
        {
            if (i != position)
            {
                DoubleDouble loss = ordinary.Loss(settings, i).Value;
                total = (total.Sum + loss, total.Losses + Math.Abs(loss.Hi), total.Probabilities + ordinary.Probability(settings, i));
            }
        }

        return total;
    }

    private static Expected Sum(
        Settings settings, Expected loss, double probability, (DoubleDouble Sum, double Losses, double Probabilities) others, double divisor)
    {
        FloatFormat format = settings.ComputeFormat;
        if (!double.IsFinite(loss.Value.Hi))
        {
            return new(loss.Value.Hi);
        }

        double losses = others.Losses + Math.Abs(loss.Value.Hi);
        double bound = DivergenceOracle.For(settings).ReductionError(losses, others.Probabilities + probability)
            + Dataset.ElementError(format, loss, probability)
            + Dataset.RoundingError(format, loss);
        return new((others.Sum + loss.Value) / divisor, 0, (bound / divisor) + format.Epsilon, Dataset.AllowOverflow(format, losses));
    }
}

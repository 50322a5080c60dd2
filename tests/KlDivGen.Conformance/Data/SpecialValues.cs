using KlDivGen.Conformance.Arithmetic;
using KlDivGen.Conformance.Columns;
using KlDivGen.Conformance.Oracle;

namespace KlDivGen.Conformance.Data;

/// <summary>The values at which a formula's rules change, and those at the ends of a type.</summary>
internal static class SpecialValues
{
    private const double Infinity = double.PositiveInfinity;

    /// <summary>Every pair of a special x and a special y, in an order that puts unlike ones side by side.</summary>
    public static Sample Pairs(Settings settings) => Samples.Get($"specials of {settings.Computed.Element}", settings, (x, y) =>
    {
        double[] targets = [.. settings.LogTarget ? LogTargets(settings.Computed, y) : Probabilities(y)];
        double[] inputs = [.. Inputs(x)];
        var random = new RandomSource(21);
        var pairs = (from a in inputs from b in targets orderby random.Next() select (X: a, Y: b)).ToArray();
        return new(settings.LogTarget, Array.ConvertAll(pairs, p => p.X), Array.ConvertAll(pairs, p => p.Y));
    });

    private static IEnumerable<double> Inputs(Format format) =>
    [
        0, -0.0, 1.5, -2.5, -1, format.Epsilon, -format.Epsilon, format.MinNormal * 0.75, 1e4, -1e4,
        format.Max, -format.Max, Infinity, -Infinity, double.NaN,
    ];

    private static IEnumerable<double> Probabilities(Format format)
    {
        double ulp = format.Ulp(1);
        return
        [
            0, -0.0, format.Epsilon, -format.Epsilon, 3 * format.Epsilon, format.MinNormal * 0.75, format.MinNormal - format.Epsilon,
            format.MinNormal, -format.MinNormal, 0.25, 1 - (ulp / 2), 1, 1 + ulp, format.Round(2.0 / 3), 3, -0.5, -3,
            // Their losses are finite; on the way to them, what is multiplied with the exponent may not be.
            format.Round(format.Max / 1e6), format.Round(format.Max / 900),
            format.Max, -format.Max, Infinity, -Infinity, double.NaN, -double.NaN,
        ];
    }

    /// <summary>The exponential's own limits are the computation's, not those of the type that the target is stored in.</summary>
    private static IEnumerable<double> LogTargets(Format computed, Format format)
    {
        double[] near =
        [
            Math.Log(computed.Max), Math.Log(computed.Max) + 0.1, Math.Log(computed.Max) * 2, Math.Log(computed.MinNormal),
            Math.Log(computed.MinNormal) - 0.1, Math.Log(computed.MinNormal) - 0.3, Math.Log(computed.MinNormal) - 1, Math.Log(computed.MinNormal) + 1, Math.Log(computed.Epsilon), Math.Log(computed.Epsilon) + 3,
            Math.Log(computed.Epsilon) - 1, Math.Log(computed.Epsilon) * 3,
        ];
        return
        [
            0, -0.0, format.Epsilon, -format.Epsilon, format.MinNormal, -format.Ulp(1) / 2, -0.5, -1, 1, -2.5, -50, 50,
            .. near.Select(format.Round), format.Max, -format.Max, Infinity, -Infinity, double.NaN, -double.NaN,
        ];
    }
}

using KlDivGen.Conformance.Arithmetic;
using KlDivGen.Conformance.Cases;
using KlDivGen.Conformance.Oracle;

namespace KlDivGen.Conformance.Data;

/// <summary>The values at which the rules of a formula change, and those at the ends of a type's range.</summary>
internal static class SpecialValues
{
    private const double Infinity = double.PositiveInfinity;

    /// <summary>Every pair of a special x and a special y, shuffled so that different ones are neighbours.</summary>
    public static Dataset Pairs(Settings settings) => Datasets.Get($"specials of {settings.ComputeFormat.ElementType}{settings.Divergence}", settings, (x, y) =>
    {
        double[] targets = settings.LogTarget ? LogTargets(settings.ComputeFormat, y) : Probabilities(y);

        // The forward loss takes the exponential of log-targets alone, the others that of every input.
        double[] inputs = settings.Divergence == Divergence.Forward ? Inputs(x) : LogTargets(settings.ComputeFormat, x);
        RandomSource random = new(21);
        (double X, double Y)[] pairs = [.. from a in inputs from b in targets orderby random.Next() select (a, b)];
        return (Array.ConvertAll(pairs, p => p.X), Array.ConvertAll(pairs, p => p.Y));
    });

    /// <summary>The special values of an input.</summary>
    public static double[] Inputs(FloatFormat format) =>
    [
        0, -0.0, 1.5, -2.5, -1, format.Epsilon, -format.Epsilon, format.MinNormal * 0.75, format.Round(1e4), format.Round(-1e4),
        format.Max, -format.Max, Infinity, -Infinity, double.NaN,
    ];

    /// <summary>The special values of a target that holds probabilities.</summary>
    public static double[] Probabilities(FloatFormat format)
    {
        double ulp = format.Ulp(1);
        return
        [
            0, -0.0, format.Epsilon, -format.Epsilon, 3 * format.Epsilon, format.MinNormal * 0.75, format.MinNormal - format.Epsilon,
            format.MinNormal, -format.MinNormal, 0.25, 1 - (ulp / 2), 1, 1 + ulp, format.Round(2.0 / 3), 3, -0.5, -3,

            // Their losses are finite, although a product with the exponent may overflow.
            format.Round(format.Max / 1e6), format.Round(format.Max / 900),
            format.Max, -format.Max, Infinity, -Infinity, double.NaN, -double.NaN,
        ];
    }

    /// <summary>
    /// The special values of a target that holds log-probabilities. The exponential overflows and underflows at the limits of the format
    /// computed in, not of the one the target is stored in.
    /// </summary>
    public static double[] LogTargets(FloatFormat computed, FloatFormat format)
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

            // Beside the largest number, the rounding error of a sum overflows, although the sum does not.
            1.5 * format.Ulp(format.Max),
        ];
    }
}

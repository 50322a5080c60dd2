using KlDivGen.Conformance.Arithmetic;
using KlDivGen.Conformance.Cases;
using KlDivGen.Conformance.Data;
using KlDivGen.Conformance.Oracle;

namespace KlDivGen.Conformance.Checks;

/// <summary>Compares the oracle with tables that other programs wrote, so that kernels can be compared with the oracle.</summary>
internal static class OracleCheck
{
    /// <summary>Describes where the oracle differs from 50-digit arithmetic by more than 2⁻⁷⁵, or from PyTorch's special values.</summary>
    public static IEnumerable<string> Run() =>
        (from format in References.Formats from log in (bool[])[false, true] from error in CompareElements(format, log) select error)
        .Concat(CompareSpecials(FloatFormat.Single, "float32")).Concat(CompareSpecials(FloatFormat.Double, "float64"))
        .Concat(from log in (bool[])[false, true]
                from error in CompareDivergence(Divergence.Reverse, "reverse", log).Concat(CompareDivergence(Divergence.JensenShannon, "jsd", log))
                select error);

    private static IEnumerable<string> CompareElements(FloatFormat format, bool logTarget)
    {
        ElementOracle oracle = new(Dialect.Strict, format);
        foreach (double[] row in References.Table(format, logTarget))
        {
            (double x, double y, ScaledValue t) = (row[0], row[1], ElementOracle.Transcendental(logTarget, row[1]));
            double transcendental = t.Value.Hi;
            double magnitude = logTarget ? transcendental * (Math.Abs(y) + Math.Abs(x) + 1) : Math.Abs(transcendental) + Math.Abs(x) + 1;
            (string Name, DoubleDouble Value, double Magnitude)[] values =
            [
                ("loss", oracle.Loss(logTarget, x, y, t).Value, logTarget ? magnitude : y * magnitude),
                ("d/dx", oracle.GradInput(logTarget, y, t).Value, logTarget ? transcendental : y),
                ("d/dy", oracle.GradTarget(logTarget, x, y, t).Value, magnitude),
            ];
            for (int i = 0; i < values.Length; i++)
            {
                double error = DoubleDouble.Abs(values[i].Value - new DoubleDouble(row[2 + (2 * i)], row[3 + (2 * i)])).Hi;
                if (error > (values[i].Magnitude * Math.ScaleB(1, -75)) + (1000 * double.Epsilon))
                {
                    yield return $"{format.ElementType}, x = {x:R}, y = {y:R}: {values[i].Name} is {error:E2} off";
                }
            }
        }
    }

    /// <summary>
    /// Compares another divergence with 50-digit arithmetic: relative to the result within 2⁻⁶², and where p is near q, within what 2⁻⁹⁰ of
    /// the logarithms changes.
    /// </summary>
    private static IEnumerable<string> CompareDivergence(Divergence divergence, string name, bool logTarget)
    {
        DivergenceOracle oracle = new(divergence, logTarget, Dialect.Strict, FloatFormat.Double);
        foreach (double[] row in Npy.Read($"divergences-{name}-{(logTarget ? "log" : "probability")}"))
        {
            (double x, double y, ScaledValue t) = (row[0], row[1], ElementOracle.Transcendental(logTarget, row[1]));
            (double p, double q) = logTarget ? (t.Value.Hi, Math.Exp(x)) : (y, Math.Exp(x));
            double logarithm = logTarget ? y : t.Value.Hi, distance = Math.Abs(logarithm - x);
            double change = Math.ScaleB(1 + Math.Abs(x) + Math.Abs(logarithm), -90);
            bool isMixture = divergence == Divergence.JensenShannon;
            (string Name, Expected Expected, double Factor)[] values =
            [
                ("loss", oracle.Loss(x, y, t), isMixture ? Math.Min(distance, 1) * (p + q) : q),
                ("d/dx", oracle.GradInput(x, y, t), q),
                ("d/dy", oracle.GradTarget(x, y, t), isMixture ? logTarget ? p : 1 : 0),
            ];
            for (int i = 0; i < values.Length; i++)
            {
                (double hi, double lo) = (row[2 + (2 * i)], row[3 + (2 * i)]);
                if (double.IsInfinity(values[i].Expected.AbsoluteError))
                {
                    // A term of the loss overflows, so that a kernel may return anything.
                    continue;
                }

                double error = DoubleDouble.Abs(values[i].Expected.Value - new DoubleDouble(hi, lo)).Hi;
                double allowed = Math.ScaleB(Math.Abs(hi), -62) + (values[i].Factor * change) + (1000 * double.Epsilon);
                if (double.IsInfinity(hi) ? !hi.Equals(values[i].Expected.Value.Hi) : !(error <= allowed))
                {
                    yield return $"{name}, log target {logTarget}, x = {x:R}, y = {y:R}: {values[i].Name} is {error:E2} off {hi:R}";
                }
            }
        }
    }

    /// <summary>Compares every pair of special values that the contract decides with PyTorch.</summary>
    private static IEnumerable<string> CompareSpecials(FloatFormat format, string name)
    {
        ElementOracle oracle = new(Dialect.PyTorch, format);
        foreach (double[] row in Npy.Read($"pytorch-specials-{name}"))
        {
            (double x, double y, bool log) = (row[0], row[1], row[2] != 0);
            ScaledValue t = ElementOracle.Transcendental(log, y);
            (string Name, Expected Expected)[] values =
                [("loss", oracle.Loss(log, x, y, t)), ("d/dx", oracle.GradInput(log, y, t)), ("d/dy", oracle.GradTarget(log, x, y, t))];
            for (int i = 0; i < values.Length; i++)
            {
                // PyTorch computes y·log y − y·x, which has a larger rounding error than y·(log y − x), and rounds exp(y).
                Expected expected = values[i].Expected;
                double rounding = format.Ulp(1) * 8 * (1 + Math.Abs(y)) * (1 + Math.Abs(x) + Math.Abs(t.Value.Hi));
                expected = expected with
                {
                    AbsoluteError = double.IsFinite(rounding) ? rounding : expected.AbsoluteError,
                    Allowed = log && t.IsFinite && t.Value.Hi >= format.Overflow
                        ? AllowedAlternatives.Infinity | AllowedAlternatives.NaN
                        : expected.Allowed,
                };
                if (expected.FindError(row[3 + i], format, format) is { } error)
                {
                    yield return $"{name}, x = {x:R}, y = {y:R}, log target {log}: PyTorch's {values[i].Name} {error}";
                }
            }
        }
    }
}

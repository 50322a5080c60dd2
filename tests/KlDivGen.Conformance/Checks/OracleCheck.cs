using KlDivGen.Conformance.Arithmetic;
using KlDivGen.Conformance.Columns;
using KlDivGen.Conformance.Data;
using KlDivGen.Conformance.Oracle;

namespace KlDivGen.Conformance.Checks;

/// <summary>Holds the oracle itself against tables that other programs wrote, so that it may judge kernels.</summary>
internal static class OracleCheck
{
    /// <summary>Where the oracle differs from 50-digit arithmetic by more than 2⁻⁷⁵, or from PyTorch's special values.</summary>
    public static IEnumerable<string> Run() =>
        (from type in Enum.GetValues<Element>() from log in (bool[])[false, true] from wrong in Exact(type, log) select wrong)
        .Concat(Specials(Format.Single, "float32")).Concat(Specials(Format.Double, "float64"));

    private static IEnumerable<string> Exact(Element type, bool logTarget)
    {
        var rules = new Elements(Dialect.Strict, Format.Of(type));
        foreach (var row in References.Table(type, logTarget))
        {
            var (x, y, t) = (row[0], row[1], Elements.Transcendental(logTarget, row[1]));
            double size = logTarget ? t.Hi * (Math.Abs(y) + Math.Abs(x) + 1) : Math.Abs(t.Hi) + Math.Abs(x) + 1;
            (string Name, DoubleDouble Value, double Size)[] values =
            [
                ("loss", rules.Loss(logTarget, x, y, t).Value, logTarget ? size : y * size),
                ("d/dx", rules.GradInput(logTarget, y, t).Value, logTarget ? t.Hi : y),
                ("d/dy", rules.GradTarget(logTarget, x, y, t).Value, size),
            ];
            for (int i = 0; i < values.Length; i++)
            {
                double error = DoubleDouble.Abs(values[i].Value - new DoubleDouble(row[2 + (2 * i)], row[3 + (2 * i)])).Hi;
                if (error > (values[i].Size * Math.ScaleB(1, -75)) + (1000 * double.Epsilon))
                {
                    yield return $"{type}, x = {x:R}, y = {y:R}: {values[i].Name} is {error:E2} off";
                }
            }
        }
    }

    /// <summary>Every pair of PyTorch's special values, where the contract does not leave them open.</summary>
    private static IEnumerable<string> Specials(Format format, string name)
    {
        var rules = new Elements(Dialect.PyTorch, format);
        foreach (var row in Npy.Read($"pytorch-specials-{name}"))
        {
            var (x, y, log) = (row[0], row[1], row[2] != 0);
            var t = Elements.Transcendental(log, y);
            (string Name, Expected Expected)[] values =
                [("loss", rules.Loss(log, x, y, t)), ("d/dx", rules.GradInput(log, y, t)), ("d/dy", rules.GradTarget(log, x, y, t))];
            for (int i = 0; i < values.Length; i++)
            {
                // PyTorch's own rounding, y·log y − y·x in place of y·(log y − x), is not what is looked at here.
                var expected = values[i].Expected;
                double rounding = format.Ulp(1) * 8 * (1 + Math.Abs(y)) * (1 + Math.Abs(x) + Math.Abs(t.Hi));
                expected = expected with { Slack = double.IsFinite(rounding) ? rounding : expected.Slack };
                if (expected.Explain(row[3 + i], format, format) is { } wrong)
                {
                    yield return $"{name}, x = {x:R}, y = {y:R}, log target {log}: PyTorch's {values[i].Name} {wrong}";
                }
            }
        }
    }
}

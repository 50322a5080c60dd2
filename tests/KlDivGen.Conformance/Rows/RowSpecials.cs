using KlDivGen.Conformance.Arithmetic;
using KlDivGen.Conformance.Cases;
using KlDivGen.Conformance.Data;
using KlDivGen.Conformance.Memory;

namespace KlDivGen.Conformance.Rows;

/// <summary>The contract's special values of logits, in the second row: the others keep their values.</summary>
internal static class RowSpecials
{
    private const double Infinity = double.PositiveInfinity;

    /// <summary>Logits so far from each other that most classes have the probability 0.</summary>
    private static readonly RowVariant FewPossible = new(1, 0, 900, 0.5);

    public static IEnumerable<string> Run(RowCase kernel, OperandMemory memory)
    {
        RandomSource random = new(91);
        (int, int)[] shapes =
        [
            (1, 3), (2, 3), (3, 3), (8, 3), (17, 3), (40, 3), (131, 3), (700, 3),
            (2, RowData.GroupRows), (9, RowData.GroupRows), (260, RowData.GroupAndOne),
        ];
        IEnumerable<(int Classes, int Rows, RowVariant Variant)> draws = shapes.Select(shape => (shape.Item1, shape.Item2, new RowVariant(1, 0, 6, 1.5)))
            .Concat(kernel.Settings.Form == RowForm.Pair ? [(131, 3, FewPossible)] : []);
        foreach ((int classes, int rows, RowVariant variant) in draws)
        {
            foreach ((string name, Action<double[], double[], RandomSource> place) in Cases(kernel.Settings, classes))
            {
                RowData data = RowData.Draw(kernel.Settings, random, variant, rows, classes);
                double[] x = data.X[classes..(2 * classes)], y = data.Y[classes..(2 * classes)];
                if (kernel.Settings.HasMask && !data.Mask[1])
                {
                    continue;
                }

                place(x, y, random);
                x.CopyTo(data.X, classes);
                y.CopyTo(data.Y, classes);
                foreach (string error in RowVerifier.FindErrors(kernel, memory, data))
                {
                    yield return $"{name}: {error}";
                }
            }
        }
    }

    /// <summary>Places special values in a row, if the method has some for logits.</summary>
    public static void Place(RowSettings settings, RowData data, int row, RandomSource random)
    {
        (string Name, Action<double[], double[], RandomSource> Place)[] cases = [.. Cases(settings, data.Classes)];
        if (cases.Length > 0)
        {
            int start = row * data.Classes, end = start + data.Classes;
            double[] x = data.X[start..end], y = data.Y[start..end];
            cases[random.Below(cases.Length)].Place(x, y, random);
            x.CopyTo(data.X, start);
            y.CopyTo(data.Y, start);
        }
    }

    private static IEnumerable<(string Name, Action<double[], double[], RandomSource> Place)> Cases(RowSettings settings, int classes)
    {
        if (settings.InputLogits)
        {
            yield return ("NaN in the input", (x, _, r) => x[r.Below(classes)] = double.NaN);
            yield return ("+∞ in the input", (x, _, r) => x[r.Below(classes)] = Infinity);
            yield return ("−∞ throughout the input", (x, _, _) => Array.Fill(x, -Infinity));
        }

        if (settings.TargetLogits)
        {
            yield return ("NaN in the target", (_, y, r) => y[r.Below(classes)] = double.NaN);
            yield return ("+∞ in the target", (_, y, r) => y[r.Below(classes)] = Infinity);
            yield return ("−∞ throughout the target", (_, y, _) => Array.Fill(y, -Infinity));
            if (classes > 1)
            {
                yield return ("−∞ in the target", (_, y, r) => y[r.Below(classes)] = -Infinity);
            }
        }

        if (settings.Form != RowForm.Pair)
        {
            bool isForward = settings.Divergence == Divergence.Forward;
            foreach ((string, Action<double[], double[], RandomSource>) special in isForward ? [] : OneSideCases(settings, classes))
            {
                yield return special;
            }

            yield break;
        }

        yield return ("NaN and ∞", (x, y, r) => (x[r.Below(classes)], y[r.Below(classes)]) = (double.NaN, Infinity));
        if (classes > 1)
        {
            yield return ("−∞ in the input", (x, _, r) => x[r.Below(classes)] = -Infinity);
            yield return ("−∞ on both sides", (x, y, r) =>
            {
                int index = r.Below(classes);
                (x[index], y[index]) = (-Infinity, -Infinity);
            });
            yield return ("all but one −∞ on both sides", (x, y, r) =>
            {
                int index = r.Below(classes);
                (double a, double b) = (x[index], y[index]);
                Array.Fill(x, -Infinity);
                Array.Fill(y, -Infinity);
                (x[index], y[index]) = (a, b);
            });
            yield return ("all but one −∞ in the target", (_, y, r) =>
            {
                int index = r.Below(classes);
                double value = y[index];
                Array.Fill(y, -Infinity);
                y[index] = value;
            });
            yield return ("certain of the same class, the others apart", (x, y, r) =>
            {
                int index = r.Below(classes);
                for (int i = 0; i < classes; i++)
                {
                    (x[i], y[i]) = i == index ? (0, 0) : (-40 - (4 * r.Below(90)), -40 - (4 * r.Below(90)));
                }
            });
            (double far, double above) = settings.Input == ElementType.Half ? (30_000, 30_000) : (1 << 30, 1 << 21);
            yield return ("one far below in the input", (x, _, r) => x[r.Below(classes)] = -far);
            yield return ("one far below in the target", (_, y, r) => y[r.Below(classes)] = -far);
            yield return ("one far above in the input", (x, _, r) => x[r.Below(classes)] = above);
            yield return ("one far above in the target", (_, y, r) => y[r.Below(classes)] = above);
        }
    }

    /// <summary>Special values on either side of a divergence that is not the forward one, where one side has logits.</summary>
    private static IEnumerable<(string Name, Action<double[], double[], RandomSource> Place)> OneSideCases(RowSettings settings, int classes)
    {
        yield return settings.InputLogits
            ? ("NaN in the target", (_, y, r) => y[r.Below(classes)] = double.NaN)
            : ("NaN in the input", (x, _, r) => x[r.Below(classes)] = double.NaN);
        if (settings is { InputLogits: true, LogTarget: false })
        {
            yield return ("a negative target", (_, y, r) => y[r.Below(classes)] = -1);
            yield return ("all targets 0", (_, y, _) => Array.Clear(y));
        }

        double empty = settings is { InputLogits: true, LogTarget: false } ? 0 : -Infinity;
        if (classes == 1)
        {
            yield break;
        }

        yield return ("no probability of the input", (x, _, r) => x[r.Below(classes)] = -Infinity);
        yield return ("no probability of the target", (_, y, r) => y[r.Below(classes)] = empty);
        yield return ("no probability of either", (x, y, r) =>
        {
            int index = r.Below(classes);
            (x[index], y[index]) = (-Infinity, empty);
        });
        yield return ("no probability of the target, almost none of the input", (x, y, r) =>
        {
            int index = r.Below(classes);
            (x[index], y[index]) = (-30_000, empty);
        });
        yield return ("certain of one class", (x, y, r) =>
        {
            double[] logits = settings.InputLogits ? x : y;
            int index = r.Below(classes);
            double value = logits[index];
            Array.Fill(logits, -Infinity);
            logits[index] = value;
        });
        yield return ("one far below", (x, y, r) => (settings.InputLogits ? x : y)[r.Below(classes)] = -30_000);
        yield return ("one far above", (x, y, r) => (settings.InputLogits ? x : y)[r.Below(classes)] = 30_000);
    }
}

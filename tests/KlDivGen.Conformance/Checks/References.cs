using KlDivGen.Conformance.Arithmetic;
using KlDivGen.Conformance.Columns;
using KlDivGen.Conformance.Data;
using KlDivGen.Conformance.Memory;
using KlDivGen.Conformance.Oracle;

namespace KlDivGen.Conformance.Checks;

/// <summary>Kernels against tables that other programs wrote: 50-digit arithmetic and PyTorch's autograd.</summary>
internal static class References
{
    /// <summary>Single elements over each type's whole range, against mpmath.</summary>
    public static Check Elements { get; } = new("elements", s => s.Input == s.Target, ElementsOf);

    /// <summary>The ordinary ones of each of those tables, added up by mpmath.</summary>
    public static Check Reductions { get; } = new("reductions", s => s.Input == s.Target && s.Return is not null && s.HasLoss, Sums);

    /// <summary>Losses and gradients of every reduction against PyTorch's in double.</summary>
    public static Check Autograd { get; } = new("autograd", s => s.Input == Element.Double && s.Target == Element.Double, Torch);

    /// <summary>The table of single elements of a type and form.</summary>
    public static double[][] Table(Element type, bool logTarget) => Npy.Read(
        $"elements-{(type == Element.Half ? "half" : type == Element.Single ? "float32" : "float64")}-{(logTarget ? "log" : "probability")}");

    private static IEnumerable<string> ElementsOf(Column column, Arena arena)
    {
        var settings = column.Settings;
        double[][] table = Table(settings.Input, settings.LogTarget);
        var (format, stored) = (settings.Computed, Format.Of(settings.Widest));
        double upstream = settings.Upstream ? 0.40625 : 1;
        var call = Of(table) with { GradOutput = upstream, BatchSize = 1 };
        var outcome = column.Run(arena, call);
        var factor = (DoubleDouble)upstream / Judge.Divisor(settings, table.Length, 1);
        var rules = new Elements(settings.Dialect, format);
        for (int i = 0; i < table.Length; i++)
        {
            var row = table[i];
            var (x, y, t) = (row[0], row[1], Oracle.Elements.Transcendental(settings.LogTarget, row[1]));

            // The rules give the bounds; the values are mpmath's.
            string? wrong = !settings.WritesLoss ? null : Explain(rules.Loss(settings.LogTarget, x, y, t), row, 2, 1, outcome.Output[i]);
            wrong ??= !settings.HasGradInput ? null : Explain(rules.GradInput(settings.LogTarget, y, t), row, 4, factor, outcome.GradInput[i]);
            wrong ??= !settings.HasGradTarget ? null
                : Explain(rules.GradTarget(settings.LogTarget, x, y, t), row, 6, factor, outcome.GradTarget[i]);
            if (wrong is not null)
            {
                yield return $"x = {x:R}, y = {y:R}: {wrong}";
            }
        }

        string? Explain(Expected bound, double[] row, int column, DoubleDouble factor, double actual) =>
            (bound with { Value = new(row[column], row[column + 1]) }).Times(factor).Explain(actual, format, stored);
    }

    private static IEnumerable<string> Sums(Column column, Arena arena)
    {
        var settings = column.Settings;
        double[][] table = [.. Table(settings.Input, settings.LogTarget).Where(IsValid)];
        double[] expected = Npy.Read("reductions").Single(r => r[0] == (int)settings.Input && r[1] == (settings.LogTarget ? 1 : 0));
        if (table.Length != (int)expected[2])
        {
            throw new InvalidDataException("The tables of elements and of reductions do not belong together.");
        }

        var outcome = column.Run(arena, Of(table) with { BatchSize = 1 });
        var (value, divisor) = settings.Reduction == Reduction.Mean ? (new DoubleDouble(expected[5], expected[6]), table.Length)
            : (new(expected[3], expected[4]), 1);
        double bound = expected[7] * Math.ScaleB(1, 2 - settings.Computed.Precision) / divisor;
        if (new Expected(value, 0, bound).Explain(outcome.Returned, settings.Computed, Format.Of(settings.Return!.Value)) is { } wrong)
        {
            yield return $"n = {table.Length}: returned {wrong}";
        }
    }

    private static IEnumerable<string> Torch(Column column, Arena arena)
    {
        var settings = column.Settings;
        double[][] rows = [.. Npy.Read("pytorch-autograd").Where(r => r[0] == Code(settings.Reduction) && r[1] == (settings.LogTarget ? 1 : 0))];
        double upstream = rows[0][4];
        var call = new Call(Array.ConvertAll(rows, r => r[5]), Array.ConvertAll(rows, r => r[6])) { BatchSize = (int)rows[0][3], GradOutput = upstream };
        var outcome = column.Run(arena, call);

        // PyTorch rounds each step and cancels in the difference: the tolerance is its own error, not ours.
        for (int i = 0; i < rows.Length; i++)
        {
            double scale = settings.Upstream ? 1 : 1 / upstream;
            bool right = (!settings.WritesLoss || Close(outcome.Output[i], rows[i][7]))
                && (!settings.HasGradInput || Close(outcome.GradInput[i], rows[i][8] * scale))
                && (!settings.HasGradTarget || Close(outcome.GradTarget[i], rows[i][9] * scale))
                && (settings.Return is null || !settings.HasLoss || Close(outcome.Returned, rows[i][7]));
            if (!right)
            {
                yield return $"element {i}, x = {rows[i][5]:R}, y = {rows[i][6]:R}: not PyTorch's values";
            }
        }

        static bool Close(double actual, double expected) => Math.Abs(actual - expected) <= 1e-14 * Math.Max(1, Math.Abs(expected));
    }

    /// <summary>A loss of ordinary size, of a difference of at least 1/8: nearer to 0 an element's error is relative to y.</summary>
    private static bool IsValid(double[] row) => Math.Abs(row[2]) < 1e4 && Math.Abs(row[4]) <= 8 * Math.Abs(row[2]);

    /// <summary>The table's numbers of the reductions.</summary>
    private static int Code(Reduction reduction) => reduction switch
    {
        Reduction.None => 0,
        Reduction.Mean => 1,
        Reduction.Sum => 2,
        _ => 3,
    };

    private static Call Of(double[][] table) => new(Array.ConvertAll(table, r => r[0]), Array.ConvertAll(table, r => r[1]));
}

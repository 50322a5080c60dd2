using KlDivGen.Conformance.Arithmetic;
using KlDivGen.Conformance.Columns;
using KlDivGen.Conformance.Data;
using KlDivGen.Conformance.Memory;
using KlDivGen.Conformance.Oracle;

namespace KlDivGen.Conformance.Checks;

/// <summary>
/// PaddlePaddle's own tests of <c>kldiv_loss</c>: (4, 5, 5) batchmean, (3, 2, 7, 7) none, (2, 3, 5, 7, 9) mean, (5, 20) sum with x
/// and y uniform in −10…10; and its documentation's example, that kl(x, t) is kl(x, log t) with a log target.
/// </summary>
internal static class PaddleFacts
{
    private static readonly (Reduction Reduction, string Name, int Batch)[] Cases =
        [(Reduction.BatchMean, "batchmean", 4), (Reduction.None, "none", 3), (Reduction.Mean, "mean", 2), (Reduction.Sum, "sum", 5)];

    public static Check Check { get; } = new(
        "paddle",
        s => s.HasLoss && s.Input == s.Target && s.Input != Element.Half && s.Dialect == Dialect.Paddle,
        (column, arena) => column.Settings.LogTarget ? Example(column, arena) : Own(column, arena));

    private static IEnumerable<string> Own(Column column, Arena arena)
    {
        var settings = column.Settings;
        int index = Array.FindIndex(Cases, c => c.Reduction == settings.Reduction);
        double[][] rows = Npy.Read($"paddle-{Cases[index].Name}");
        var outcome = column.Run(arena, new(Array.ConvertAll(rows, r => r[0]), Array.ConvertAll(rows, r => r[1])) { BatchSize = Cases[index].Batch });
        if (settings.Return is { } type)
        {
            var result = Npy.Read("paddle-results")[index];
            double sizes = rows.Sum(r => Math.Abs(r[2])) / Judge.Divisor(settings, rows.Length, Cases[index].Batch);
            var expected = new Expected(new(result[0], result[1]), 0, sizes * Math.ScaleB(1, 2 - settings.Computed.Precision));
            if (expected.Explain(outcome.Returned, settings.Computed, Format.Of(type)) is { } wrong)
            {
                yield return $"returned {wrong}";
            }
        }

        for (int i = 0; i < outcome.Output.Length; i++)
        {
            var expected = new Expected(new(rows[i][2], rows[i][3]), 4, Math.Abs(rows[i][1]) * settings.Computed.DifferenceError);
            if (expected.Explain(outcome.Output[i], settings.Computed, Format.Of(settings.Widest)) is { } wrong)
            {
                yield return $"x = {rows[i][0]:R}, y = {rows[i][1]:R}: output {wrong}";
            }
        }
    }

    /// <summary>The logarithm is rounded to the type before it becomes the target: the tolerance is what that does to each element.</summary>
    private static IEnumerable<string> Example(Column column, Arena arena)
    {
        var settings = column.Settings;
        var format = settings.Computed;
        double[][] rows = Npy.Read("paddle-example");
        double[] logs = Array.ConvertAll(rows, r => format.Round(Math.Log(r[1])));
        var outcome = column.Run(arena, new(Array.ConvertAll(rows, r => r[0]), logs) { BatchSize = 5 });
        double[] slack = [.. rows.Select((r, i) => format.Ulp(logs[i]) * (Math.Abs(r[2]) + r[1]))];
        for (int i = 0; i < outcome.Output.Length; i++)
        {
            var expected = new Expected(new(rows[i][2], rows[i][3]), 4, slack[i]);
            if (expected.Explain(outcome.Output[i], format, Format.Of(settings.Widest)) is { } wrong)
            {
                yield return $"x = {rows[i][0]:R}, t = {rows[i][1]:R}: output {wrong}";
            }
        }

        if (settings.Return is { } type)
        {
            double divisor = Judge.Divisor(settings, rows.Length, 5), sizes = rows.Sum(r => Math.Abs(r[2]));
            var total = Npy.Read("paddle-results")[4];
            var bound = (slack.Sum() + (sizes * Math.ScaleB(1, 2 - format.Precision))) / divisor;
            if (new Expected(new DoubleDouble(total[0], total[1]) / divisor, 0, bound).Explain(outcome.Returned, format, Format.Of(type)) is { } wrong)
            {
                yield return $"returned {wrong}";
            }
        }
    }
}

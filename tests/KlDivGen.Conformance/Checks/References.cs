using KlDivGen.Conformance.Arithmetic;
using KlDivGen.Conformance.Cases;
using KlDivGen.Conformance.Data;
using KlDivGen.Conformance.Memory;
using KlDivGen.Conformance.Oracle;

namespace KlDivGen.Conformance.Checks;

/// <summary>Compares kernels with tables that other programs wrote: 50-digit arithmetic (mpmath) and PyTorch's autograd.</summary>
internal static class References
{
    /// <summary>Single elements over the whole range of each type, computed by mpmath.</summary>
    public static Check Elements { get; } = new("elements", HasTable, VerifyElements);

    /// <summary>Sums and means of the ordinary elements of these tables, computed by mpmath.</summary>
    public static Check Reductions { get; } = new("reductions", s => HasTable(s) && s.ReturnsLoss, VerifyReductions);

    /// <summary>Losses and gradients of every reduction, computed by PyTorch in double.</summary>
    public static Check Autograd { get; } = new("autograd", s => s is { Input: ElementType.Double, Target: ElementType.Double, Divergence: Divergence.Forward }, VerifyAutograd);

    /// <summary>The formats that there are tables for.</summary>
    public static IReadOnlyList<FloatFormat> Formats { get; } = [FloatFormat.Half, FloatFormat.Single, FloatFormat.Double];

    /// <summary>The table of single elements of a format and a target form.</summary>
    public static double[][] Table(FloatFormat format, bool logTarget)
    {
        string name = format == FloatFormat.Half ? "half" : format == FloatFormat.Single ? "float32" : "float64";
        return Npy.Read($"elements-{name}-{(logTarget ? "log" : "probability")}");
    }

    private static bool HasTable(Settings settings) => settings.Input == settings.Target && settings.Divergence == Divergence.Forward && Formats.Contains(settings.StorageFormat);

    private static IEnumerable<string> VerifyElements(KernelCase kernel, OperandMemory memory)
    {
        Settings settings = kernel.Settings;
        double[][] table = Table(settings.StorageFormat, settings.LogTarget);
        (FloatFormat compute, FloatFormat storage) = (settings.ComputeFormat, settings.StorageFormat);
        Dataset dataset = CreateDataset(settings, table);
        Call call = dataset.CreateCall(0, dataset.Length, gradOutput: 0.40625) with { BatchSize = 1 };
        CallResult result = kernel.Run(memory, call);
        double divisor = ResultVerifier.Divisor(settings, table.Length, 1);
        for (int i = 0; i < table.Length; i++)
        {
            double[] row = table[i];
            double gradOutput = settings.HasGradOutputs ? dataset.GradOutputs[i] : settings.GradOutput is null ? 1 : call.GradOutput;
            DoubleDouble factor = (DoubleDouble)gradOutput / divisor;

            // The oracle gives the bounds, and mpmath the values.
            string? error = settings.WritesLoss ? FindError(dataset.Loss(settings, i), row, 2, 1, result.Output[i]) : null;
            error ??= settings.HasGradInput ? FindError(dataset.GradInput(settings, i), row, 4, factor, result.GradInput[i]) : null;
            error ??= settings.HasGradTarget ? FindError(dataset.GradTarget(settings, i), row, 6, factor, result.GradTarget[i]) : null;
            if (error is not null)
            {
                yield return $"x = {row[0]:R}, y = {row[1]:R}, gradOutput = {gradOutput:R}: {error}";
            }
        }

        string? FindError(Expected bound, double[] row, int column, DoubleDouble factor, double actual) =>
            (bound with { Exact = new DoubleDouble(row[column], row[column + 1]), AbsoluteError = bound.AbsoluteError + TableError(row[column]) })
                .Times(factor).FindError(actual, compute, storage);
    }

    /// <summary>The low part of a pair of doubles in a table is rounded where it is subnormal.</summary>
    private static double TableError(double value) => Math.Abs(value) < 1e-290 ? double.Epsilon : 0;

    private static IEnumerable<string> VerifyReductions(KernelCase kernel, OperandMemory memory)
    {
        Settings settings = kernel.Settings;
        double[][] table = [.. Table(settings.StorageFormat, settings.LogTarget).Where(IsOrdinary)];
        double[] expected = Npy.Read("reductions").Single(r => r[0] == (int)settings.StorageFormat.ElementType && r[1] == (settings.LogTarget ? 1 : 0));
        if (table.Length != (int)expected[2])
        {
            throw new InvalidDataException("The tables of elements and of reductions were not written together.");
        }

        Dataset dataset = CreateDataset(settings, table);
        CallResult result = kernel.Run(memory, dataset.CreateCall(0, dataset.Length) with { BatchSize = 1 });
        (DoubleDouble value, double divisor) = settings.Reduction == Reduction.Mean
            ? (new DoubleDouble(expected[5], expected[6]), table.Length)
            : (new(expected[3], expected[4]), 1);
        double probabilities = Enumerable.Range(0, dataset.Length).Sum(i => dataset.Probability(settings, i));
        double bound = Dataset.ReductionError(settings.ComputeFormat, expected[7], probabilities) / divisor;
        if (new Expected(value, 0, bound).FindError(result.Returned, settings.ComputeFormat, FloatFormat.Of(settings.Return!.Value)) is { } error)
        {
            yield return $"n = {table.Length}: returned {error}";
        }
    }

    private static IEnumerable<string> VerifyAutograd(KernelCase kernel, OperandMemory memory)
    {
        Settings settings = kernel.Settings;
        double[][] rows = [.. Npy.Read("pytorch-autograd").Where(r => r[0] == Code(settings.Reduction) && r[1] == (settings.LogTarget ? 1 : 0))];
        double gradOutput = rows[0][4];
        CallResult result = kernel.Run(memory, new(Array.ConvertAll(rows, r => r[5]), Array.ConvertAll(rows, r => r[6]))
        {
            BatchSize = (int)rows[0][3],
            GradOutput = gradOutput,
            GradOutputs = Array.ConvertAll(rows, _ => gradOutput),
        });

        // PyTorch rounds each step, and its differences cancel: the tolerance is the error of PyTorch.
        for (int i = 0; i < rows.Length; i++)
        {
            double scale = settings.GradOutput is null ? 1 / gradOutput : 1;
            bool isRight = (!settings.WritesLoss || IsClose(result.Output[i], rows[i][7]))
                && (!settings.HasGradInput || IsClose(result.GradInput[i], rows[i][8] * scale))
                && (!settings.HasGradTarget || IsClose(result.GradTarget[i], rows[i][9] * scale))
                && (!settings.ReturnsLoss || IsClose(result.Returned, rows[i][7]));
            if (!isRight)
            {
                yield return $"element {i}, x = {rows[i][5]:R}, y = {rows[i][6]:R}: not PyTorch's values";
            }
        }

        static bool IsClose(double actual, double expected) => Math.Abs(actual - expected) <= 1e-14 * Math.Max(1, Math.Abs(expected));
    }

    /// <summary>Whether a row of a table is part of the table of reductions.</summary>
    private static bool IsOrdinary(double[] row) => Math.Abs(row[2]) < 1e4 && Math.Abs(row[4]) <= 8 * Math.Abs(row[2]);

    /// <summary>The number of a reduction in the table of PyTorch's results.</summary>
    private static int Code(Reduction reduction) => reduction switch
    {
        Reduction.None => 0,
        Reduction.Mean => 1,
        Reduction.Sum => 2,
        _ => 3,
    };

    private static Dataset CreateDataset(Settings settings, double[][] table) =>
        new(settings.LogTarget, Array.ConvertAll(table, r => r[0]), Array.ConvertAll(table, r => r[1]), settings.StorageFormat);
}

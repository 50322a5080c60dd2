using KlDivGen.Conformance.Arithmetic;
using KlDivGen.Conformance.Cases;
using KlDivGen.Conformance.Memory;
using KlDivGen.Conformance.Oracle;

namespace KlDivGen.Conformance.Rows;

/// <summary>Compares the results of a call with the expected values of its rows.</summary>
internal static class RowVerifier
{
    /// <summary>Runs a method with rows and describes every wrong result.</summary>
    public static IEnumerable<string> FindErrors(RowCase kernel, OperandMemory memory, RowData data) =>
        FindErrors(kernel, memory, data, data.CreateCall(kernel.Settings));

    /// <summary>Runs a method with a call on rows and describes every wrong result.</summary>
    public static IEnumerable<string> FindErrors(RowCase kernel, OperandMemory memory, RowData data, RowCall call) =>
        FindErrors(kernel.Settings, data, kernel.Run(memory, call), data.Rows).Select(error =>
            $"{data.Rows} rows of {data.Classes} classes, T = {data.Temperature:R}, {call.Placement}: {error}");

    /// <summary>The divisor of the sum of losses.</summary>
    /// <param name="settings">The settings of the method.</param>
    /// <param name="data">The rows.</param>
    /// <param name="firstDimension">The first dimension of tensors.</param>
    public static double Divisor(RowSettings settings, RowData data, int firstDimension)
    {
        int counting = Math.Max(Enumerable.Range(0, data.Rows).Count(data.Counts), settings.HasMask || !settings.IsTensor ? 1 : 0);
        return settings.Reduction switch
        {
            Reduction.Mean => (double)counting * data.Classes,
            Reduction.BatchMean => settings.IsTensor && !settings.HasMask ? firstDimension : counting,
            _ => 1,
        };
    }

    /// <summary>Describes every wrong result of a call.</summary>
    /// <param name="settings">The settings of the method.</param>
    /// <param name="data">The rows.</param>
    /// <param name="result">The results, dense and in order.</param>
    /// <param name="firstDimension">The first dimension of tensors.</param>
    public static IEnumerable<string> FindErrors(RowSettings settings, RowData data, CallResult result, int firstDimension)
    {
        if (result.Error is { } exception)
        {
            yield return $"threw {exception.GetType().Name}: {exception.Message}";
            yield break;
        }

        if (result.UnexpectedWrite is { } write)
        {
            yield return write;
        }

        foreach (Comparison comparison in Compare(settings, data, result, firstDimension))
        {
            if (FindError(settings, comparison) is { } error)
            {
                yield return $"{comparison.Name()} {error}";
            }
        }

        bool isDivergence = settings.Form == RowForm.Pair && !settings.HasWeights;
        if (isDivergence && settings.Return is not null && result.Returned < 0)
        {
            yield return $"returned {result.Returned:R}, a negative divergence";
        }
    }

    /// <summary>Every result of a call, beside what is expected.</summary>
    public static IEnumerable<Comparison> Compare(RowSettings settings, RowData data, CallResult result, int firstDimension)
    {
        RowOracle?[] rows = data.Expect(settings);
        double temperature = settings.TemperatureOf(data.Temperature), divisor = Divisor(settings, data, firstDimension);
        DoubleDouble factor = settings.IsSquared ? DoubleDouble.Product(temperature, temperature) : 1;
        if (settings.Return is { } type)
        {
            yield return new(() => "returned", Outputs.Loss, Total(data, rows, factor / divisor), result.Returned, FloatFormat.Of(type));
        }

        for (int row = 0; row < data.Rows; row++)
        {
            foreach (Comparison comparison in Compare(settings, data, result, row, rows[row], factor, divisor))
            {
                yield return comparison;
            }
        }
    }

    private static IEnumerable<Comparison> Compare(
        RowSettings settings, RowData data, CallResult result, int row, RowOracle? expected, DoubleDouble factor, double divisor)
    {
        double weight = data.WeightOf(row);
        DoubleDouble lossFactor = factor * weight;
        FloatFormat storage = settings.StorageFormat;
        if (settings is { HasOutput: true, IsPerRow: true })
        {
            yield return new(
                () => $"row {row}: output", Outputs.Loss, (expected?.Loss ?? Expected.Zero).Times(lossFactor), result.Output[row], storage);
        }

        for (int i = 0; i < data.Classes; i++)
        {
            int index = (row * data.Classes) + i;
            if (settings is { HasOutput: true, IsPerRow: false })
            {
                yield return new(
                    Name("output", index), Outputs.Loss, (expected?.Losses[i] ?? Expected.Zero).Times(lossFactor), result.Output[index], storage);
            }

            double gradOutput = settings.GradOutput is null || settings.MixesGradOutputs ? 1
                : settings.HasGradOutputs ? data.GradOutputs[settings.IsPerRow ? row : index]
                : data.GradOutput;
            DoubleDouble gradientFactor = lossFactor * gradOutput / divisor;
            if (settings.HasGradInput)
            {
                Expected byInput = (expected?.GradInput[i] ?? Expected.Zero).Times(gradientFactor);
                yield return new(Name("gradInput", index), Outputs.GradInput, byInput, result.GradInput[index], storage);
            }

            if (settings.HasGradTarget)
            {
                Expected byTarget = (expected?.GradTarget[i] ?? Expected.Zero).Times(gradientFactor);
                yield return new(Name("gradTarget", index), Outputs.GradTarget, byTarget, result.GradTarget[index], storage);
            }
        }

        Func<string> Name(string result, int index) =>
            () => $"row {row}, class {index % data.Classes}, x = {data.X[index]:R}, y = {data.Y[index]:R}: {result}";
    }

    /// <summary>
    /// A value without any error must be exact. Others may be rounded below the normal numbers, and with the factor that they are multiplied by.
    /// </summary>
    private static string? FindError(RowSettings settings, Comparison comparison) =>
        Bound(settings, comparison.Expected).FindError(comparison.Actual, settings.ComputeFormat, comparison.Storage);

    /// <summary>The error of a result as a multiple of its bound, or <see langword="null"/> where it is no finite number with an error.</summary>
    public static double? Ratio(RowSettings settings, Comparison comparison)
    {
        Expected bound = Bound(settings, comparison.Expected);
        double value = bound.Value.Hi, tolerance = (bound.Ulps * settings.ComputeFormat.Ulp(value)) + bound.AbsoluteError;
        bool areFinite = double.IsFinite(value) && double.IsFinite(comparison.Actual) && double.IsFinite(tolerance);
        return areFinite && tolerance > 0 && bound.Allowed == AllowedAlternatives.None
            ? DoubleDouble.Abs(comparison.Actual - bound.Value).Hi / tolerance
            : null;
    }

    private static Expected Bound(RowSettings settings, Expected expected) => expected.Ulps == 0
        ? expected
        : expected with { Ulps = expected.Ulps + 4, AbsoluteError = expected.AbsoluteError + settings.ComputeFormat.MinNormal };

    private static Expected Total(RowData data, RowOracle?[] rows, DoubleDouble factor)
    {
        DoubleDouble sum = 0;
        double error = 0;
        AllowedAlternatives allowed = AllowedAlternatives.None;
        for (int row = 0; row < rows.Length; row++)
        {
            if (rows[row] is { } oracle)
            {
                allowed |= oracle.Loss.Allowed;
                DoubleDouble value = oracle.Loss.Value * data.WeightOf(row);
                sum = double.IsFinite(value.Hi) && double.IsFinite(sum.Hi) ? sum + value : sum.Hi + value.Hi;
                error += oracle.Loss.AbsoluteError * Math.Abs(data.WeightOf(row));
            }
        }

        return new Expected(sum, rows.Any(row => row is not null) ? 1 : 0, error, allowed).Times(factor);
    }

    /// <summary>A result and what it should be.</summary>
    /// <param name="Name">Says which result it is.</param>
    /// <param name="Kind">What it is the result of.</param>
    /// <param name="Expected">The expected value with its bound.</param>
    /// <param name="Actual">The result.</param>
    /// <param name="Storage">The format that it is stored in.</param>
    public readonly record struct Comparison(Func<string> Name, Outputs Kind, Expected Expected, double Actual, FloatFormat Storage);
}

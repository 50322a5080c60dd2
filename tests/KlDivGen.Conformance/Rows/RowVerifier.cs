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

        RowOracle?[] rows = data.Expect(settings);
        double temperature = settings.TemperatureOf(data.Temperature), divisor = Divisor(settings, data, firstDimension);
        DoubleDouble factor = settings.IsSquared ? DoubleDouble.Product(temperature, temperature) : 1;
        if (settings.Return is { } type)
        {
            Expected total = Total(data, rows, factor / divisor);
            if (FindError(settings, total, result.Returned, FloatFormat.Of(type)) is { } error)
            {
                yield return $"returned {error}";
            }

            bool isDivergence = settings.Form == RowForm.Pair && !settings.HasWeights;
            if (isDivergence && result.Returned < 0)
            {
                yield return $"returned {result.Returned:R}, a negative divergence";
            }
        }

        for (int row = 0; row < data.Rows; row++)
        {
            foreach (string error in FindErrors(settings, data, result, row, rows[row], factor, divisor))
            {
                yield return $"row {row}{error}";
            }
        }
    }

    private static IEnumerable<string> FindErrors(
        RowSettings settings, RowData data, CallResult result, int row, RowOracle? expected, DoubleDouble factor, double divisor)
    {
        double weight = data.WeightOf(row);
        DoubleDouble lossFactor = factor * weight;
        if (settings is { HasOutput: true, IsPerRow: true }
            && FindError(settings, (expected?.Loss ?? Expected.Zero).Times(lossFactor), result.Output[row]) is { } rowError)
        {
            yield return $": output {rowError}";
        }

        for (int i = 0; i < data.Classes; i++)
        {
            int index = (row * data.Classes) + i;
            string element = $", class {i}, x = {data.X[index]:R}, y = {data.Y[index]:R}";
            if (settings is { HasOutput: true, IsPerRow: false }
                && FindError(settings, (expected?.Losses[i] ?? Expected.Zero).Times(lossFactor), result.Output[index]) is { } lossError)
            {
                yield return $"{element}: output {lossError}";
            }

            double gradOutput = settings.HasGradOutputs ? data.GradOutputs[settings.IsPerRow ? row : index] : settings.GradOutput is null ? 1 : data.GradOutput;
            DoubleDouble gradientFactor = lossFactor * gradOutput / divisor;
            if (settings.HasGradInput
                && FindError(settings, (expected?.GradInput[i] ?? Expected.Zero).Times(gradientFactor), result.GradInput[index]) is { } inputError)
            {
                yield return $"{element}: gradInput {inputError}";
            }

            if (settings.HasGradTarget
                && FindError(settings, (expected?.GradTarget[i] ?? Expected.Zero).Times(gradientFactor), result.GradTarget[index]) is { } targetError)
            {
                yield return $"{element}: gradTarget {targetError}";
            }
        }
    }

    /// <summary>
    /// A value without any error must be exact. Others may be rounded below the normal numbers, and with the factor that they are multiplied by.
    /// </summary>
    private static string? FindError(RowSettings settings, Expected expected, double actual, FloatFormat? storage = null)
    {
        FloatFormat compute = settings.ComputeFormat;
        Expected bound = expected.Ulps == 0 ? expected : expected with { Ulps = expected.Ulps + 4, AbsoluteError = expected.AbsoluteError + compute.MinNormal };
        return bound.FindError(actual, compute, storage ?? settings.StorageFormat);
    }

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
}

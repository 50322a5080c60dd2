using KlDivGen.Conformance.Arithmetic;
using KlDivGen.Conformance.Cases;
using KlDivGen.Conformance.Memory;
using KlDivGen.Conformance.Oracle;

namespace KlDivGen.Conformance.Checks;

/// <summary>Compares the results of a call with the expected values of a dataset.</summary>
internal static class ResultVerifier
{
    /// <summary>The divisor of the sum of losses.</summary>
    public static double Divisor(Settings settings, int length, int batchSize) => settings.Reduction switch
    {
        Reduction.Mean => length,
        Reduction.BatchMean => batchSize,
        _ => 1,
    };

    /// <summary>
    /// The factor of every gradient. A subnormal quotient of an upstream gradient that is no wider than the type computed in is rounded to
    /// that type; normal ones are within the bounds of the product.
    /// </summary>
    public static DoubleDouble Factor(Settings settings, double gradOutput, double divisor)
    {
        DoubleDouble factor = (DoubleDouble)gradOutput / divisor;
        bool isRounded = settings.GradOutput is { } type && settings.ComputeFormat.Holds(FloatFormat.Of(type));
        return isRounded && Math.Abs(factor.Hi) < settings.ComputeFormat.MinNormal
            ? settings.ComputeFormat.Round(factor.Hi)
            : factor;
    }

    /// <summary>Runs a method with a call that was created from the first elements of a dataset, and describes every wrong result.</summary>
    public static IEnumerable<string> FindErrors(KernelCase kernel, OperandMemory memory, Dataset dataset, Call call) =>
        FindErrors(dataset, kernel.Settings, call, kernel.Run(memory, call));

    /// <summary>Describes every wrong result of a call.</summary>
    /// <param name="dataset">The data.</param>
    /// <param name="settings">The settings of the method.</param>
    /// <param name="call">The call, whose operands are the dataset's from <paramref name="shift"/> on, and from its beginning after its end.</param>
    /// <param name="result">The results.</param>
    /// <param name="shift">The index of the first element in the dataset. A returned loss is only verified if it is 0.</param>
    public static IEnumerable<string> FindErrors(Dataset dataset, Settings settings, Call call, CallResult result, int shift = 0)
    {
        int count = call.X.Length;
        if (result.Error is { } exception)
        {
            yield return $"n = {count}: threw {exception.GetType().Name}: {exception.Message}";
            yield break;
        }

        if (result.UnexpectedWrite is { } write)
        {
            yield return $"n = {count}, {call.Placement}: {write}";
        }

        double divisor = Divisor(settings, count, call.BatchSize);
        if (settings.Return is { } type && settings.HasLoss && shift == 0 && dataset.Reduced(settings, count, divisor) is { } reduced
            && reduced.FindError(result.Returned, settings.ComputeFormat, FloatFormat.Of(type)) is { } sumError)
        {
            yield return $"n = {count}, batchSize = {call.BatchSize}, {call.Placement}: returned {sumError}";
        }

        if (settings.Divergence == Divergence.JensenShannon && (result.Returned < 0 || result.Output.Take(count).Any(loss => loss < 0)))
        {
            yield return $"n = {count}, {call.Placement}: a negative Jensen-Shannon divergence";
        }

        // What is the same for all elements is computed once.
        (FloatFormat compute, FloatFormat storage) = (settings.ComputeFormat, settings.StorageFormat);
        DoubleDouble commonFactor = settings.HasGradOutputs ? 0 : Factor(settings, settings.GradOutput is null ? 1 : call.GradOutput, divisor);
        for (int i = 0; i < count; i++)
        {
            int index = (i + shift) % dataset.Length;
            if (settings.WritesLoss && dataset.Loss(settings, index).FindError(result.Output[i], compute, storage) is { } lossError)
            {
                yield return $"{Element(i, index)}: output {lossError}";
            }

            double gradOutput = settings.HasGradOutputs ? call.GradOutputs.Span[i] : settings.GradOutput is null ? 1 : call.GradOutput;
            DoubleDouble factor = settings.HasGradOutputs ? Factor(settings, gradOutput, divisor) : commonFactor;
            if (settings.HasGradInput
                && dataset.GradInput(settings, index).Times(factor).FindError(result.GradInput[i], compute, storage) is { } inputError)
            {
                yield return $"{Element(i, index)}, gradOutput = {gradOutput:R}: gradInput {inputError}";
            }

            if (settings.HasGradTarget
                && dataset.GradTarget(settings, index).Times(factor).FindError(result.GradTarget[i], compute, storage) is { } targetError)
            {
                yield return $"{Element(i, index)}, gradOutput = {gradOutput:R}: gradTarget {targetError}";
            }
        }

        string Element(int i, int index) =>
            $"n = {count}, element {i}, x = {dataset.X[index]:R}, y = {dataset.Y[index]:R}, {call.Placement}";
    }
}

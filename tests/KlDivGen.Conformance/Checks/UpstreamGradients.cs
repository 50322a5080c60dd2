using KlDivGen.Conformance.Arithmetic;
using KlDivGen.Conformance.Cases;
using KlDivGen.Conformance.Data;
using KlDivGen.Conformance.Memory;
using KlDivGen.Conformance.Oracle;

namespace KlDivGen.Conformance.Checks;

/// <summary>
/// Upstream gradients of any magnitude: small and large ones, beyond the range of the data's type if they have a wider one, and the loss
/// scales of mixed precision. Only the product with the gradient is rounded.
/// </summary>
internal static class UpstreamGradients
{
    private const int Count = 1000;

    private static readonly double[] Factors =
    [
        1e-300, 1e-50, 1e-38, 1e-10, 1.0 / 3, 2.5, 65_536, 65_536 * (1 + 1e-9), 1e10, 1e39, 1e300, -1e-50, -65_536, -1e39,
    ];

    /// <summary>One number for all elements.</summary>
    public static Check Scalar { get; } = new("scalar-grad-output", s => s.HasScalarGradOutput, VerifyScalar);

    /// <summary>A loss scale that is a power of two has an exact product, which is rounded once, to nearest even.</summary>
    public static Check LossScale { get; } = new(
        "loss-scale", s => s is { HasScalarGradOutput: true, HasGradInput: true, LogTarget: false, Divergence: Divergence.Forward } && s.StorageFormat.HasSixteenBits, VerifyLossScale);

    private static IEnumerable<string> VerifyScalar(KernelCase kernel, OperandMemory memory)
    {
        Settings settings = kernel.Settings;
        Dataset dataset = settings.LogTarget ? LogTargets(settings) : Probabilities(settings);
        FloatFormat format = FloatFormat.Of(settings.GradOutput!.Value);
        return
            from factor in Factors.Select(format.Round)
            where double.IsFinite(factor)
            from count in (int[])[3, Count]
            from error in ResultVerifier.FindErrors(kernel, memory, dataset, dataset.CreateCall(0, count, factor) with { BatchSize = 1 })
            select error;
    }

    /// <summary>Probabilities over the whole range of their type, the first of them around 1e30 and 1e-10.</summary>
    private static Dataset Probabilities(Settings settings) => Datasets.Get("probabilities to scale", settings, (x, y) =>
    {
        RandomSource random = new(71);
        double[] targets = random.Fill(Count, y, r => r.Binade(Math.ILogB(y.Epsilon), Math.ILogB(y.Max)));
        (targets[0], targets[1]) = (y.Round(Math.Min(1e30, y.Max)), y.Round(1e-10));
        return (random.Fill(Count, x, r => r.Uniform(-20, 1)), targets);
    });

    /// <summary>
    /// Log-probabilities whose exponential is normal, subnormal or too small for its type, the first of them −103.9. In the second half,
    /// d + 1 is near 0, so that a small exponential has a subnormal product with it, which a large factor makes normal again; every fifth d is huge.
    /// </summary>
    private static Dataset LogTargets(Settings settings) => Datasets.Get("log-probabilities to scale", settings, (x, y) =>
    {
        RandomSource random = new(72);
        double smallest = Math.Log(settings.ComputeFormat.Epsilon);
        double[] targets = random.Fill(Count, y, r => r.Uniform(smallest * 1.5, 1));
        double[] inputs = random.Fill(Count, x, r => r.Uniform(-20, 1));
        (inputs[0], targets[0]) = (-2, y.Round(-103.9));
        for (int i = Count / 2; i < Count; i++)
        {
            targets[i] = y.Round(random.Uniform(smallest * 0.9, smallest * 0.6));
            inputs[i] = i % 5 == 0 ? x.Round(x.Max * random.Uniform(-0.9, 0.9)) : x.Round(targets[i] + 1 + random.Uniform(-0.1, 0.1));
        }

        return (inputs, targets);
    });

    private static IEnumerable<string> VerifyLossScale(KernelCase kernel, OperandMemory memory)
    {
        // Every value that is not negative, with zeros in place of infinity and NaN, so that the divisor is a power of two.
        const int count = 1 << 15;
        Settings settings = kernel.Settings;
        FloatFormat target = FloatFormat.Of(settings.Target), gradOutput = FloatFormat.Of(settings.GradOutput!.Value);
        double[] x = [.. Enumerable.Repeat(-1.0, count)];
        double[] y = [.. Enumerable.Range(0, count).Select(bits => target.FromBits((ushort)bits)).Select(value => double.IsFinite(value) ? value : 0)];
        foreach (double scale in (double[])[65_536, -65_536, 1 / 1024.0, Math.ScaleB(1, -24)])
        {
            double factor = scale * ResultVerifier.Divisor(settings, count, 1);
            if (gradOutput.Round(factor) != factor)
            {
                continue;
            }

            CallResult result = kernel.Run(memory, new(x, y) { GradOutput = factor });
            for (int i = 0; i < count; i++)
            {
                double expected = settings.StorageFormat.Round(-y[i] * scale);
                if (!result.GradInput[i].Equals(expected))
                {
                    yield return $"y = {y[i]:R}, gradOutput = {factor:R}: gradInput {result.GradInput[i]:R}, not {expected:R}";
                }
            }
        }
    }
}

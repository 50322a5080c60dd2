using KlDivGen.Conformance.Cases;

namespace KlDivGen.Conformance.Exhaustive;

/// <summary>
/// All 2³² products of a Half target and a Half upstream gradient: ∂/∂x is −y · g, which is exact as a float and then rounded to Half. The
/// exact values use the runtime's conversion.
/// </summary>
internal static class HalfTests
{
    private const int Values = 1 << 16;

    /// <summary>Every product is rounded to nearest, ties to even, including subnormal values, infinities and NaN.</summary>
    public static ErrorStatistics[] Products()
    {
        ErrorStatistics[] statistics = [new("products rounded to Half", "wrong")];
        KernelCase<Half, Half, Half> kernel = ElementBatch<Half>.Find(true, false, Outputs.GradInput, deterministic: true);
        ParallelRunner.Run(Values, statistics, CreateBatch, (chunk, batch, local) =>
        {
            Half y = BitConverter.UInt16BitsToHalf((ushort)chunk);
            batch.Y.AsSpan().Fill(y);
            batch.Run(kernel, Outputs.GradInput);
            for (int i = 0; i < Values; i++)
            {
                Half expected = y <= Half.Zero ? Half.Zero : (Half)(-(float)y * (float)batch.GradOutputs[i]);
                double error = batch.Result[i].Equals(expected) ? 0 : 2;
                local[0].Record(error, error, (double)batch.GradOutputs[i], (double)y);
            }
        });
        return statistics;
    }

    private static ElementBatch<Half> CreateBatch()
    {
        ElementBatch<Half> batch = new(Values);
        for (int i = 0; i < Values; i++)
        {
            batch.GradOutputs[i] = BitConverter.UInt16BitsToHalf((ushort)i);
        }

        return batch;
    }
}

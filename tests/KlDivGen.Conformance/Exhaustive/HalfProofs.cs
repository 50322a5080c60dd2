using KlDivGen.Conformance.Columns;

namespace KlDivGen.Conformance.Exhaustive;

/// <summary>
/// All products of a Half target and a Half from upstream, 2³² of them: ∂/∂x is −y · g, exact as a float, and then rounded to Half.
/// The judge is the system's conversion.
/// </summary>
internal static class HalfProofs
{
    private const int Values = 1 << 16;

    /// <summary>Every product rounded to nearest, ties to even; subnormal Halves, infinities and NaN included.</summary>
    public static Worst[] Products()
    {
        Worst[] worst = [new("products rounded to Half", "wrong")];
        var column = Lanes<Half>.Find(true, false, Outputs.GradInput, deterministic: true);
        Threads.Run(Values, worst, Every, (chunk, lanes, mine) =>
        {
            Half y = BitConverter.UInt16BitsToHalf((ushort)chunk);
            lanes.Y.AsSpan().Fill(y);
            lanes.Run(column, Outputs.GradInput);
            for (int i = 0; i < Values; i++)
            {
                Half expected = y <= Half.Zero ? Half.Zero : (Half)(-(float)y * (float)lanes.GradOutputs[i]);
                double error = lanes.Result[i].Equals(expected) ? 0 : 2;
                mine[0].See(error, error, (double)lanes.GradOutputs[i], (double)y);
            }
        });
        return worst;
    }

    private static Lanes<Half> Every()
    {
        Lanes<Half> lanes = new(Values);
        for (int i = 0; i < Values; i++)
        {
            lanes.GradOutputs[i] = BitConverter.UInt16BitsToHalf((ushort)i);
        }

        return lanes;
    }
}

namespace KlDivGen.Tests.Runtime;

/// <summary>Finite numbers that are hard to add.</summary>
internal static class RandomNumbers
{
    /// <summary>The kinds of numbers that <see cref="Create"/> knows.</summary>
    public static readonly string[] Kinds = ["any bits", "one magnitude", "cancelling", "subnormal", "huge", "powers of two"];

    /// <summary>Creates numbers of one kind.</summary>
    public static double[] Create(string kind, int count, int seed)
    {
        Random random = new(seed);
        double[] numbers = new double[count];
        for (int i = 0; i < count; i++)
        {
            numbers[i] = kind switch
            {
                "any bits" => Finite(random),
                "one magnitude" => random.NextDouble() - 0.25,
                "cancelling" => i % 2 == 1 ? -numbers[i - 1] * (random.Next(4) == 0 ? Math.BitIncrement(1) : 1) : Finite(random) / 2,
                "subnormal" => (random.Next(2) == 0 ? -1 : 1) * BitConverter.Int64BitsToDouble(random.NextInt64(1L << 53)),
                "huge" => (random.Next(3) == 0 ? -1 : 1) * double.MaxValue * (1 - (random.Next(4) * Math.ScaleB(1, -53))),
                "powers of two" => (random.Next(2) == 0 ? -1 : 1) * Math.ScaleB(1, random.Next(-1074, 1024)),
                _ => throw new ArgumentOutOfRangeException(nameof(kind)),
            };
        }

        return numbers;
    }

    private static double Finite(Random random)
    {
        while (true)
        {
            double value = BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue));
            if (double.IsFinite(value))
            {
                return value;
            }
        }
    }
}

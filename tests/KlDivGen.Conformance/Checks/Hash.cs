using System.Globalization;
using System.Numerics;
using KlDivGen.Conformance.Arithmetic;
using KlDivGen.Conformance.Cases;
using KlDivGen.Conformance.Data;
using KlDivGen.Conformance.Matrix;
using KlDivGen.Conformance.Memory;
using KlDivGen.Conformance.Oracle;

namespace KlDivGen.Conformance.Checks;

/// <summary>
/// One hash for each deterministic method, of the bits of all its results over hundreds of lengths. <c>Data/hashes.txt</c> contains the
/// expected hashes. They are the same on every machine, however the program was compiled.
/// </summary>
internal static class Hash
{
    private const int EveryLength = 200;
    private const int Longest = 600;

    private static readonly double[] Specials =
        [0, -0.0, 1, -1, 1e-40, -1e-40, double.PositiveInfinity, double.NegativeInfinity, double.NaN, 1e30, -1e30, -104.5, 88.5, 200];

    /// <summary>Returns a line for each deterministic method of a group: its title and its hash.</summary>
    public static IEnumerable<string> Compute(string group)
    {
        using OperandMemory memory = new();
        foreach (KernelCase kernel in KernelGroups.Get(group).Where(c => c.Settings.Deterministic))
        {
            ulong hash = 0xCBF29CE484222325;
            foreach (Call call in Calls(kernel.Settings))
            {
                hash = Add(hash, kernel.Run(memory, call));
            }

            yield return $"{kernel.Title} {hash.ToString("x16", CultureInfo.InvariantCulture)}";
        }
    }

    /// <summary>Returns the expected lines.</summary>
    public static HashSet<string> ReadExpected()
    {
        using Stream stream = typeof(Hash).Assembly.GetManifestResourceStream("hashes.txt")!;
        using StreamReader reader = new(stream);
        return [.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries)];
    }

    /// <summary>Returns a hash that also depends on the bits of a call's results.</summary>
    public static ulong Add(ulong hash, CallResult result) =>
        Mix(Mix(Mix(Mix(hash, [result.Returned]), result.Output), result.GradInput), result.GradTarget);

    /// <summary>Ordinary data of many lengths, data with some special values, and some long data. Any change here changes the hashes.</summary>
    private static IEnumerable<Call> Calls(Settings settings)
    {
        (FloatFormat x, FloatFormat y) = (FloatFormat.Of(settings.Input), FloatFormat.Of(settings.Target));
        RandomSource random = new(41);
        double[] inputs = random.Fill(20_011, x, r => r.Uniform(-15, 1));
        double[] targets = random.Fill(20_011, y, r => settings.LogTarget ? r.Uniform(-100, 2) : Probability(r));
        double[] specialInputs = random.Fill(Longest, x, r => r.Below(97) == 0 ? Specials[r.Below(Specials.Length)] : r.Uniform(-15, 1));
        double[] specialTargets = random.Fill(Longest, y, r => r.Below(61) == 0 ? Specials[r.Below(Specials.Length)] : r.Uniform(0, 1));
        for (int length = 0; length <= Longest; length += length < EveryLength ? 1 : 13)
        {
            yield return CreateCall(inputs, targets, length * 3, length);
            yield return CreateCall(specialInputs, specialTargets, Longest - length, length);
        }

        foreach (int length in (int[])[1000, 2047, 2048, 2049, 4096, 10_001, 20_011])
        {
            yield return CreateCall(inputs, targets, 0, length);
        }

        Call CreateCall(double[] a, double[] b, int start, int length) => new(a.AsMemory(start, length), b.AsMemory(start, length))
        {
            BatchSize = Dataset.BatchSizeFor(length),
            GradOutput = 0.625,
            GradOutputs = Enumerable.Repeat(0.625, length).ToArray(),
            Placement = new((Edge)(length & 1), length % 7, length % 5, length % 3),
        };
    }

    private static double Probability(RandomSource random) => random.Below(16) switch
    {
        0 => 0,
        1 => random.Binade(-149, 100),
        _ => random.Uniform(0, 1),
    };

    private static ulong Mix(ulong hash, ReadOnlySpan<double> values)
    {
        foreach (double value in values)
        {
            hash = BitOperations.RotateLeft((hash ^ (ulong)BitConverter.DoubleToInt64Bits(value)) * 0x100000001B3, 23);
        }

        return hash;
    }
}

using System.Globalization;
using System.Numerics;
using KlDivGen.Conformance.Arithmetic;
using KlDivGen.Conformance.Columns;
using KlDivGen.Conformance.Data;
using KlDivGen.Conformance.Matrix;
using KlDivGen.Conformance.Memory;

namespace KlDivGen.Conformance.Checks;

/// <summary>
/// The bits of every result of the deterministic methods, over hundreds of lengths, boiled down to one number a method. The numbers
/// are kept in <c>Data/hashes.txt</c>: they must come out on every machine, however the program was compiled.
/// </summary>
internal static class Hash
{
    private const int EveryLength = 200;
    private const int Longest = 600;

    private static readonly double[] Specials =
        [0, -0.0, 1, -1, 1e-40, -1e-40, double.PositiveInfinity, double.NegativeInfinity, double.NaN, 1e30, -1e30, -104.5, 88.5, 200];

    /// <summary>A line for each deterministic method of a family: its title and its number.</summary>
    public static IEnumerable<string> Of(string family)
    {
        using var arena = new Arena();
        foreach (var column in Families.Of(family).Where(c => c.Settings.Deterministic))
        {
            ulong hash = 0xCBF29CE484222325;
            foreach (var call in Calls(column.Settings))
            {
                var outcome = column.Run(arena, call);
                hash = Mix(hash, [outcome.Returned]);
                hash = Mix(hash, outcome.Output);
                hash = Mix(hash, outcome.GradInput);
                hash = Mix(hash, outcome.GradTarget);
            }

            yield return $"{column.Title} {hash.ToString("x16", CultureInfo.InvariantCulture)}";
        }
    }

    /// <summary>The lines that are kept.</summary>
    public static HashSet<string> Kept()
    {
        using var stream = typeof(Hash).Assembly.GetManifestResourceStream("hashes.txt")!;
        using var reader = new StreamReader(stream);
        return [.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries)];
    }

    /// <summary>Ordinary data of every length, then the same with special values here and there, then some long ones.</summary>
    private static IEnumerable<Call> Calls(Settings settings)
    {
        var (x, y) = (Format.Of(settings.Input), Format.Of(settings.Target));
        var random = new RandomSource(41);
        double[] inputs = random.Fill(20_011, x, r => r.Uniform(-15, 1));
        double[] targets = random.Fill(20_011, y, r => settings.LogTarget ? r.Uniform(-100, 2) : Probability(r));
        double[] oddInputs = random.Fill(Longest, x, r => r.Below(97) == 0 ? Specials[r.Below(Specials.Length)] : r.Uniform(-15, 1));
        double[] oddTargets = random.Fill(Longest, y, r => r.Below(61) == 0 ? Specials[r.Below(Specials.Length)] : r.Uniform(0, 1));
        for (int length = 0; length <= Longest; length += length < EveryLength ? 1 : 13)
        {
            yield return Call(inputs, targets, length * 3, length);
            yield return Call(oddInputs, oddTargets, Longest - length, length);
        }

        foreach (int length in (int[])[1000, 2047, 2048, 2049, 4096, 10_001, 20_011])
        {
            yield return Call(inputs, targets, 0, length);
        }

        Call Call(double[] a, double[] b, int start, int length) => new(a.AsMemory(start, length), b.AsMemory(start, length))
        {
            BatchSize = Judge.BatchOf(length),
            GradOutput = settings.Upstream ? 0.625 : 1,
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

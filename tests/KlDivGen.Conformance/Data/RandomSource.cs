using KlDivGen.Conformance.Arithmetic;

namespace KlDivGen.Conformance.Data;

/// <summary>
/// Reproducible random numbers (SplitMix64 by Steele, Lea and Flood, 2014). They are the same on every machine and runtime, because they
/// do not use the mathematical functions of the system.
/// </summary>
internal sealed class RandomSource(ulong seed)
{
    private ulong state = seed;

    public ulong Next()
    {
        ulong z = this.state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    public int Below(int limit) => (int)(this.Next() % (ulong)limit);

    /// <summary>A uniformly distributed number between two bounds.</summary>
    public double Uniform(double low, double high) => low + ((this.Next() >> 11) * (1.0 / (1L << 53)) * (high - low));

    /// <summary>A positive number with a uniformly distributed exponent.</summary>
    public double Binade(int low, int high) => Math.ScaleB(this.Uniform(1, 2), low + this.Below(high - low));

    /// <summary>Draws numbers and rounds them to a format.</summary>
    public double[] Fill(int count, FloatFormat format, Func<RandomSource, double> draw)
    {
        double[] result = new double[count];
        for (int i = 0; i < count; i++)
        {
            result[i] = format.Round(draw(this));
        }

        return result;
    }
}

using KlDivGen.Conformance.Arithmetic;
using KlDivGen.Conformance.Cases;
using KlDivGen.Conformance.Data;

namespace KlDivGen.Conformance.Fuzzing;

/// <summary>
/// Draws the data of a fuzz case. Each operand has one of several distributions, and some of its elements another one, so that elements
/// that need the slow path are everywhere, in runs, rare or absent.
/// </summary>
/// <param name="settings">The settings of the method.</param>
/// <param name="random">Determines all values.</param>
internal sealed class ValueSource(Settings settings, RandomSource random)
{
    private readonly FloatFormat input = FloatFormat.Of(settings.Input);
    private readonly FloatFormat target = FloatFormat.Of(settings.Target);

    /// <summary>Draws a number of elements.</summary>
    public (double[] X, double[] Y) Draw(int count)
    {
        double[] y = this.Mix(this.Targets(), this.Targets(), count, this.target);
        return (this.Mix(this.Inputs(y), this.Inputs(y), count, this.input), y);
    }

    /// <summary>Draws upstream gradients, all finite.</summary>
    public double[] DrawGradOutputs(int count, ElementType type)
    {
        FloatFormat format = FloatFormat.Of(type);
        double constant = format.Round(this.GradOutputs(format)(0));
        return random.Below(4) == 0
            ? [.. Enumerable.Repeat(constant, count)]
            : this.Mix(this.GradOutputs(format), this.GradOutputs(format), count, format);
    }

    private static double Log(double y) => y > 0 && double.IsFinite(y) ? Elementary.Log(y).Hi : 0;

    /// <summary>Any bits of a type: all its values, with each exponent equally likely.</summary>
    private double AnyBits(FloatFormat format) => format.ElementType switch
    {
        ElementType.Single => BitConverter.UInt32BitsToSingle((uint)random.Next()),
        ElementType.Double => BitConverter.UInt64BitsToDouble(random.Next()),
        _ => format.FromBits((ushort)random.Next()),
    };

    private double Sign() => random.Below(2) == 0 ? 1 : -1;

    /// <summary>A magnitude over the whole range of a type, subnormal numbers included.</summary>
    private double AnyMagnitude(FloatFormat format) => random.Binade(Math.ILogB(format.Epsilon), Math.ILogB(format.Max));

    private Func<int, double> Inputs(double[] y) =>
        settings.Divergence != Divergence.Forward && random.Below(3) == 0 ? this.LogProbabilities(this.input) : this.InputsOf(y);

    private Func<int, double> InputsOf(double[] y)
    {
        double distance = Math.ScaleB(1, -random.Below(this.input.Precision + 4));
        double constant = random.Uniform(-20, 1);
        double scale = random.Binade(-30, 30);
        double[] specials = SpecialValues.Inputs(this.input);
        return random.Below(10) switch
        {
            0 => _ => specials[random.Below(specials.Length)],
            1 => _ => this.AnyBits(this.input),
            2 => _ => this.Sign() * this.AnyMagnitude(this.input),
            3 => i => (settings.LogTarget ? y[i] : Log(y[i])) * (1 + (distance * random.Uniform(-1, 1))),
            4 => i => (settings.LogTarget ? y[i] : Log(y[i])) + (distance * random.Uniform(-1, 1)),
            5 => _ => constant,
            6 => _ => scale * random.Uniform(-1, 1),
            _ => _ => random.Uniform(-12, 0),
        };
    }

    private Func<int, double> Targets() => settings.LogTarget ? this.LogProbabilities(this.target) : this.Probabilities();

    private Func<int, double> Probabilities()
    {
        double constant = random.Uniform(0, 1);
        double[] specials = SpecialValues.Probabilities(this.target);
        return random.Below(11) switch
        {
            0 => _ => specials[random.Below(specials.Length)],
            1 => _ => this.AnyBits(this.target),
            2 => _ => this.AnyMagnitude(this.target),
            3 => _ => random.Uniform(0, 2 * this.target.MinNormal),
            4 => _ => 0,
            5 => _ => random.Uniform(-1, 1),
            6 => _ => constant,
            7 => _ => random.Binade(-40, 1),
            _ => _ => random.Uniform(0, 1),
        };
    }

    private Func<int, double> LogProbabilities(FloatFormat format)
    {
        FloatFormat compute = settings.ComputeFormat;
        double constant = random.Uniform(-12, 0);
        double smallest = Log(compute.Epsilon), largest = Log(compute.Max);
        double[] specials = SpecialValues.LogTargets(compute, format);
        return random.Below(11) switch
        {
            0 => _ => specials[random.Below(specials.Length)],
            1 => _ => this.AnyBits(format),
            2 => _ => this.Sign() * this.AnyMagnitude(format),
            3 => _ => random.Uniform(smallest - 3, Log(compute.MinNormal) + 3),
            4 => _ => random.Uniform(largest - 3, largest + 3),
            5 => _ => random.Uniform(smallest * 1.2, largest * 1.2),
            6 => _ => constant,
            7 => _ => this.Sign() * random.Binade(-30, 3),
            _ => _ => random.Uniform(-12, 0),
        };
    }

    private Func<int, double> GradOutputs(FloatFormat format) => random.Below(6) switch
    {
        0 => _ => 0,
        1 => _ => this.Sign() * this.AnyMagnitude(format),
        2 => _ => Math.ScaleB(this.Sign(), random.Below(16)),
        3 => _ => 1,
        _ => _ => random.Uniform(-2, 2),
    };

    private double[] Mix(Func<int, double> common, Func<int, double> rare, int count, FloatFormat format)
    {
        // The probability of a run of the second distribution, out of 4096, and the longest run.
        int frequency = ((int[])[0, 0, 4, 64, 1024])[random.Below(5)], longest = ((int[])[1, 1, 40])[random.Below(3)];
        double[] result = new double[count];
        int remaining = 0;
        for (int i = 0; i < count; i++)
        {
            remaining = remaining > 0 ? remaining - 1 : random.Below(4096) < frequency ? 1 + random.Below(longest) : 0;
            result[i] = format.Round((remaining > 0 ? rare : common)(i));
        }

        return result;
    }
}

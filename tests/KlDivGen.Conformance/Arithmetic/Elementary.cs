namespace KlDivGen.Conformance.Arithmetic;

/// <summary>
/// The logarithm and the exponential of a double to about 80 bits, by a table for the leading bits and a short series for the others. The
/// check <c>oracle</c> compares them with 50-digit arithmetic.
/// </summary>
internal static class Elementary
{
    private const int LogSteps = 256;
    private const int ExpSteps = 256;

    private static readonly DoubleDouble Ln2 = new(0.6931471805599453, 2.3190468138462996e-17);
    private static readonly DoubleDouble ExpStep = DoubleDouble.Scale(Ln2, -8);
    private static readonly DoubleDouble Third = (DoubleDouble)1 / 3;
    private static readonly DoubleDouble Sixth = (DoubleDouble)1 / 6;

    /// <summary>2^(j/256).</summary>
    private static readonly DoubleDouble[] Powers = [.. Enumerable.Range(0, ExpSteps).Select(j => Series(ExpStep * j))];

    /// <summary>256/j and −log(256/j) for j from 192 to 384. A significand m from 0.75 to 1.5 uses j = round(256 · m).</summary>
    private static readonly (double Inverse, DoubleDouble Log)[] Logarithms = [.. Enumerable.Range(192, 193).Select(Logarithm)];

    /// <summary>The natural logarithm of a positive finite value.</summary>
    public static DoubleDouble Log(double y)
    {
        int k = PowersOfTwo.ExponentOf(y);
        double m = PowersOfTwo.Scale(y, -k);
        if (m >= 1.5)
        {
            m *= 0.5;
            k++;
        }

        (double inverse, DoubleDouble log) = Logarithms[(int)Math.Round(m * LogSteps) - 192];
        DoubleDouble product = DoubleDouble.Product(m, inverse);
        DoubleDouble r = DoubleDouble.Sum(product.Hi - 1, product.Lo);

        // log(1 + r) = r − r²/2 + r³/3 − …, |r| < 0.0027. One double is precise enough for the terms from r⁴ on.
        double h = r.Hi;
        double tail = h * h * h * h * (-0.25 + (h * (0.2 + (h * (-1 / 6.0 + (h * (1 / 7.0 + (h * (-0.125 + (h / 9))))))))));
        DoubleDouble square = r * r;
        return (Ln2 * k) + (log + (r + (DoubleDouble.Scale(-square, -1) + ((square * r * Third) + tail))));
    }

    /// <summary>The exponential of a finite value; ∞ or 0 beyond the range of double.</summary>
    public static DoubleDouble Exp(double y) => ScaledExp(y).Value;

    /// <summary>The exponential of a finite value, which does not overflow or underflow. Where |y| &gt; 10⁶, it is 2^±10⁶ instead.</summary>
    public static ScaledValue ScaledExp(double y)
    {
        const int limit = 1_000_000;
        if (Math.Abs(y) > limit)
        {
            return new(1, y > 0 ? limit : -limit);
        }

        int k = (int)Math.Round(y / ExpStep.Hi);
        DoubleDouble r = y - (ExpStep * k);
        double h = r.Hi;
        double tail = h * h * h * h * (1 / 24.0 + (h * (1 / 120.0 + (h * (1 / 720.0 + (h / 5040))))));
        DoubleDouble square = r * r;
        DoubleDouble fraction = r + (DoubleDouble.Scale(square, -1) + ((square * r * Sixth) + tail));
        int index = k & (ExpSteps - 1);
        DoubleDouble power = Powers[index];
        DoubleDouble result = power + (power * fraction);
        return new(result, (k - index) / ExpSteps);
    }

    private static DoubleDouble Series(DoubleDouble r)
    {
        DoubleDouble sum = 1, term = 1;
        for (int i = 1; i < 32; i++)
        {
            term = term * r / i;
            sum += term;
        }

        return sum;
    }

    /// <summary>One Newton step doubles the precision of the logarithm in double.</summary>
    private static (double Inverse, DoubleDouble Log) Logarithm(int j)
    {
        double inverse = LogSteps / (double)j, guess = -Math.Log(inverse);
        DoubleDouble correction = (Series(-guess) / inverse) - 1;
        return (inverse, guess + correction);
    }
}

namespace KlDivGen.Conformance.Arithmetic;

/// <summary>Functions of a pair of doubles, among them those that lose nothing for small arguments.</summary>
internal static class Expansion
{
    /// <summary>A term this small beside the sum, and all after it, change nothing in a pair of doubles: 2⁻¹¹⁰.</summary>
    private const double Negligible = 1 / 1298074214633706907132624082305024.0;

    /// <summary>The exponential of a pair of doubles up to 0.</summary>
    public static DoubleDouble Exp(DoubleDouble y)
    {
        if (y.Hi < -1e5)
        {
            return 0;
        }

        DoubleDouble correction = 1 + ((DoubleDouble)y.Lo + (y.Lo * y.Lo / 2));
        return Elementary.Exp(y.Hi) * correction;
    }

    public static DoubleDouble Log(DoubleDouble y)
    {
        double ratio = y.Lo / y.Hi;
        return Elementary.Log(y.Hi) + ((DoubleDouble)ratio - (ratio * ratio / 2));
    }

    /// <summary>exp(−d) − 1, and d + exp(−d) − 1, without cancellation for small d.</summary>
    public static (DoubleDouble Ratio, DoubleDouble Loss) Expand(DoubleDouble d)
    {
        DoubleDouble power = -d, loss = 0;
        for (int i = 2; i < 24 && !(Math.Abs(power.Hi) <= Negligible * Math.Abs(loss.Hi)); i++)
        {
            power = power * -d / i;
            loss += power;
        }

        return (loss - d, loss);
    }

    /// <summary>log(1 + w), and w − log(1 + w), without cancellation for small w.</summary>
    public static (DoubleDouble Log, DoubleDouble Excess) LogOnePlus(DoubleDouble w)
    {
        if (!double.IsFinite(w.Hi))
        {
            return (w, w);
        }

        if (Math.Abs(w.Hi) >= 0.05)
        {
            DoubleDouble log = Log(1 + w);
            return (log, w - log);
        }

        DoubleDouble power = w, excess = 0;
        for (int i = 2; i < 28 && !(Math.Abs(power.Hi) <= Negligible * Math.Abs(excess.Hi)); i++)
        {
            power *= -w;
            excess -= power / i;
        }

        return (w - excess, excess);
    }
}

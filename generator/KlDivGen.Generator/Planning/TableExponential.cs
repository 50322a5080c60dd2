using KlDivGen.Generator.Plan;

namespace KlDivGen.Generator.Planning;

/// <summary>
/// exp(y) with a table of 32 (16) powers of two in registers, which leaves little to the polynomial: a loss takes seven multiplications
/// (eleven) instead of ten (fifteen). Within 2 ULP, like <see cref="Exponential"/>, but not with its bits: for sums, not for what is stored.
/// </summary>
internal static class TableExponential
{
    /// <summary>
    /// exp(y) for arguments from −86.65 (−707.7) to 2, guarded. y = n · ln 2 / 32 + r; with s = 2ⁿ⁄³², exp(y) = s + s · r · P(r), in which
    /// only s and the sum are rounded at the result's last place.
    /// </summary>
    public static ExponentialValue Fast(BodyBuilder b, Value y)
    {
        FloatFormat format = b.Format;
        int steps = 1 << format.PowerTableBits;
        int smallest = (format.ExponentBias - 2) * steps;
        Value shift = b.Constant(
            "TableShift", format.RoundingShift + smallest, "adding it rounds to an integer, which is 0 for the smallest power");
        Value t = b.MultiplyAdd(
            "t",
            y,
            b.Constant("StepsPerUnit", FloatFormat.Log2E * steps, $"{steps} / ln 2"),
            shift,
            $"reduce y = n · ln 2 / {steps} + r with |r| ≤ ln 2 / {2 * steps}");

        // The number of valid n is a power of two: all have the same bits above.
        long count = (format.ExponentBias + 1) * steps;
        Value bits = b.AsInteger("tBits", t);
        Value rangeCheck = b.Xor("rangeCheckBits", bits, b.Integer("TableRange", format.RoundingShiftBits, "the bits above a valid n"));
        b.Guard(new Guard.ForbiddenBits(rangeCheck, ~(count - 1)));

        Value n = b.Subtract("n", t, shift);
        Value r = b.MultiplyAdd("rHi", n, b.Constant("MinusStepHi", -format.Ln2Hi / steps, $"high part of −ln 2 / {steps}"), y);
        r = b.MultiplyAdd("r", n, b.Constant("MinusStepLo", -format.Ln2Lo / steps, $"low part of −ln 2 / {steps}"), r);
        Value p = Polynomial.Horner(b, "p", "TableExp", r, format.TableExpCoefficients);
        Value minusOne = b.Multiply("expMinusOne", r, p);
        Value power = b.FractionalPower("power", bits, $"2 to the power n / {steps}, from a table");
        return new ExponentialValue(b.MultiplyAdd("e", power, minusOne, power));
    }
}

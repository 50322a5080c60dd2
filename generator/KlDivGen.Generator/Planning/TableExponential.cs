using KlDivGen.Generator.Plan;

namespace KlDivGen.Generator.Planning;

/// <summary>
/// exp(y) with a table of 32 (16) powers of two in registers, which leaves so little to the polynomial that a third of the multiplications
/// is saved. Within 2 ULP, like <see cref="Exponential"/>, but not with its bits: for sums, not for what is stored.
/// </summary>
internal static class TableExponential
{
    /// <summary>
    /// exp(y) for arguments from −87 (−708) to 2, guarded. y = n · ln 2 / 32 + r; with s = 2ⁿᐟ³², exp(y) = s + s · r · P(r), in which only s and
    /// the sum are rounded at the result's last place.
    /// </summary>
    public static ExponentialValue Fast(BodyBuilder b, Value y)
    {
        FloatFormat format = b.Format;
        int steps = 1 << format.PowerTableBits;
        int lowest = (format.ExponentBias - 2) * steps;
        string of = steps.ToString(System.Globalization.CultureInfo.InvariantCulture);
        Value shift = b.Constant("TableShift", format.RoundingShift + lowest, "adding it rounds to an integer, which is 0 for the smallest power");
        Value t = b.MultiplyAdd(
            "t", y, b.Constant("StepsPerUnit", FloatFormat.Log2E * steps, $"{of} / ln 2"), shift, $"reduce y = n · ln 2 / {of} + r with |r| ≤ ln 2 / {2 * steps}");

        // All n that are valid have the same bits above.
        Value bits = b.AsInteger("tBits", t);
        Value rangeCheck = b.Xor("rangeCheckBits", bits, b.Integer("TableRange", format.RoundingShiftBits, "the bits above a valid n"));
        b.Guard(new Guard.ForbiddenBits(rangeCheck, -(long)((format.ExponentBias + 1) * steps)));

        Value n = b.Subtract("n", t, shift);
        Value r = b.MultiplyAdd("rHi", n, b.Constant("MinusStepHi", -format.Ln2Hi / steps, $"high part of −ln 2 / {of}"), y);
        r = b.MultiplyAdd("r", n, b.Constant("MinusStepLo", -format.Ln2Lo / steps, $"low part of −ln 2 / {of}"), r);
        Value p = Polynomial.Horner(b, "p", "TableExp", r, format.TableExpCoefficients);
        Value minusOne = b.Multiply("expMinusOne", r, p);
        Value power = b.FractionalPower("power", bits, $"2 to the power n / {of}, from a table");
        return new ExponentialValue(b.MultiplyAdd("e", power, minusOne, power));
    }
}

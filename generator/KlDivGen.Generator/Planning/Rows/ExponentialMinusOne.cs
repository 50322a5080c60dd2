using KlDivGen.Generator.Plan;

namespace KlDivGen.Generator.Planning.Rows;

/// <summary>
/// exp(u) − 1 and exp(u) − 1 − u, both without cancellation, for |u| up to 86 (700); or the same of 2ᵘ, in the unit of u: (2ᵘ − 1) / ln 2 and
/// (2ᵘ − 1) / ln 2 − u, for u up to 124 (1010) and of any size below 0. The second is never negative.
/// </summary>
/// <remarks>
/// u is n, or n · ln 2, and a rest r, whose exponential is 1 + r + w in the unit of u, with w = r² · Q(r). With s = 2ⁿ, the first is
/// s · (r + w) + (s − 1), and the second s · w + (s − 1) · r + (s − 1) less the part of u that n is. For n = 0 these are r + w and w, in which
/// nothing cancels; for every other n they are far from 0.
/// </remarks>
internal abstract class ExponentialMinusOne(BodyBuilder b)
{
    /// <summary>exp(u) − 1.</summary>
    public abstract Value Value { get; }

    /// <summary>exp(u) − 1 − u.</summary>
    public abstract Value MinusArgument { get; }

    /// <summary>exp(u), also where it is tiny.</summary>
    public abstract Value Exponential { get; }

    protected BodyBuilder B { get; } = b;

    protected Value One => this.B.Constant("One", 1);

    /// <summary>w = r² · Q(r).</summary>
    protected Value Tail(Value r, IReadOnlyList<double> coefficients, string comment)
    {
        Value square = this.B.Multiply("uSquare", r, r, comment);
        return this.B.Multiply("w", square, Polynomial.Horner(this.B, "uq", "ExpQ", r, coefficients));
    }
}

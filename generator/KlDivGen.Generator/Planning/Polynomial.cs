namespace KlDivGen.Generator.Planning;

/// <summary>Polynomials, lowest coefficient first.</summary>
internal static class Polynomial
{
    /// <summary>
    /// c₀ + c₁x + c₂x² + …, by Horner's rule. Two chains of half the length, for the even and the odd powers, are shorter, but no
    /// faster where arithmetic is fused, and less exact where it is not.
    /// </summary>
    public static Value Horner(ProgramBuilder b, string name, string constant, Value x, double[] coefficients)
    {
        Value sum = Coefficient(coefficients.Length - 1);
        for (int k = coefficients.Length - 2; k >= 0; k--)
        {
            sum = b.MultiplyAdd(name, x, sum, Coefficient(k));
        }

        return sum;

        Value Coefficient(int k) => b.Constant(constant + k, coefficients[k]);
    }
}

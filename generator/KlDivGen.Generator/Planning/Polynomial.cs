using System.Globalization;
using KlDivGen.Generator.Plan;

namespace KlDivGen.Generator.Planning;

/// <summary>Polynomials, lowest coefficient first.</summary>
internal static class Polynomial
{
    /// <summary>
    /// c₀ + c₁x + c₂x² + …, by Horner's rule. Two chains of half the length, for the even and the odd powers, are shorter, but no
    /// faster where arithmetic is fused, and less exact where it is not.
    /// </summary>
    public static Value Horner(BodyBuilder b, string name, string constant, Value x, IReadOnlyList<double> coefficients)
    {
        Value sum = Coefficient(coefficients.Count - 1);
        for (int k = coefficients.Count - 2; k >= 0; k--)
        {
            sum = b.MultiplyAdd(name + Number(k), x, sum, Coefficient(k));
        }

        return sum;

        Value Coefficient(int k) =>
            b.Constant($"{constant}C{Number(k)}", coefficients[k], $"coefficient of degree {Number(k)}");

        static string Number(int k) => k.ToString(CultureInfo.InvariantCulture);
    }
}

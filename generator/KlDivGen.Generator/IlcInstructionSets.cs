namespace KlDivGen.Generator;

/// <summary>Understands the property <c>IlcInstructionSet</c> of a project for x64.</summary>
internal static class IlcInstructionSets
{
    /// <summary>
    /// The names that do not imply AVX2, without which <c>Vector&lt;T&gt;</c> has 128 bits. Those with <c>x86-x64</c> are from before
    /// .NET 10.
    /// </summary>
    private static readonly HashSet<string> NamesWithoutAvx2 = new(StringComparer.OrdinalIgnoreCase)
    {
        "x86-64", "x86-64-v2", "x86-x64", "x86-x64-v2",
        "base", "sse", "sse2", "sse3", "ssse3", "sse4.1", "sse4.2", "avx",
        "aes", "aes_v256", "pclmul", "vpclmul", "gfni", "gfni_v256", "sha",
        "bmi", "bmi2", "fma", "lzcnt", "movbe", "popcnt", "apx", "waitpkg", "serialize", "x86serialize", "vectort128",
    };

    private static readonly HashSet<string> NamesImpliedByAvx2 = new(StringComparer.OrdinalIgnoreCase) { "avx2", "avx", "sse4.2" };

    /// <summary>Whether <c>Vector&lt;T&gt;</c> has only 128 bits. An unknown name is taken to imply AVX2.</summary>
    /// <param name="value">Names separated by commas. A name is enabled, or disabled with <c>-</c> before it.</param>
    public static bool HasNarrowVectors(string value)
    {
        bool hasAvx2 = false;
        foreach (string item in value.Split(',').Select(item => item.Trim()).Where(item => item.Length > 0))
        {
            string name = item.TrimStart('+', '-');
            if (item[0] != '-')
            {
                hasAvx2 |= !NamesWithoutAvx2.Contains(name);
            }
            else if (NamesImpliedByAvx2.Contains(name))
            {
                return true;
            }
        }

        return !hasAvx2;
    }
}

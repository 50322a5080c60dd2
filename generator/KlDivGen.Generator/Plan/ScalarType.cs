namespace KlDivGen.Generator.Plan;

/// <summary>The type of one lane of a vector value.</summary>
internal enum ScalarType
{
    /// <summary>16 bits of storage that no lane computes with, such as those of a Half.</summary>
    Int16,

    /// <summary>A 32-bit integer, or the mask of a comparison of <see cref="Single"/>.</summary>
    Int32,

    /// <summary>A 64-bit integer, or the mask of a comparison of <see cref="Double"/>.</summary>
    Int64,

    Single,

    Double,
}

internal static class ScalarTypeExtensions
{
    /// <summary>The size of a lane in bytes.</summary>
    public static int Size(this ScalarType type) => type switch
    {
        ScalarType.Int16 => 2,
        ScalarType.Int32 or ScalarType.Single => 4,
        _ => 8,
    };

    /// <summary>The integer type of the same width.</summary>
    public static ScalarType Integer(this ScalarType type) => type switch
    {
        ScalarType.Single => ScalarType.Int32,
        ScalarType.Double => ScalarType.Int64,
        _ => type,
    };

    /// <summary>The floating-point type of the same width, if there is one.</summary>
    public static ScalarType Floating(this ScalarType type) => type switch
    {
        ScalarType.Int32 => ScalarType.Single,
        ScalarType.Int64 => ScalarType.Double,
        _ => type,
    };
}

namespace KlDivGen.Samples.Npy;

/// <summary>The element types that the samples read and write.</summary>
internal enum NpyElementType
{
    /// <summary>float16, <c>&lt;f2</c>.</summary>
    Half,

    /// <summary>float32, <c>&lt;f4</c>.</summary>
    Single,

    /// <summary>float64, <c>&lt;f8</c>.</summary>
    Double,

    /// <summary>int32, <c>&lt;i4</c>.</summary>
    Int32,

    /// <summary>int64, <c>&lt;i8</c>.</summary>
    Int64,
}

/// <summary>Properties of the element types.</summary>
internal static class NpyElementTypeExtensions
{
    private static readonly (string Name, string Descr, int Size)[] Properties =
        [("float16", "<f2", 2), ("float32", "<f4", 4), ("float64", "<f8", 8), ("int32", "<i4", 4), ("int64", "<i8", 8)];

    /// <summary>Returns the size of one element in bytes.</summary>
    public static int GetSize(this NpyElementType elementType) => Properties[(int)elementType].Size;

    /// <summary>Returns the value of 'descr' in a header.</summary>
    public static string GetDescr(this NpyElementType elementType) => Properties[(int)elementType].Descr;

    /// <summary>Returns the name of the type in NumPy.</summary>
    public static string GetName(this NpyElementType elementType) => Properties[(int)elementType].Name;
}

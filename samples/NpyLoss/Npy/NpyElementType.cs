namespace NpyLoss.Npy;

/// <summary>The element types that the program reads and writes.</summary>
internal enum NpyElementType
{
    /// <summary>float32, <c>&lt;f4</c>.</summary>
    Single,

    /// <summary>float64, <c>&lt;f8</c>.</summary>
    Double,
}

/// <summary>Properties of the element types.</summary>
internal static class NpyElementTypeExtensions
{
    /// <summary>Returns the size of one element in bytes.</summary>
    public static int GetSize(this NpyElementType elementType) => elementType == NpyElementType.Single ? sizeof(float) : sizeof(double);

    /// <summary>Returns the value of 'descr' in a header.</summary>
    public static string GetDescr(this NpyElementType elementType) => elementType == NpyElementType.Single ? "<f4" : "<f8";

    /// <summary>Returns the name of the type in NumPy.</summary>
    public static string GetName(this NpyElementType elementType) => elementType == NpyElementType.Single ? "float32" : "float64";
}

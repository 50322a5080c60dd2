namespace QuickStart.Npy;

/// <summary>The element types this sample reads and writes.</summary>
internal enum NpyElement
{
    /// <summary>float32, <c>&lt;f4</c>.</summary>
    Single,

    /// <summary>float64, <c>&lt;f8</c>.</summary>
    Double,
}

/// <summary>How an element type is named and stored.</summary>
internal static class NpyElements
{
    /// <summary>The bytes of one element.</summary>
    public static int Size(this NpyElement element) => element == NpyElement.Single ? sizeof(float) : sizeof(double);

    /// <summary>NumPy's description in a header.</summary>
    public static string Descr(this NpyElement element) => element == NpyElement.Single ? "<f4" : "<f8";

    /// <summary>NumPy's name.</summary>
    public static string Name(this NpyElement element) => element == NpyElement.Single ? "float32" : "float64";
}

using KlDivGen.Benchmarks.Measuring;

namespace KlDivGen.Benchmarks.Plots;

/// <summary>The implementations in charts and their colours. This library stands out.</summary>
internal static class Palette
{
    /// <summary>The implementations and their colours.</summary>
    public static IReadOnlyList<(string Implementation, string Colour)> Implementations { get; } =
    [
        (Names.KlDivGen, "#d1242f"),
        (Names.Deterministic, "#f28b82"),
        (Names.Intrinsics, "#0969da"),
        (Names.Libmvec, "#0a3069"),
        (Names.Sleef3, "#54a3f7"),
        (Names.Sleef1, "#9ecbff"),
        (Names.Blocks, "#1a7f37"),
        (Names.TensorPrimitives, "#6fbf73"),
        (Names.NaiveLoop, "#8250df"),
        (Names.PyTorch, "#d4a72c"),
        (Names.MemoryBandwidth, "#8c959f"),
    ];
}

using KlDivGen.Benchmarks.Measuring;

namespace KlDivGen.Benchmarks.Plots;

/// <summary>Who is shown in plots, and how: this library stands out, the others are told apart.</summary>
internal static class Palette
{
    /// <summary>The contenders of a plot with their colours, in the order of the legend.</summary>
    public static IReadOnlyList<(string Contender, string Colour)> Contenders { get; } =
    [
        (Names.KlDivGen, "#d1242f"),
        (Names.Deterministic, "#f28b82"),
        (Names.Intrinsics, "#0969da"),
        (Names.Sleef3, "#54a3f7"),
        (Names.Sleef1, "#9ecbff"),
        (Names.Chunked, "#1a7f37"),
        (Names.TensorPrimitives, "#6fbf73"),
        (Names.Loop, "#8250df"),
        (Names.PyTorch, "#d4a72c"),
        (Names.Floor, "#8c959f"),
    ];
}

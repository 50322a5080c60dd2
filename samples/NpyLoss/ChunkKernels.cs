using KlDivGen;

namespace NpyLoss;

/// <summary>Returns the sum of the losses of one chunk.</summary>
internal delegate double SumKernel<T>(ReadOnlySpan<T> input, ReadOnlySpan<T> target);

/// <summary>Writes the loss of each element of one chunk.</summary>
internal delegate void ElementwiseKernel<T>(ReadOnlySpan<T> input, ReadOnlySpan<T> target, Span<T> output);

/// <summary>The kernels that compute the loss of one chunk.</summary>
internal sealed record ChunkKernels<T>(SumKernel<T> Sum, ElementwiseKernel<T> Elementwise);

/// <summary>
/// Selects generated methods by the settings of the command line. The settings of a generated method are constants, so the
/// program has one method for each combination and selects once, before the first chunk.
/// </summary>
internal static class ChunkKernels
{
    /// <summary>Returns the kernels for float32 data.</summary>
    public static ChunkKernels<float> ForSingle(string dialect, bool logTarget) => (dialect, logTarget) switch
    {
        (Dialects.Paddle, false) => new(ChunkLosses.Paddle.Sum, ChunkLosses.Paddle.Elementwise),
        (Dialects.Paddle, true) => new(ChunkLosses.Paddle.SumLogTarget, ChunkLosses.Paddle.ElementwiseLogTarget),
        (Dialects.PyTorch, false) => new(ChunkLosses.PyTorch.Sum, ChunkLosses.PyTorch.Elementwise),
        (Dialects.PyTorch, true) => new(ChunkLosses.PyTorch.SumLogTarget, ChunkLosses.PyTorch.ElementwiseLogTarget),
        (Dialects.Strict, false) => new(ChunkLosses.Strict.Sum, ChunkLosses.Strict.Elementwise),
        (Dialects.Strict, true) => new(ChunkLosses.Strict.SumLogTarget, ChunkLosses.Strict.ElementwiseLogTarget),
        _ => throw new ArgumentOutOfRangeException(nameof(dialect), dialect, "Not a dialect."),
    };

    /// <summary>Returns the kernels for float64 data.</summary>
    public static ChunkKernels<double> ForDouble(string dialect, bool logTarget) => (dialect, logTarget) switch
    {
        (Dialects.Paddle, false) => new(ChunkLosses.Paddle.Sum, ChunkLosses.Paddle.Elementwise),
        (Dialects.Paddle, true) => new(ChunkLosses.Paddle.SumLogTarget, ChunkLosses.Paddle.ElementwiseLogTarget),
        (Dialects.PyTorch, false) => new(ChunkLosses.PyTorch.Sum, ChunkLosses.PyTorch.Elementwise),
        (Dialects.PyTorch, true) => new(ChunkLosses.PyTorch.SumLogTarget, ChunkLosses.PyTorch.ElementwiseLogTarget),
        (Dialects.Strict, false) => new(ChunkLosses.Strict.Sum, ChunkLosses.Strict.Elementwise),
        (Dialects.Strict, true) => new(ChunkLosses.Strict.SumLogTarget, ChunkLosses.Strict.ElementwiseLogTarget),
        _ => throw new ArgumentOutOfRangeException(nameof(dialect), dialect, "Not a dialect."),
    };
}

using KlDivGen;

namespace QuickStart;

/// <summary>The sum of the losses of one piece.</summary>
internal delegate double SumKernel<T>(ReadOnlySpan<T> input, ReadOnlySpan<T> target);

/// <summary>The loss of each element of one piece.</summary>
internal delegate void EachKernel<T>(ReadOnlySpan<T> input, ReadOnlySpan<T> target, Span<T> output);

/// <summary>The two kernels that one run over an array needs.</summary>
internal sealed record PieceKernels<T>(SumKernel<T> Sum, EachKernel<T> Each);

/// <summary>
/// Chooses among the generated methods. The settings of a kernel are fixed when it is compiled, so a program that learns them
/// from its command line has one method for each and chooses once, before the work.
/// </summary>
internal static class PieceKernels
{
    /// <summary>The kernels over float32 data.</summary>
    public static PieceKernels<float> ForSingle(string dialect, bool logTarget) => (dialect, logTarget) switch
    {
        (Dialects.Paddle, false) => new(PieceLosses.Paddle.Sum, PieceLosses.Paddle.Each),
        (Dialects.Paddle, true) => new(PieceLosses.Paddle.SumOfLog, PieceLosses.Paddle.EachOfLog),
        (Dialects.PyTorch, false) => new(PieceLosses.PyTorch.Sum, PieceLosses.PyTorch.Each),
        (Dialects.PyTorch, true) => new(PieceLosses.PyTorch.SumOfLog, PieceLosses.PyTorch.EachOfLog),
        (Dialects.Strict, false) => new(PieceLosses.Strict.Sum, PieceLosses.Strict.Each),
        (Dialects.Strict, true) => new(PieceLosses.Strict.SumOfLog, PieceLosses.Strict.EachOfLog),
        _ => throw new ArgumentOutOfRangeException(nameof(dialect), dialect, "Not a dialect."),
    };

    /// <summary>The kernels over float64 data.</summary>
    public static PieceKernels<double> ForDouble(string dialect, bool logTarget) => (dialect, logTarget) switch
    {
        (Dialects.Paddle, false) => new(PieceLosses.Paddle.Sum, PieceLosses.Paddle.Each),
        (Dialects.Paddle, true) => new(PieceLosses.Paddle.SumOfLog, PieceLosses.Paddle.EachOfLog),
        (Dialects.PyTorch, false) => new(PieceLosses.PyTorch.Sum, PieceLosses.PyTorch.Each),
        (Dialects.PyTorch, true) => new(PieceLosses.PyTorch.SumOfLog, PieceLosses.PyTorch.EachOfLog),
        (Dialects.Strict, false) => new(PieceLosses.Strict.Sum, PieceLosses.Strict.Each),
        (Dialects.Strict, true) => new(PieceLosses.Strict.SumOfLog, PieceLosses.Strict.EachOfLog),
        _ => throw new ArgumentOutOfRangeException(nameof(dialect), dialect, "Not a dialect."),
    };
}

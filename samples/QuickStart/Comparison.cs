using System.Diagnostics;
using System.Numerics;
using System.Numerics.Tensors;
using KlDivGen;
using QuickStart.Npy;

namespace QuickStart;

/// <summary>What the user wants to know about two arrays.</summary>
/// <param name="Input">The file of the input, log-probabilities.</param>
/// <param name="Target">The file of the target.</param>
/// <param name="Reduction">The one reduction wanted, or <see langword="null"/> for all.</param>
/// <param name="LogTarget">Whether the target holds log-probabilities.</param>
/// <param name="Dialect">Whose rules decide the special values.</param>
/// <param name="Output">The file to receive the loss of each element, or <see langword="null"/>.</param>
/// <param name="Piece">How many elements to hold in memory at a time.</param>
internal sealed record ComparisonRequest(
    string Input, string Target, string? Reduction, bool LogTarget, string Dialect, string? Output, int Piece)
{
    /// <summary>Whether the loss of each element is wanted.</summary>
    public bool WantsEach => this.Output is not null || this.Reduction is null or Reductions.None;

    /// <summary>Whether the sum, or a mean of it, is wanted.</summary>
    public bool WantsSum => this.Reduction != Reductions.None;
}

/// <summary>What a run over two arrays found.</summary>
/// <param name="Input">The input's header.</param>
/// <param name="Target">The target's header.</param>
internal sealed record ComparisonResult(NpyHeader Input, NpyHeader Target)
{
    /// <summary>The sum of the losses.</summary>
    public double Sum { get; set; }

    /// <summary>The smallest loss of an element, or NaN if one is NaN; +∞ for an empty array.</summary>
    public double Minimum { get; set; } = double.PositiveInfinity;

    /// <summary>The largest loss of an element, or NaN if one is NaN; −∞ for an empty array.</summary>
    public double Maximum { get; set; } = double.NegativeInfinity;

    /// <summary>The time the sum's kernel took for all pieces, without reading them.</summary>
    public TimeSpan SumTime { get; set; }

    /// <summary>The time the elements' kernel took for all pieces, without reading or writing them.</summary>
    public TimeSpan EachTime { get; set; }
}

/// <summary>Runs the kernels over two files, a piece in memory at a time.</summary>
internal sealed class Comparison : IDisposable
{
    private readonly ComparisonRequest request;
    private readonly NpyReader input;
    private readonly NpyReader target;

    private Comparison(ComparisonRequest request, NpyReader input, NpyReader target)
    {
        this.request = request;
        this.input = input;
        this.target = target;
    }

    /// <summary>The number of elements in each of the two arrays.</summary>
    public long Count => this.input.Header.Count;

    /// <summary>Opens both files and checks that they belong together.</summary>
    /// <exception cref="UnusableException">One of them cannot be used, or their shapes differ.</exception>
    public static Comparison Open(ComparisonRequest request)
    {
        NpyReader input = NpyReader.Open(request.Input);
        try
        {
            NpyReader target = NpyReader.Open(request.Target);
            Comparison comparison = new(request, input, target);
            if (input.Header.Shape.SequenceEqual(target.Header.Shape))
                return comparison;
            comparison.Dispose();
            throw new UnusableException(
                $"the shapes differ: {request.Input} is {input.Header.ShapeText}, {request.Target} is {target.Header.ShapeText}");
        }
        catch
        {
            input.Dispose();
            throw;
        }
    }

    /// <summary>Reads, computes and writes all pieces.</summary>
    /// <param name="advance">Is told the number of elements of each piece that is done.</param>
    /// <param name="cancellation">Stops the run between two pieces; nothing is written then.</param>
    public ComparisonResult Run(Action<long> advance, CancellationToken cancellation) =>
        this.input.Header.Element == NpyElement.Single && this.target.Header.Element == NpyElement.Single
            ? this.Run(PieceKernels.ForSingle(this.request.Dialect, this.request.LogTarget), NpyElement.Single, advance, cancellation)
            : this.Run(PieceKernels.ForDouble(this.request.Dialect, this.request.LogTarget), NpyElement.Double, advance, cancellation);

    /// <inheritdoc/>
    public void Dispose()
    {
        this.input.Dispose();
        this.target.Dispose();
    }

    private ComparisonResult Run<T>(PieceKernels<T> kernels, NpyElement element, Action<long> advance, CancellationToken cancellation)
        where T : unmanaged, INumber<T>
    {
        int room = (int)long.Min(this.request.Piece, this.Count);
        T[] x = new T[room], y = new T[room], losses = new T[this.request.WantsEach ? room : 0];
        using NpyWriter? writer = this.request.Output is { } path ? NpyWriter.Create(path, element, this.input.Header) : null;

        ComparisonResult result = new(this.input.Header, this.target.Header);
        for (long done = 0; done < this.Count; done += room)
        {
            cancellation.ThrowIfCancellationRequested();
            int count = (int)long.Min(room, this.Count - done);
            Span<T> input = x.AsSpan(0, count), target = y.AsSpan(0, count);
            this.input.Read(input);
            this.target.Read(target);
            Span<T> each = losses.AsSpan(0, this.request.WantsEach ? count : 0);

            // The first call of a method compiles it, which is not to be in its time.
            if (done == 0)
                this.Compute(kernels, input, target, each, new ComparisonResult(result.Input, result.Target));
            this.Compute(kernels, input, target, each, result);
            writer?.Write<T>(each);
            advance(count);
        }

        // The output may be one of the two files that were read.
        this.Dispose();
        writer?.Complete();
        return result;
    }

    // Adds one piece to the result.
    private void Compute<T>(
        PieceKernels<T> kernels, ReadOnlySpan<T> input, ReadOnlySpan<T> target, Span<T> each, ComparisonResult result)
        where T : unmanaged, INumber<T>
    {
        if (this.request.WantsSum)
        {
            long start = Stopwatch.GetTimestamp();
            result.Sum += kernels.Sum(input, target);
            result.SumTime += Stopwatch.GetElapsedTime(start);
        }

        if (this.request.WantsEach)
        {
            long start = Stopwatch.GetTimestamp();
            kernels.Each(input, target, each);
            result.EachTime += Stopwatch.GetElapsedTime(start);
            result.Minimum = double.Min(result.Minimum, double.CreateChecked(TensorPrimitives.Min<T>(each)));
            result.Maximum = double.Max(result.Maximum, double.CreateChecked(TensorPrimitives.Max<T>(each)));
        }
    }
}

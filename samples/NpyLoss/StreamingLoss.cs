using System.Diagnostics;
using System.Numerics;
using KlDivGen.Samples.Npy;

namespace NpyLoss;

/// <summary>Computes the loss of two files that may be larger than memory, one chunk at a time.</summary>
internal sealed class StreamingLoss : IDisposable
{
    private static readonly NpyElementType[] SupportedTypes = [NpyElementType.Half, NpyElementType.Single, NpyElementType.Double];

    private readonly LossRequest request;
    private readonly NpyReader input;
    private readonly NpyReader target;

    private StreamingLoss(LossRequest request, NpyReader input, NpyReader target)
    {
        this.request = request;
        this.input = input;
        this.target = target;
    }

    /// <summary>The number of elements in each of the two arrays.</summary>
    public long Count => this.input.Header.Count;

    /// <summary>Opens both files and compares their shapes.</summary>
    /// <exception cref="InvalidInputException">A file cannot be used, or the shapes differ.</exception>
    public static StreamingLoss Open(LossRequest request)
    {
        NpyReader input = NpyReader.Open(request.Input, SupportedTypes);
        try
        {
            NpyReader target = NpyReader.Open(request.Target, SupportedTypes);
            StreamingLoss loss = new(request, input, target);
            if (input.Header.Shape.SequenceEqual(target.Header.Shape))
            {
                return loss;
            }

            loss.Dispose();
            throw new InvalidInputException(
                $"the shapes differ: {request.Input} is {input.Header.ShapeText}, {request.Target} is {target.Header.ShapeText}");
        }
        catch
        {
            input.Dispose();
            throw;
        }
    }

    /// <summary>Reads, computes and writes all chunks.</summary>
    /// <param name="onProgress">Called after each chunk, with its number of elements.</param>
    /// <param name="cancellationToken">Stops the run before the next chunk; the output file is not written then.</param>
    public LossResult Run(Action<long> onProgress, CancellationToken cancellationToken)
    {
        (string dialect, bool logTarget) = (this.request.Dialect, this.request.LogTarget);
        bool isDouble = this.input.Header.ElementType == NpyElementType.Double
            || this.target.Header.ElementType == NpyElementType.Double;
        return isDouble
            ? this.Run(ChunkKernels.ForDouble(dialect, logTarget), NpyElementType.Double, onProgress, cancellationToken)
            : this.Run(ChunkKernels.ForSingle(dialect, logTarget), NpyElementType.Single, onProgress, cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        this.input.Dispose();
        this.target.Dispose();
    }

    private LossResult Run<T>(
        ChunkKernels<T> kernels, NpyElementType elementType, Action<long> onProgress, CancellationToken cancellationToken)
        where T : unmanaged, INumber<T>
    {
        int chunkSize = (int)long.Min(this.request.ChunkSize, this.Count);
        T[] inputBuffer = new T[chunkSize];
        T[] targetBuffer = new T[chunkSize];
        T[] lossBuffer = new T[this.request.NeedsElementwise ? chunkSize : 0];
        using NpyWriter? writer = this.request.Output is { } path ? NpyWriter.Create(path, elementType, this.input.Header.Shape) : null;

        LossResult result = new(this.input.Header, this.target.Header);
        for (long processed = 0; processed < this.Count; processed += chunkSize)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int count = (int)long.Min(chunkSize, this.Count - processed);
            Span<T> input = inputBuffer.AsSpan(0, count);
            Span<T> target = targetBuffer.AsSpan(0, count);
            Span<T> losses = lossBuffer.AsSpan(0, this.request.NeedsElementwise ? count : 0);
            this.input.Read(input);
            this.target.Read(target);

            // The first call compiles the kernels. Its result is discarded, so that the time of the JIT is not measured.
            if (processed == 0)
            {
                this.Compute(kernels, input, target, losses, new LossResult(result.Input, result.Target));
            }

            this.Compute(kernels, input, target, losses, result);
            writer?.Write<T>(losses);
            onProgress(count);
        }

        // The output may replace one of the inputs, so these are closed first.
        this.Dispose();
        writer?.Complete();
        return result;
    }

    private void Compute<T>(
        ChunkKernels<T> kernels, ReadOnlySpan<T> input, ReadOnlySpan<T> target, Span<T> losses, LossResult result)
        where T : unmanaged, INumber<T>
    {
        if (this.request.NeedsSum)
        {
            long start = Stopwatch.GetTimestamp();
            double sum = kernels.Sum(input, target);
            result.AddSum(sum, Stopwatch.GetElapsedTime(start));
        }

        if (this.request.NeedsElementwise)
        {
            long start = Stopwatch.GetTimestamp();
            kernels.Elementwise(input, target, losses);
            result.AddElementwise<T>(losses, Stopwatch.GetElapsedTime(start));
        }
    }
}

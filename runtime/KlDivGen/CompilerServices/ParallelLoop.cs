using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace KlDivGen.CompilerServices;

/// <summary>
/// Runs the pieces of a loop on the calling thread and on threads of the pool. Called by generated code.
/// </summary>
/// <remarks>
/// Pieces are cut by the data alone, and each stores its results at its own place, so that the number of threads does not change a result.
/// Nothing is allocated after a thread's first call.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class ParallelLoop
{
    /// <summary>
    /// The number of elements from which a loop is cut into pieces. Measured: with fewer, waking a second thread takes about as long as it
    /// saves, for the cheapest kernel.
    /// </summary>
    public const int MinElements = 1 << 17;

    /// <summary>
    /// The number of elements of a piece: small enough for a second-level cache, large enough that taking it costs nothing in comparison. A
    /// multiple of <see cref="PartialLoss.BlockLength"/>.
    /// </summary>
    public const int PieceLength = 1 << 15;

    /// <summary>The number of elements whose lanes a deterministic sum records at a time: 128 pieces, which need a few megabytes.</summary>
    public const int WaveLength = 128 * PieceLength;

    /// <summary>
    /// The length from which a single row is cut into pieces. Shorter rows are each computed by one thread, and a loss needs several passes
    /// over its row, at whose ends the threads wait for each other.
    /// </summary>
    public const int MinRowLength = 1 << 18;

    /// <summary>Checks the maximum number of threads.</summary>
    /// <param name="maxDegreeOfParallelism">The number, or −1 for one thread per processor.</param>
    /// <param name="paramName">The name of the parameter.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is neither positive nor −1.</exception>
    public static void ValidateDegree(int maxDegreeOfParallelism, string paramName)
    {
        if (maxDegreeOfParallelism is 0 or < -1)
        {
            throw new ArgumentOutOfRangeException(
                paramName, maxDegreeOfParallelism, $"{paramName} must be a positive number of threads, or -1 for one thread per processor.");
        }
    }

    /// <summary>Computes the number of pieces of a loop.</summary>
    /// <param name="count">The number of iterations.</param>
    /// <param name="pieceLength">The number of iterations of a piece.</param>
    /// <returns>The number of pieces.</returns>
    public static int CountPieces(nint count, nint pieceLength) => checked((int)((count / pieceLength) + (count % pieceLength == 0 ? 0 : 1)));

    /// <summary>Computes the number of rows of a piece: at least one, and together at most <see cref="PieceLength"/> elements.</summary>
    /// <param name="classes">The length of a row.</param>
    /// <returns>The number of rows.</returns>
    public static nint CountRows(nint classes)
    {
        nint rows = nint.Max(PieceLength / nint.Max(classes, 1), 1);

        // Whole groups of rows that are computed side by side, the same ones as in a loop on one thread.
        return rows < RowLanes.MaxCount ? rows : rows - (rows % RowLanes.MaxCount);
    }

    /// <summary>Runs a loop, piece by piece. Returns when all pieces are done.</summary>
    /// <typeparam name="TRange">The type of the loop.</typeparam>
    /// <param name="range">The loop.</param>
    /// <param name="count">The number of iterations.</param>
    /// <param name="pieceLength">The number of iterations of a piece.</param>
    /// <param name="maxDegreeOfParallelism">The maximum number of threads, the calling thread included; −1 for one per processor.</param>
    public static unsafe void Run<TRange>(scoped ref TRange range, nint count, nint pieceLength, int maxDegreeOfParallelism)
        where TRange : struct, IParallelRange, allows ref struct
    {
        int pieces = CountPieces(count, pieceLength);
        int threads = int.Min(pieces, maxDegreeOfParallelism < 0 ? Environment.ProcessorCount : maxDegreeOfParallelism);
        if (threads > 1)
        {
            // A pointer to the caller's stack, because a ref struct cannot be shared in another way. The caller returns only after all
            // threads have left the loop, and the references in the structure remain known to the garbage collector as the caller's.
            ParallelJob.Run(&RunPiece<TRange>, Unsafe.AsPointer(ref range), count, pieceLength, threads);
            return;
        }

        for (nint start = 0; start < count; start += pieceLength)
        {
            range.Run(start, nint.Min(start + pieceLength, count));
        }
    }

    private static unsafe void RunPiece<TRange>(void* range, nint start, nint end)
        where TRange : struct, IParallelRange, allows ref struct =>
        Unsafe.AsRef<TRange>(range).Run(start, end);
}

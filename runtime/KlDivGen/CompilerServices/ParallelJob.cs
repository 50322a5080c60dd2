using System.Diagnostics.CodeAnalysis;
using System.Runtime.ExceptionServices;

namespace KlDivGen.CompilerServices;

/// <summary>
/// A loop that several threads work on: the one that called, and those of the thread pool that come in time. Each takes the next piece until
/// there are none.
/// </summary>
/// <remarks>
/// A job is used again by its thread. It is queued once per helper; where a queued item runs only after its call has returned, it finds no
/// place in the job, or helps a later call, for which it is not queued again. So a thread has only a few items in the queue, however busy the
/// pool is. Where it is busy, as in a nested loop, the calling thread does the work alone.
/// </remarks>
[SuppressMessage("Design", "CA1001", Justification = "The event has no wait handle, and so nothing to dispose of.")]
internal sealed unsafe class ParallelJob : IThreadPoolWorkItem
{
    private const int OnePlace = 1 << 16;
    private const int ActiveMask = OnePlace - 1;

    [ThreadStatic]
    private static ParallelJob? cached;

    private readonly ManualResetEventSlim finished = new();
    private delegate*<void*, nint, nint, void> runPiece;
    private void* range;
    private nint count;
    private nint pieceLength;
    private long next;
    private ExceptionDispatchInfo? failure;

    // How often the job is in the pool's queue.
    private int queued;

    // How many more helpers may join, and in the lower half how many are at work.
    private int state;

    /// <summary>How often the job that this thread uses again is in the pool's queue.</summary>
    internal static int QueuedByThisThread => cached?.queued ?? 0;

    /// <summary>Runs a loop and returns when all pieces are done. The first exception of a piece is thrown.</summary>
    /// <param name="runPiece">Runs a piece, from its first iteration to the one after its last.</param>
    /// <param name="range">The loop, the first argument of <paramref name="runPiece"/>.</param>
    /// <param name="count">The number of iterations.</param>
    /// <param name="pieceLength">The number of iterations of a piece.</param>
    /// <param name="threads">The maximum number of threads, the calling thread included.</param>
    public static void Run(delegate*<void*, nint, nint, void> runPiece, void* range, nint count, nint pieceLength, int threads)
    {
        ParallelJob job = cached ?? new ParallelJob();
        cached = null;
        job.runPiece = runPiece;
        job.range = range;
        (job.count, job.pieceLength, job.next) = (count, pieceLength, 0);
        int helpers = int.Min(threads - 1, short.MaxValue);

        // A queued item that leaves the queue from here on finds the places. One that has left it before is not counted.
        Interlocked.Exchange(ref job.state, helpers * OnePlace);
        try
        {
            for (int missing = helpers - Volatile.Read(ref job.queued); missing > 0; missing--)
            {
                Interlocked.Increment(ref job.queued);
                ThreadPool.UnsafeQueueUserWorkItem(job, preferLocal: false);
            }

            job.TakePieces();
        }
        finally
        {
            // The memory of the loop is on this thread's stack: whatever happens, no helper may be left in it.
            job.Close();
        }

        ExceptionDispatchInfo? failure = job.failure;
        job.failure = null;
        job.range = null;
        cached = job;
        failure?.Throw();
    }

    /// <summary>Helps, if the call has a place for another thread.</summary>
    void IThreadPoolWorkItem.Execute()
    {
        Interlocked.Decrement(ref this.queued);
        int places = Volatile.Read(ref this.state);
        while (places >= OnePlace)
        {
            int seen = Interlocked.CompareExchange(ref this.state, places - OnePlace + 1, places);
            if (seen == places)
            {
                this.TakePieces();
                if (Interlocked.Decrement(ref this.state) == 0)
                {
                    this.finished.Set();
                }

                return;
            }

            places = seen;
        }
    }

    private void TakePieces()
    {
        try
        {
            while (true)
            {
                long start = Interlocked.Add(ref this.next, this.pieceLength) - this.pieceLength;
                if (start >= this.count)
                {
                    return;
                }

                this.runPiece(this.range, (nint)start, (nint)long.Min(start + this.pieceLength, this.count));
            }
        }
        catch (Exception exception)
        {
            // The calling thread throws it, once nobody is at work. Pieces that nobody has taken are left.
            Interlocked.CompareExchange(ref this.failure, ExceptionDispatchInfo.Capture(exception), null);
            Interlocked.Exchange(ref this.next, this.count);
        }
    }

    /// <summary>Lets no more helpers in, and waits for those at work, also if the thread is interrupted meanwhile.</summary>
    private void Close()
    {
        Interlocked.And(ref this.state, ActiveMask);
        bool isInterrupted = false;
        while (Volatile.Read(ref this.state) != 0)
        {
            try
            {
                // Set after the state has become 0. A late signal of an earlier call only makes the state be read once more.
                this.finished.Wait();
                this.finished.Reset();
            }
            catch (ThreadInterruptedException)
            {
                isInterrupted = true;
            }
        }

        if (isInterrupted)
        {
            Thread.CurrentThread.Interrupt();
        }
    }
}

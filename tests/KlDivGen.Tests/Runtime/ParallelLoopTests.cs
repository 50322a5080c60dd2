using KlDivGen.CompilerServices;

namespace KlDivGen.Tests.Runtime;

/// <summary>Loops whose pieces several threads take.</summary>
public sealed class ParallelLoopTests
{
    [Theory]
    [InlineData(0, 7, 3)]
    [InlineData(1, 7, 3)]
    [InlineData(7, 7, 3)]
    [InlineData(1_000, 7, 1)]
    [InlineData(1_000, 7, 2)]
    [InlineData(1_000, 7, 64)]
    [InlineData(1_000, 1_000_000, -1)]
    [InlineData(100_000, 1, -1)]
    public void Every_iteration_runs_once(int count, int pieceLength, int degree)
    {
        int[] runs = new int[count];
        CountingRange range = new() { Runs = runs };
        ParallelLoop.Run(ref range, count, pieceLength, degree);
        Assert.All(runs, times => Assert.Equal(1, times));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void No_more_threads_than_allowed_are_at_work(int degree)
    {
        ThreadPool.GetMinThreads(out int workers, out int ports);
        ThreadPool.SetMinThreads(8, ports);
        try
        {
            Concurrency concurrency = new();
            for (int call = 0; call < 20; call++)
            {
                ConcurrentRange range = new() { Concurrency = concurrency };
                ParallelLoop.Run(ref range, 200, 1, degree);
            }

            Assert.InRange(concurrency.Maximum, 1, degree);
        }
        finally
        {
            ThreadPool.SetMinThreads(workers, ports);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void The_exception_of_a_piece_is_thrown_and_the_next_call_is_not_affected(int degree)
    {
        for (int failing = 0; failing < 50; failing++)
        {
            InvalidOperationException error = Assert.Throws<InvalidOperationException>(() =>
            {
                FailingRange range = new() { Failing = failing };
                ParallelLoop.Run(ref range, 50, 1, degree);
            });
            Assert.Equal($"piece {failing}", error.Message);
            this.Every_iteration_runs_once(500, 3, degree);
        }
    }

    [Fact]
    public void An_interrupted_thread_leaves_only_after_the_others()
    {
        bool isInterrupted = false;
        int[] runs = new int[64];
        Thread thread = new(() =>
        {
            try
            {
                SleepingRange range = new() { Runs = runs };
                ParallelLoop.Run(ref range, runs.Length, 1, 4);
                Thread.Sleep(Timeout.Infinite);
            }
            catch (ThreadInterruptedException)
            {
                isInterrupted = true;
            }
        });
        thread.Start();
        SpinWait.SpinUntil(() => Volatile.Read(ref runs[0]) > 0);
        thread.Interrupt();
        Assert.True(thread.Join(TimeSpan.FromMinutes(1)));
        Assert.True(isInterrupted);

        // Either every piece has run, or the interruption was the failure of one; nothing is left that still writes.
        int[] seen = [.. runs];
        Thread.Sleep(100);
        Assert.Equal(seen, runs);
    }

    [Fact]
    public void Loops_inside_of_loops_end()
    {
        long total = 0;
        Parallel.For(0, 200, _ =>
        {
            NestedRange range = new();
            int[] inner = new int[300];
            range.Inner = inner;
            ParallelLoop.Run(ref range, 3, 1, -1);
            Interlocked.Add(ref total, inner.Sum());
        });
        Assert.Equal(200 * 300, total);
    }

    /// <summary>On a thread of its own: what another test has queued on the same thread may still wait.</summary>
    [Fact]
    public async Task Calls_do_not_pile_up_in_the_queue_of_a_busy_pool()
    {
        const int Degree = 5;
        int[] runs = new int[64];
        await Task.Factory.StartNew(
            () =>
            {
                for (int call = 0; call < 10_000; call++)
                {
                    CountingRange range = new() { Runs = runs };
                    ParallelLoop.Run(ref range, runs.Length, 1, Degree);
                    Assert.InRange(ParallelJob.QueuedByThisThread, 0, Degree - 1);
                }
            },
            TestContext.Current.CancellationToken,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default);

        Assert.All(runs, times => Assert.Equal(10_000, times));
    }

    [Fact]
    public void Nothing_is_allocated_after_the_first_call()
    {
        int[] runs = new int[1_000];
        Assert.Equal(0, AllocationMeter.Measure(() =>
        {
            CountingRange range = new() { Runs = runs };
            ParallelLoop.Run(ref range, runs.Length, 10, 2);
        }));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-2)]
    [InlineData(int.MinValue)]
    public void A_number_of_threads_that_is_none_is_refused(int degree)
    {
        ArgumentOutOfRangeException error = Assert.Throws<ArgumentOutOfRangeException>(() => ParallelLoop.ValidateDegree(degree, "threads"));
        Assert.Equal("threads", error.ParamName);
        Assert.Equal(degree, error.ActualValue);
        Assert.Contains("-1 for one thread per processor", error.Message);
    }

    [Fact]
    public void Pieces_are_whole_blocks() => Assert.Equal(0, ParallelLoop.PieceLength % PartialLoss.BlockLength);

    private ref struct CountingRange : IParallelRange
    {
        public Span<int> Runs;

        readonly void IParallelRange.Run(nint startIndex, nint endIndex)
        {
            for (nint i = startIndex; i < endIndex; i++)
            {
                Interlocked.Increment(ref this.Runs[(int)i]);
            }
        }
    }

    private sealed class Concurrency
    {
        private int current;
        private int maximum;

        public int Maximum => this.maximum;

        public void Enter()
        {
            int now = Interlocked.Increment(ref this.current);
            int seen = this.maximum;
            while (now > seen)
            {
                seen = Interlocked.CompareExchange(ref this.maximum, now, seen) is int before && before == seen ? now : this.maximum;
            }
        }

        public void Exit() => Interlocked.Decrement(ref this.current);
    }

    private ref struct ConcurrentRange : IParallelRange
    {
        public Concurrency Concurrency;

        readonly void IParallelRange.Run(nint startIndex, nint endIndex)
        {
            this.Concurrency.Enter();
            Thread.SpinWait(200);
            this.Concurrency.Exit();
        }
    }

    private ref struct FailingRange : IParallelRange
    {
        public int Failing;

        readonly void IParallelRange.Run(nint startIndex, nint endIndex)
        {
            if (startIndex == this.Failing)
            {
                throw new InvalidOperationException($"piece {startIndex}");
            }
        }
    }

    private ref struct SleepingRange : IParallelRange
    {
        public Span<int> Runs;

        readonly void IParallelRange.Run(nint startIndex, nint endIndex)
        {
            Interlocked.Increment(ref this.Runs[(int)startIndex]);
            Thread.Sleep(5);
        }
    }

    private ref struct NestedRange : IParallelRange
    {
        public Span<int> Inner;

        readonly void IParallelRange.Run(nint startIndex, nint endIndex)
        {
            CountingRange range = new() { Runs = this.Inner.Slice((int)startIndex * 100, 100) };
            ParallelLoop.Run(ref range, 100, 7, -1);
        }
    }
}

using System.Diagnostics;
using KlDivGen;
using QuickStart.Npy;

namespace QuickStart;

/// <summary>One line of the demonstration's table.</summary>
/// <param name="Reduction">The reduction's name.</param>
/// <param name="Value">What the kernel returned; <see langword="null"/> for "none", which returns nothing.</param>
/// <param name="Exact">The exact value; <see langword="null"/> for "none".</param>
/// <param name="Error">The relative error, or for "none" the largest error of an element.</param>
/// <param name="Seconds">The time of one call.</param>
internal sealed record Measurement(string Reduction, double? Value, decimal? Exact, double Error, double Seconds);

/// <summary>
/// The program without arguments: every reduction of the bundled student and teacher, for both forms of the target, timed and
/// compared with the exact values.
/// </summary>
internal sealed class Demonstration
{
    private readonly float[] student;
    private readonly float[] teacher;
    private readonly float[] logTeacher;
    private readonly float[] losses;

    private Demonstration(NpyHeader header, float[] student, float[] teacher)
    {
        this.Header = header;
        this.student = student;
        this.teacher = teacher;
        this.logTeacher = [.. teacher.Select(y => (float)Math.Log(y))];
        this.losses = new float[student.Length];
    }

    /// <summary>The shape and type of both arrays.</summary>
    public NpyHeader Header { get; }

    /// <summary>Reads the two arrays that lie beside the program.</summary>
    public static Demonstration Load()
    {
        using NpyReader input = NpyReader.Open(Path.Combine(AppContext.BaseDirectory, "data", "student_log_probs.npy"));
        using NpyReader target = NpyReader.Open(Path.Combine(AppContext.BaseDirectory, "data", "teacher_probs.npy"));
        float[] student = new float[input.Header.Count], teacher = new float[target.Header.Count];
        input.Read<float>(student);
        target.Read<float>(teacher);
        return new Demonstration(input.Header, student, teacher);
    }

    /// <summary>The teacher's probabilities as the target: the loss of an element is y · (log y − x).</summary>
    public IReadOnlyList<Measurement> OfProbabilities()
    {
        (float[] x, float[] y, int batchSize) = (this.student, this.teacher, (int)this.Header.BatchSize);
        ExactValues exact = ExactValues.OfProbabilities;
        return
        [
            this.MeasureEach(() => Losses.Each(x, y, this.losses), i => y[i] * (Math.Log(y[i]) - x[i])),
            Measure(Reductions.Mean, () => Losses.Mean(x, y), exact.Mean),
            Measure(Reductions.Sum, () => Losses.Sum(x, y), exact.Sum),
            Measure(Reductions.BatchMean, () => Losses.BatchMean(x, y, batchSize), exact.BatchMean),
        ];
    }

    /// <summary>Their logarithms as the target: the loss of an element is exp(y) · (y − x).</summary>
    public IReadOnlyList<Measurement> OfLogs()
    {
        (float[] x, float[] y, int batchSize) = (this.student, this.logTeacher, (int)this.Header.BatchSize);
        ExactValues exact = ExactValues.OfLogs;
        return
        [
            this.MeasureEach(() => Losses.EachOfLog(x, y, this.losses), i => Math.Exp(y[i]) * ((double)y[i] - x[i])),
            Measure(Reductions.Mean, () => Losses.MeanOfLog(x, y), exact.Mean),
            Measure(Reductions.Sum, () => Losses.SumOfLog(x, y), exact.Sum),
            Measure(Reductions.BatchMean, () => Losses.BatchMeanOfLog(x, y, batchSize), exact.BatchMean),
        ];
    }

    private static Measurement Measure(string reduction, Func<double> kernel, decimal exact)
    {
        double value = kernel();
        return new Measurement(reduction, value, exact, Math.Abs((value / (double)exact) - 1), TimeOf(() => kernel()));
    }

    private Measurement MeasureEach(Action kernel, Func<int, double> reference)
    {
        kernel();
        double error = Enumerable.Range(0, this.losses.Length).Max(i => Math.Abs(this.losses[i] - reference(i)));
        return new Measurement(Reductions.None, null, null, error, TimeOf(kernel));
    }

    // The median of many short series: one series is long enough for the clock, and the median is deaf to interruptions.
    private static double TimeOf(Action kernel)
    {
        const int Calls = 20, Series = 501;
        double[] seconds = new double[Series];
        foreach (ref double second in seconds.AsSpan())
        {
            long start = Stopwatch.GetTimestamp();
            for (int call = 0; call < Calls; call++)
                kernel();
            second = Stopwatch.GetElapsedTime(start).TotalSeconds / Calls;
        }

        seconds.Sort();
        return seconds[Series / 2];
    }
}

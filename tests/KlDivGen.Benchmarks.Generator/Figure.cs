using System.Diagnostics;

namespace KlDivGen.Benchmarks.Generator;

/// <summary>The duration of an action in milliseconds: elapsed time, and processor time of all threads.</summary>
internal readonly record struct Figure(double Elapsed, double Processor)
{
    /// <summary>Measures an action.</summary>
    public static Figure Of(Action action)
    {
        TimeSpan processor = Environment.CpuUsage.TotalTime;
        long start = Stopwatch.GetTimestamp();
        action();
        return new(
            Stopwatch.GetElapsedTime(start).TotalMilliseconds,
            (Environment.CpuUsage.TotalTime - processor).TotalMilliseconds);
    }

    /// <summary>The median elapsed time and the median processor time.</summary>
    public static Figure Median(IReadOnlyCollection<Figure> figures) => new(
        figures.Select(f => f.Elapsed).Order().ElementAt(figures.Count / 2),
        figures.Select(f => f.Processor).Order().ElementAt(figures.Count / 2));
}

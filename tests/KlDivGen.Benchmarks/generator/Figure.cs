using System.Diagnostics;

namespace KlDivGen.Benchmarks.Generator;

/// <summary>How long something took, in milliseconds: on the clock, and of all processors together.</summary>
internal readonly record struct Figure(double Elapsed, double Processor)
{
    /// <summary>Times an action.</summary>
    public static Figure Of(Action action)
    {
        TimeSpan processor = Environment.CpuUsage.TotalTime;
        long start = Stopwatch.GetTimestamp();
        action();
        return new(
            Stopwatch.GetElapsedTime(start).TotalMilliseconds,
            (Environment.CpuUsage.TotalTime - processor).TotalMilliseconds);
    }

    /// <summary>The figure in the middle, of either kind.</summary>
    public static Figure Middle(IReadOnlyCollection<Figure> figures) => new(
        figures.Select(f => f.Elapsed).Order().ElementAt(figures.Count / 2),
        figures.Select(f => f.Processor).Order().ElementAt(figures.Count / 2));
}

using System.Diagnostics;

namespace KlDivGen.Benchmarks.Measuring;

/// <summary>
/// A line of progress that is rewritten in place. It is only written by the measuring thread, between measurements: a progress bar with
/// a thread of its own would disturb what is measured.
/// </summary>
internal sealed class ProgressLine : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    private readonly bool interactive = !Console.IsErrorRedirected;
    private readonly Stopwatch sinceStart = Stopwatch.StartNew();
    private TimeSpan next = TimeSpan.Zero;

    /// <summary>Shows the current step, if the line can be rewritten.</summary>
    public void Show(int step, int steps, string what, string detail)
    {
        if (this.interactive && this.sinceStart.Elapsed >= this.next)
        {
            string line = $"[{step}/{steps}] {this.sinceStart.Elapsed:m\\:ss}  {what}  {detail}";
            Console.Error.Write($"\r{line}\e[K");
            this.next = this.sinceStart.Elapsed + Interval;
        }
    }

    /// <summary>Writes a line for a completed step, if lines cannot be rewritten.</summary>
    public void Done(int step, int steps, string what)
    {
        if (!this.interactive)
        {
            Console.Error.WriteLine($"[{step}/{steps}] {this.sinceStart.Elapsed:m\\:ss}  {what}");
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (this.interactive)
        {
            Console.Error.Write("\r\e[K");
        }
    }
}

using System.Diagnostics;

namespace KlDivGen.Benchmarks.Measuring;

/// <summary>
/// One line that is written again as work goes on. Only the measuring thread writes, and between measurements: a progress bar
/// with a thread of its own would take part in what is measured.
/// </summary>
internal sealed class ProgressLine : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    private readonly bool interactive = !Console.IsErrorRedirected;
    private readonly Stopwatch sinceStart = Stopwatch.StartNew();
    private TimeSpan next = TimeSpan.Zero;

    /// <summary>Shows what is being done: what on every terminal, with its detail where the line can be written again.</summary>
    public void Show(int step, int steps, string what, string detail)
    {
        if (this.interactive && this.sinceStart.Elapsed >= this.next)
        {
            string line = $"[{step}/{steps}] {this.sinceStart.Elapsed:m\\:ss}  {what}  {detail}";
            Console.Error.Write($"\r{line}\e[K");
            this.next = this.sinceStart.Elapsed + Interval;
        }
    }

    /// <summary>Says that a step is done, where lines stay.</summary>
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

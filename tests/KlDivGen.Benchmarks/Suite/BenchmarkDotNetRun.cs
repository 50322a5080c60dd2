using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Exporters.Json;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using KlDivGen.Benchmarks.Measuring;
using KlDivGen.Benchmarks.Reports;
using Perfolizer.Horology;
using Measurement = KlDivGen.Benchmarks.Reports.Measurement;

namespace KlDivGen.Benchmarks.Suite;

/// <summary>Runs <see cref="KernelBenchmarks"/>.</summary>
internal static class BenchmarkDotNetRun
{
    /// <summary>Runs the benchmarks of the kernels whose name contains <paramref name="only"/>, and returns their times.</summary>
    public static Measurement[] All(bool quick, string only = "")
    {
        Environment.SetEnvironmentVariable(KernelBenchmarks.OnlyVariable, only);
        Environment.SetEnvironmentVariable(KernelBenchmarks.QuickVariable, quick ? "1" : null);
        Summary summary = BenchmarkRunner.Run<KernelBenchmarks>(Config(quick));
        return [.. summary.Reports.Where(r => r.ResultStatistics is not null).Select(ToMeasurement)];
    }

    private static ManualConfig Config(bool quick)
    {
        // A case is a process: start, find how often to run, warm up, measure. There are some hundreds of them.
        Job job = Job.Default
            .WithWarmupCount(quick ? 2 : 4)
            .WithIterationCount(quick ? 5 : 12)
            .WithIterationTime(TimeInterval.FromMilliseconds(quick ? 20 : 100));
        return ManualConfig.CreateEmpty()
            .AddJob(job)
            .AddColumnProvider(DefaultColumnProviders.Instance)
            .AddColumn(StatisticColumn.Min, StatisticColumn.Median)
            .AddExporter(JsonExporter.Full)
            .AddLogger(new ProgressLogger())
            .WithArtifactsPath(Path.Combine(ProjectFolder.Path, "BenchmarkDotNet.Artifacts"))
            .WithOptions(ConfigOptions.DisableLogFile);
    }

    private static Measurement ToMeasurement(BenchmarkReport report)
    {
        string text = (string)report.BenchmarkCase.Parameters[nameof(KernelBenchmarks.Case)];
        (Scenario scenario, int length, Entrant entrant) = KernelBenchmarks.Parse(text);
        return new(
            Harnesses.BenchmarkDotNet,
            Machine.CurrentRuntime,
            scenario.Kernel,
            length,
            entrant.Name,
            report.ResultStatistics!.Min / length,
            report.ResultStatistics.Median / length);
    }

    /// <summary>Shows which benchmark is running, in one line, instead of everything that BenchmarkDotNet has to say.</summary>
    private sealed class ProgressLogger : ILogger, IDisposable
    {
        private readonly ProgressLine progress = new();
        private readonly int steps = KernelBenchmarks.Cases.Count();
        private int step;

        public string Id => nameof(ProgressLogger);

        public int Priority => 0;

        public void Write(LogKind logKind, string text)
        {
            if (text.StartsWith("// Benchmark: ", StringComparison.Ordinal))
            {
                this.step++;
                this.progress.Show(this.step, this.steps, "BenchmarkDotNet", "");
                this.progress.Done(this.step, this.steps, "BenchmarkDotNet");
            }
            else if (logKind == LogKind.Error)
            {
                Console.Error.WriteLine(text);
            }
        }

        public void WriteLine()
        {
        }

        public void WriteLine(LogKind logKind, string text) => this.Write(logKind, text);

        public void Flush()
        {
        }

        public void Dispose() => this.progress.Dispose();
    }
}

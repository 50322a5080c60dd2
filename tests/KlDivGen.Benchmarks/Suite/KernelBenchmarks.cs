using System.Globalization;
using BenchmarkDotNet.Attributes;
using KlDivGen.Benchmarks.Contenders;
using KlDivGen.Benchmarks.Measuring;

namespace KlDivGen.Benchmarks.Suite;

/// <summary>
/// Every contender that can be called from .NET, in every scenario, as BenchmarkDotNet measures it: each in a process of its own.
/// </summary>
public class KernelBenchmarks
{
    /// <summary>An environment variable, which BenchmarkDotNet's processes inherit: set for the one length of a quick run.</summary>
    internal const string QuickVariable = "KLDIVGEN_BENCHMARKS_QUICK";

    /// <summary>Likewise: what a kernel's name must contain.</summary>
    internal const string OnlyVariable = "KLDIVGEN_BENCHMARKS_ONLY";

    private const char Separator = '|';

    private Contender contender = null!;

    /// <summary>The kernel, the number of elements and the contender.</summary>
    [ParamsSource(nameof(Cases))]
    public string Case { get; set; } = "";

    /// <summary>All cases, in the order of the table of scenarios.</summary>
    public static IEnumerable<string> Cases =>
        from scenario in Scenarios.All
        where scenario.Kernel.Contains(Environment.GetEnvironmentVariable(OnlyVariable) ?? "", StringComparison.OrdinalIgnoreCase)
        from length in Environment.GetEnvironmentVariable(QuickVariable) is null ? scenario.Lengths : [32_768]
        from entrant in scenario.Entrants
        where entrant.InProcess && entrant.Absence() is null
        select string.Join(Separator, scenario.Kernel, length, entrant.Name);

    /// <summary>Draws the data.</summary>
    [GlobalSetup]
    public void Start()
    {
        (Scenario scenario, int length, Entrant entrant) = Parse(this.Case);
        this.contender = entrant.Start(new Workbench(scenario.Form, length));
    }

    /// <summary>Computes the kernel once.</summary>
    [Benchmark]
    public double Kernel()
    {
        this.contender.Run();
        return this.contender.Result;
    }

    /// <summary>What a case stands for.</summary>
    internal static (Scenario Scenario, int Length, Entrant Entrant) Parse(string text)
    {
        string[] parts = text.Split(Separator);
        Scenario scenario = Scenarios.Of(parts[0]);
        int length = int.Parse(parts[1], CultureInfo.InvariantCulture);
        return (scenario, length, scenario.Entrants.Single(e => e.Name == parts[2]));
    }
}

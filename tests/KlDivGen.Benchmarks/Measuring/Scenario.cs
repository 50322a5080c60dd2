using KlDivGen.Benchmarks.Data;

namespace KlDivGen.Benchmarks.Measuring;

/// <summary>A kernel and all implementations of it.</summary>
/// <param name="Kernel">The name of the kernel in tables.</param>
/// <param name="TargetKind">What the target contains.</param>
/// <param name="Lengths">The lengths that the command <c>all</c> measures.</param>
/// <param name="Candidates">The implementations.</param>
internal sealed record Scenario(string Kernel, TargetKind TargetKind, int[] Lengths, Candidate[] Candidates)
{
    /// <summary>The length of a row of logits, or <see langword="null"/> if all elements are one row.</summary>
    public int? Classes { get; init; }

    /// <summary>A run at one length, of the named candidates or of all.</summary>
    public BenchmarkRun At(int length, IEnumerable<string>? names = null) =>
        new(this, length, [.. this.Candidates.Where(c => names is null || names.Contains(c.Name))]);

    /// <summary>Data of one length.</summary>
    public TestData Data(int length) => new(this.TargetKind, length, this.Classes);
}

/// <summary>A scenario at one length. Its candidates are measured together and take turns.</summary>
/// <param name="Scenario">The scenario.</param>
/// <param name="Length">The number of elements.</param>
/// <param name="Candidates">The implementations to measure.</param>
internal sealed record BenchmarkRun(Scenario Scenario, int Length, Candidate[] Candidates);

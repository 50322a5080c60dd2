using KlDivGen.Benchmarks.Data;

namespace KlDivGen.Benchmarks.Measuring;

/// <summary>A kernel, and all who compute it.</summary>
/// <param name="Kernel">The kernel's name in tables.</param>
/// <param name="Form">What the target holds.</param>
/// <param name="Lengths">The lengths of a full run.</param>
/// <param name="Entrants">Who takes part.</param>
internal sealed record Scenario(string Kernel, Form Form, int[] Lengths, Entrant[] Entrants)
{
    /// <summary>A run of this scenario at one length by those of a name, or by all.</summary>
    public Heat At(int length, IEnumerable<string>? names = null) =>
        new(this, length, [.. this.Entrants.Where(e => names is null || names.Contains(e.Name))]);
}

/// <summary>A scenario at one length: what is measured together, in turns.</summary>
/// <param name="Scenario">The scenario.</param>
/// <param name="Length">The number of elements.</param>
/// <param name="Entrants">Who takes part.</param>
internal sealed record Heat(Scenario Scenario, int Length, Entrant[] Entrants);
